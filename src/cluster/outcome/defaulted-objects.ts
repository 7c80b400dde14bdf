import type { Simulation } from "../simulation/simulate.js";
import { conditionEntries } from "./deployments.js";
import { byName, writtenName } from "./like-entries.js";
import type { Entry } from "./outcome.js";

/** The limit ranges, with what the server has filled in. */
export const limitRangesOf = ({ cluster: { objects } }: Simulation): Entry[] =>
  byName(
    [...objects.list("limitranges")].map(({ metadata, spec }) => ({
      namespace: metadata.namespace,
      name: metadata.name,
      limits: spec?.limits,
    })),
  );

const CLASS_ANNOTATION = "kubernetes.io/ingress.class";

/** The ingresses, with the class that each has been given. */
export const ingressesOf = ({ cluster: { objects } }: Simulation): Entry[] =>
  byName(
    [...objects.list("ingresses.networking.k8s.io")].map((ingress) => ({
      namespace: ingress.metadata.namespace,
      name: writtenName(ingress),
      ingressClassName: ingress.spec?.ingressClassName ?? null,
      classAnnotation: ingress.metadata.annotations?.[CLASS_ANNOTATION],
    })),
  );

/** The definitions of custom resources, and whether they have made a kind. */
export const customResourceDefinitionsOf = ({ cluster: { objects } }: Simulation): Entry[] =>
  byName(
    [...objects.list("customresourcedefinitions.apiextensions.k8s.io")].map(({ metadata, status }) => ({
      name: metadata.name,
      conditions: conditionEntries(status?.conditions ?? undefined),
    })),
  );

/** The policies, and what is wrong with the types in their expressions. */
export const validatingAdmissionPoliciesOf = ({ cluster }: Simulation): Entry[] =>
  byName(
    [...cluster.objects.list("validatingadmissionpolicies.admissionregistration.k8s.io")].map((policy) => {
      const warnings = cluster.admission.expressionWarnings(policy);
      return {
        name: policy.metadata.name,
        expressionWarnings: warnings.length > 0 ? warnings : undefined,
      };
    }),
  );
