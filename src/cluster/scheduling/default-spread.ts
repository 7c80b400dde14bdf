import type { LabelSelector } from "../../apis/types/meta.v1.generated.js";
import type { PlacedPod, SpreadConstraint } from "./pod-profile.js";
import { podTerm } from "./pod-terms.js";
import { HOSTNAME } from "./topology-spread.js";

/**
 * The constraints of Pods that have none: their Service's and their controller's Pods are spread over hosts and zones.
 * https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/#internal-default-constraints
 */
export function defaultConstraints({ pod }: PlacedPod, selectors: readonly LabelSelector[]): SpreadConstraint[] {
  if (selectors.length === 0) return [];
  const selector = {
    matchLabels: Object.assign({}, ...selectors.map(({ matchLabels }) => matchLabels)),
    matchExpressions: selectors.flatMap(({ matchExpressions = [] }) => matchExpressions),
  };
  if (Object.keys(selector.matchLabels).length === 0 && selector.matchExpressions.length === 0) return [];
  const term = podTerm({ namespaces: [pod.metadata.namespace ?? ""], selector });
  const common = { term, minDomains: 1, honorsAffinity: true, honorsTaints: false, hard: false };
  return [
    { ...common, topologyKey: HOSTNAME, maxSkew: 3 },
    { ...common, topologyKey: "topology.kubernetes.io/zone", maxSkew: 5 },
  ];
}
