import type { ApiObject } from "../../apis/kind-rules.js";
import type { ResourceTypes } from "../simulation/resources.js";
import type { Simulation } from "../simulation/simulate.js";
import { accountFields, bindingFields, roleFields } from "./access-fields.js";
import { configMapFields, definitionFields, secretFields } from "./config-fields.js";
import { type Field, lines, pairs, text } from "./description.js";
import { podFields } from "./pod-fields.js";
import {
  autoscalerFields,
  budgetFields,
  limitFields,
  namespaceFields,
  nodeFields,
  quotaFields,
} from "./policy-fields.js";
import { ingressFields, networkPolicyFields, serviceFields } from "./service-fields.js";
import { claimFields, storageClassFields, volumeFields } from "./storage-fields.js";
import {
  cronJobFields,
  daemonSetFields,
  deploymentFields,
  jobFields,
  replicaFields,
  statefulSetFields,
} from "./workload-fields.js";

/** What kinds have besides their metadata; `at` is the moment in seconds that runs are counted from. */
const FIELDS: {
  readonly [R in keyof ResourceTypes]?: (object: ResourceTypes[R], simulation: Simulation, at: number) => Field[];
} = {
  configmaps: configMapFields,
  limitranges: limitFields,
  namespaces: namespaceFields,
  nodes: nodeFields,
  persistentvolumeclaims: claimFields,
  persistentvolumes: volumeFields,
  pods: podFields,
  replicationcontrollers: replicaFields,
  resourcequotas: quotaFields,
  secrets: secretFields,
  serviceaccounts: accountFields,
  services: serviceFields,
  "clusterrolebindings.rbac.authorization.k8s.io": bindingFields,
  "clusterroles.rbac.authorization.k8s.io": roleFields,
  "cronjobs.batch": cronJobFields,
  "customresourcedefinitions.apiextensions.k8s.io": definitionFields,
  "daemonsets.apps": daemonSetFields,
  "deployments.apps": deploymentFields,
  "horizontalpodautoscalers.autoscaling": autoscalerFields,
  "ingresses.networking.k8s.io": ingressFields,
  "jobs.batch": jobFields,
  "networkpolicies.networking.k8s.io": networkPolicyFields,
  "poddisruptionbudgets.policy": budgetFields,
  "replicasets.apps": replicaFields,
  "rolebindings.rbac.authorization.k8s.io": bindingFields,
  "roles.rbac.authorization.k8s.io": roleFields,
  "statefulsets.apps": statefulSetFields,
  "storageclasses.storage.k8s.io": storageClassFields,
};

/** What kubectl keeps there is the object once more, with the values of a Secret. */
const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/** Describes one object of the simulated cluster, as it is in the end. */
export function describeObject(resource: string, object: ApiObject, simulation: Simulation, at: number): Field[] {
  const { name, namespace, labels, annotations, ownerReferences, finalizers, deletionTimestamp } = object.metadata;
  const { [LAST_APPLIED]: _, ...told } = annotations ?? {};
  const fieldsOf = FIELDS[resource as keyof ResourceTypes] as
    | ((object: ApiObject, simulation: Simulation, at: number) => Field[])
    | undefined;
  return [
    ...text("Name", name),
    ...text("Namespace", namespace),
    ...text("Kind", `${object.kind} (${object.apiVersion})`),
    ...lines("Labels", pairs(labels)),
    ...lines("Annotations", pairs(told)),
    ...lines(
      "Controlled By",
      ownerReferences?.map((owner) => `${owner.kind}/${owner.name}`),
    ),
    ...lines("Finalizers", finalizers),
    ...text("Terminating", deletionTimestamp === undefined ? undefined : "it is being deleted"),
    ...(fieldsOf?.(object, simulation, at) ?? []),
  ];
}
