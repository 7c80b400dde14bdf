import type {
  Node,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodSpec,
  PreferredSchedulingTerm,
} from "../../apis/types/core.v1.generated.js";

/** Whether a node meets the Pod's `nodeSelector` and required node affinity. */
export function matchesNodeSelection(
  { nodeSelector = {}, affinity }: Pick<PodSpec, "nodeSelector" | "affinity">,
  node: Node,
): boolean {
  const labels = node.metadata.labels ?? {};
  for (const [key, value] of Object.entries(nodeSelector)) if (labels[key] !== value) return false;
  const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return required === undefined || matchesAnyTerm(required.nodeSelectorTerms ?? [], node);
}

/**
 * Terms are alternatives; one that says nothing matches no node.
 * https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#node-affinity
 */
export const matchesAnyTerm = (terms: readonly NodeSelectorTerm[], node: Node): boolean =>
  terms.some((term) => matchesTerm(term, node));

function matchesTerm({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm, node: Node): boolean {
  if (matchExpressions.length === 0 && matchFields.length === 0) return false;
  const labels = node.metadata.labels ?? {};
  return (
    matchExpressions.every((expression) => matchesRequirement(expression, labels[expression.key])) &&
    matchFields.every((field) => field.key === "metadata.name" && matchesRequirement(field, node.metadata.name ?? ""))
  );
}

function matchesRequirement({ operator, values = [] }: NodeSelectorRequirement, actual: string | undefined): boolean {
  switch (operator) {
    case "In":
      return actual !== undefined && values.includes(actual);
    case "NotIn":
      return actual === undefined || !values.includes(actual);
    case "Exists":
      return actual !== undefined;
    case "DoesNotExist":
      return actual === undefined;
    case "Gt":
    case "Lt":
      return compares(operator, actual, values[0]);
    default:
      return false;
  }
}

const INTEGER = /^[+-]?\d{1,19}$/;

/** Both sides are integers of 64 bits, or there is no match. */
function compares(operator: "Gt" | "Lt", actual: string | undefined, bound: string | undefined): boolean {
  if (actual === undefined || bound === undefined || !INTEGER.test(actual) || !INTEGER.test(bound)) return false;
  const [left, right] = [BigInt(actual.replace("+", "")), BigInt(bound.replace("+", ""))];
  return operator === "Gt" ? left > right : left < right;
}

/** The sum of the weights of the preferences that a node meets; one that says nothing prefers nothing. */
export function preferenceWeight(preferences: readonly PreferredSchedulingTerm[], node: Node): number {
  let sum = 0;
  for (const { weight, preference } of preferences) if (weight > 0 && matchesTerm(preference, node)) sum += weight;
  return sum;
}

/**
 * The nodes that a Pod names by `matchFields`, as DaemonSet Pods do; undefined where it does not tie itself to names.
 * Every alternative has to name some for this to limit anything.
 */
export function nodesNamedBy({ affinity }: PodSpec): ReadonlySet<string> | undefined {
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  if (terms === undefined || terms === null || terms.length === 0) return undefined;
  const named = new Set<string>();
  for (const { matchFields = [] } of terms) {
    let names: readonly string[] | undefined;
    for (const { key, operator, values = [] } of matchFields)
      if (key === "metadata.name" && operator === "In")
        names = names === undefined ? values : names.filter((name) => values.includes(name));
    if (names === undefined) return undefined;
    for (const name of names) named.add(name);
  }
  return named;
}
