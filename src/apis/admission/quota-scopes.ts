import { qosClassOf } from "../core/pod-qos.js";
import type { ApiObject } from "../kind-rules.js";
import type {
  PersistentVolumeClaim,
  Pod,
  PodAffinityTerm,
  PodSpec,
  ResourceQuota,
  ScopedResourceSelectorRequirement,
} from "../types/core.v1.generated.js";

/** What each scope of Pods asks: https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-scopes */
const POD_SCOPES: Readonly<Record<string, (spec: PodSpec, selector: ScopedResourceSelectorRequirement) => boolean>> = {
  Terminating: ({ activeDeadlineSeconds }) => activeDeadlineSeconds !== undefined,
  NotTerminating: ({ activeDeadlineSeconds }) => activeDeadlineSeconds === undefined,
  BestEffort: (spec) => qosClassOf(spec) === "BestEffort",
  NotBestEffort: (spec) => qosClassOf(spec) !== "BestEffort",
  PriorityClass: ({ priorityClassName }, selector) => selects(selector, priorityClassName),
  CrossNamespacePodAffinity: (spec) =>
    affinityTerms(spec).some(({ namespaces, namespaceSelector }) => namespaces?.length || namespaceSelector),
};

/** Whether all scopes of a quota take in an object; a quota with scopes counts no other kinds. */
export function inScope({ spec }: ResourceQuota, object: ApiObject): boolean {
  const selectors = [
    ...(spec?.scopes ?? []).map((scopeName) => ({ scopeName, operator: "Exists" })),
    ...(spec?.scopeSelector?.matchExpressions ?? []),
  ];
  return selectors.every((selector) => {
    if (object.kind === "Pod") return POD_SCOPES[selector.scopeName]?.((object as Pod).spec, selector) ?? false;
    return (
      object.kind === "PersistentVolumeClaim" &&
      selector.scopeName === "VolumeAttributesClass" &&
      selects(selector, (object as PersistentVolumeClaim).spec?.volumeAttributesClassName)
    );
  });
}

function selects({ operator, values = [] }: ScopedResourceSelectorRequirement, name = ""): boolean {
  switch (operator) {
    case "In":
      return name !== "" && values.includes(name);
    case "NotIn":
      return name === "" || !values.includes(name);
    case "DoesNotExist":
      return name === "";
    default:
      return name !== "";
  }
}

function affinityTerms({ affinity }: PodSpec): PodAffinityTerm[] {
  return [affinity?.podAffinity, affinity?.podAntiAffinity].flatMap((terms) => [
    ...(terms?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(terms?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(({ podAffinityTerm }) => podAffinityTerm),
  ]);
}
