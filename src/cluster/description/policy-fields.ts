import type { HorizontalPodAutoscaler } from "../../apis/types/autoscaling.v2.generated.js";
import type { LimitRange, Namespace, Node, ResourceQuota } from "../../apis/types/core.v1.generated.js";
import type { PodDisruptionBudget } from "../../apis/types/policy.v1.generated.js";
import { writtenName } from "../outcome/like-entries.js";
import { podRequests } from "../scheduling/pod-requests.js";
import { describeSelector, matchSelector } from "../selection/selectors.js";
import type { Simulation } from "../simulation/simulate.js";
import { type Field, lines, pairs, table, text } from "./description.js";
import { amountText, podsByNode, shareText, useOf } from "./node-use.js";
import { conditionField } from "./pod-fields.js";
import { budgetText, metricsText } from "./policy-texts.js";

export function budgetFields({ metadata, spec, status }: PodDisruptionBudget, { cluster }: Simulation): Field[] {
  const covered = [...cluster.objects.list("pods", metadata.namespace)].filter(
    (pod) => spec?.selector !== undefined && matchSelector(spec.selector, pod.metadata.labels ?? {}) === "yes",
  );
  return [
    ...text("Selector", spec?.selector && (describeSelector(spec.selector) || "<all Pods of the namespace>")),
    ...text("Budget", budgetText({ spec })),
    ...text("Allowed Disruptions", status?.disruptionsAllowed),
    ...text(
      "Healthy",
      status?.expectedPods === undefined
        ? undefined
        : `${status.currentHealthy ?? 0} of ${status.expectedPods}, ${status.desiredHealthy ?? 0} needed`,
    ),
    ...text("Unhealthy Pods", spec?.unhealthyPodEvictionPolicy),
    ...conditionField(status?.conditions),
    ...lines(
      "Covers",
      covered.map((pod) => `Pod ${writtenName(pod)}`),
    ),
  ];
}

export function autoscalerFields(object: HorizontalPodAutoscaler): Field[] {
  const { spec, status } = object;
  const { kind, name } = spec.scaleTargetRef;
  return [
    ...text("Reference", `${kind}/${name}`),
    ...text("Metrics", metricsText(object)),
    ...text("Min Replicas", spec.minReplicas),
    ...text("Max Replicas", spec.maxReplicas),
    ...text(
      "Replicas",
      status?.currentReplicas === undefined
        ? undefined
        : `${status.currentReplicas} current, ${status.desiredReplicas ?? 0} desired`,
    ),
    ...conditionField(status?.conditions),
  ];
}

export const quotaFields = ({ spec, status }: ResourceQuota): Field[] => [
  ...text("Scopes", (spec?.scopes ?? []).join(", ")),
  ...table(
    "Amounts",
    ["RESOURCE", "USED", "HARD"],
    Object.entries(status?.hard ?? spec?.hard ?? {}).map(([name, hard]) => [
      name,
      status?.used?.[name] ?? "not counted",
      hard,
    ]),
  ),
];

export const limitFields = ({ spec }: LimitRange): Field[] =>
  table(
    "Limits",
    ["TYPE", "RESOURCE", "MIN", "MAX", "DEFAULT REQUEST", "DEFAULT LIMIT", "MAX RATIO"],
    (spec?.limits ?? []).flatMap(
      ({ type, min = {}, max = {}, default: limit = {}, defaultRequest = {}, maxLimitRequestRatio: ratio = {} }) =>
        [...new Set([min, max, limit, defaultRequest, ratio].flatMap(Object.keys))].map((name) => [
          type,
          name,
          ...[min, max, defaultRequest, limit, ratio].map((amounts) => amounts[name] ?? "-"),
        ]),
    ),
  );

const MOST_PODS = 110;

export function nodeFields(node: Node, { cluster }: Simulation): Field[] {
  const pods = podsByNode(cluster).get(node.metadata.name ?? "") ?? [];
  const { requested, allocatable } = useOf(node, pods);
  const names = [...new Set([...Object.keys(allocatable), ...Object.keys(requested)])];
  return [
    ...lines(
      "Taints",
      (node.spec?.taints ?? []).map(({ key, value, effect }) => `${key}${value ? `=${value}` : ""}:${effect}`),
    ),
    ...text("Unschedulable", node.spec?.unschedulable || undefined),
    ...conditionField(node.status?.conditions),
    ...lines(
      "Allocated",
      names.map((name) => shareText(name, requested, allocatable)),
    ),
    ...table(
      "Pods",
      ["NAMESPACE", "NAME", "CPU", "MEMORY"],
      pods.slice(0, MOST_PODS).map((pod) => {
        const own = podRequests(pod.spec);
        return [
          pod.metadata.namespace ?? "",
          writtenName(pod),
          amountText("cpu", own.cpu ?? 0),
          amountText("memory", own.memory ?? 0),
        ];
      }),
    ),
  ];
}

/** A namespace with what bounds the objects in it. */
export function namespaceFields({ metadata, status }: Namespace, { cluster }: Simulation): Field[] {
  const { name = "" } = metadata;
  const levels = pairs(metadata.labels).filter((label) => label.startsWith("pod-security.kubernetes.io/"));
  const quotas = [...cluster.objects.list("resourcequotas", name)].flatMap((quota) =>
    Object.entries(quota.status?.hard ?? quota.spec?.hard ?? {}).map(([what, hard]) => [
      quota.metadata.name ?? "",
      what,
      quota.status?.used?.[what] ?? "not counted",
      hard,
    ]),
  );
  return [
    ...text("Status", status?.phase ?? "Active"),
    ...lines(
      "Pod Security",
      levels.map((label) => label.slice("pod-security.kubernetes.io/".length)),
    ),
    ...table("Quotas", ["QUOTA", "RESOURCE", "USED", "HARD"], quotas),
    ...lines(
      "Limit Ranges",
      [...cluster.objects.list("limitranges", name)].map((range) => range.metadata.name ?? ""),
    ),
    ...text("Pods", [...cluster.objects.list("pods", name)].length),
  ];
}
