import type { Cluster } from "../cluster.js";
import { compareAmounts, isZero, parseAmount } from "./amount.js";
import {
  limitRangeDefaults,
  podLevelResources,
  type ResourceAmounts,
  readResources,
  withDefaults,
} from "./container-resources.js";
import type { Container, PodTemplate } from "./pod-template.js";

/** https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/ */
export type QosClass = "Guaranteed" | "Burstable" | "BestEffort";
export const QOS_CLASSES: readonly QosClass[] = ["Guaranteed", "Burstable", "BestEffort"];

type QosResource = "cpu" | "memory";
const QOS_RESOURCES: readonly QosResource[] = ["cpu", "memory"];

/** Resources at Pod level count from the version on that serves them by default. */
const POD_LEVEL_SINCE = 34;

/** Why a Pod is not of a class: the container (undefined: the Pod's own resources) and the resource that spoils it. */
export type QosSpoiler = { readonly container: Container | undefined; readonly resource: QosResource } & (
  | { readonly reason: "no-limit" }
  | { readonly reason: "request-below-limit"; readonly request: string; readonly limit: string }
  | { readonly reason: "requested"; readonly what: keyof ResourceAmounts; readonly amount: string }
);

interface Part {
  readonly container: Container | undefined;
  readonly amounts: ResourceAmounts;
}

/** The QoS class of a Pod as the API server computes it; undefined where a placeholder or a LimitRange leaves it open. */
export function qosOf(pod: PodTemplate, cluster: Cluster): QosClass | undefined {
  const { certain, possible } = limitRangeDefaults(cluster, pod.namespace);
  const one = classOf(partsOf(pod, cluster, certain));
  return possible === certain || one === classOf(partsOf(pod, cluster, possible)) ? one : undefined;
}

/** What keeps a Pod from being Guaranteed: each container and resource without a limit, or that requests less. */
export function guaranteedSpoilers(pod: PodTemplate, cluster: Cluster): QosSpoiler[] {
  const { certain } = limitRangeDefaults(cluster, pod.namespace);
  return partsOf(pod, cluster, certain).flatMap(({ container, amounts }) =>
    QOS_RESOURCES.flatMap((resource): QosSpoiler[] => {
      const limit = amounts.limits[resource];
      if (limit === undefined || isZero(limit)) return [{ container, resource, reason: "no-limit" }];
      const request = amounts.requests[resource] ?? "0";
      return compareAmounts(request, limit) === 0
        ? []
        : [{ container, resource, reason: "request-below-limit", request, limit }];
    }),
  );
}

/** What keeps a Pod from being BestEffort: each request or limit that is not zero. */
export function bestEffortSpoilers(pod: PodTemplate, cluster: Cluster): QosSpoiler[] {
  const { certain } = limitRangeDefaults(cluster, pod.namespace);
  return partsOf(pod, cluster, certain).flatMap(({ container, amounts }) =>
    QOS_RESOURCES.flatMap((resource): QosSpoiler[] => {
      for (const what of ["limits", "requests"] as const) {
        const amount = amounts[what][resource];
        if (amount !== undefined && !isZero(amount))
          return [{ container, resource, reason: "requested", what, amount }];
      }
      return [];
    }),
  );
}

/**
 * What the class is computed from: the Pod's own resources where it has any (their requests default to the containers'
 * sum, then to the limits), else every container, init containers and sidecars included; ephemeral ones have none.
 */
function partsOf(pod: PodTemplate, cluster: Cluster, defaults: ResourceAmounts): Part[] {
  const containers = pod.containers
    .filter(({ type }) => type !== "ephemeralContainer")
    .map((container) => ({
      container,
      amounts: withDefaults(readResources(container.spec.resources), defaults),
    }));
  const ofPod = podLevelResources(pod);
  if (!ofPod || cluster.types.minor < POD_LEVEL_SINCE) return containers;
  const { requests, limits } = readResources(ofPod);
  const defaulted: Record<string, string> = { ...requests };
  for (const resource of QOS_RESOURCES) {
    if (ofPod.requests?.[resource] !== undefined) continue;
    const effective = effectiveRequest(containers, resource);
    if (effective !== undefined) defaulted[resource] = effective;
  }
  return [{ container: undefined, amounts: { requests: defaulted, limits } }];
}

/**
 * What the containers request together; undefined where none does. Init containers run one after another beside the
 * sidecars started before them, so the largest of these moments or the running state counts:
 * https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
function effectiveRequest(
  parts: readonly { container: Container; amounts: ResourceAmounts }[],
  resource: QosResource,
): string | undefined {
  if (!parts.some(({ amounts }) => amounts.requests[resource] !== undefined)) return undefined;
  let sidecars = 0n;
  let running = 0n;
  let largest = 0n;
  for (const { container, amounts } of parts) {
    const request = parseAmount(amounts.requests[resource] ?? "0");
    if (request === undefined) return amounts.requests[resource];
    if (container.type === "container") running += request;
    else if (container.type === "sidecar") sidecars += request;
    const moment = container.type === "initContainer" ? sidecars + request : sidecars;
    if (moment > largest) largest = moment;
  }
  const together = running + sidecars;
  return `${together > largest ? together : largest}n`;
}

/** The rules of the documentation page; zero amounts count as absent. Undefined where an amount cannot be read. */
function classOf(parts: readonly Part[]): QosClass | undefined {
  let anything = false;
  let guaranteed = true;
  for (const { amounts } of parts)
    for (const resource of QOS_RESOURCES) {
      const request = parseAmount(amounts.requests[resource] ?? "0");
      const limit = parseAmount(amounts.limits[resource] ?? "0");
      if (request === undefined || limit === undefined) return undefined;
      if (request > 0n || limit > 0n) anything = true;
      if (limit <= 0n || request !== limit) guaranteed = false;
    }
  if (!anything) return "BestEffort";
  return guaranteed ? "Guaranteed" : "Burstable";
}
