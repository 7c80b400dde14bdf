import type { NodeSelectorRequirement, PodSpec } from "kubernetes-types/core/v1.js";
import { isPlaceholder } from "../../schema/placeholder.js";

/** A node label of which a Pod asks what no node can have. */
export interface ImpossibleSelection {
  readonly key: string;
  /** As kubectl writes requirements: `disk=ssd`, `disk notin (ssd, hdd)`. */
  readonly requirements: readonly string[];
}

/**
 * Why no node whatsoever meets a Pod's `nodeSelector` and required node affinity; of several terms, all of which have to be
 * impossible, what the first one asks. https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#node-affinity
 */
export function impossibleSelection({ nodeSelector = {}, affinity }: PodSpec): ImpossibleSelection | undefined {
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  if (!Array.isArray(terms) || terms.length === 0) return undefined;
  const given: NodeSelectorRequirement[] = Object.entries(nodeSelector).map(([key, value]) => ({
    key,
    operator: "In",
    values: [value],
  }));
  let first: ImpossibleSelection | undefined;
  for (const term of terms) {
    const found = contradictionIn([...given, ...(term?.matchExpressions ?? [])]);
    if (found === undefined) return undefined;
    first ??= found;
  }
  return first;
}

function contradictionIn(requirements: readonly NodeSelectorRequirement[]): ImpossibleSelection | undefined {
  const byKey = new Map<string, NodeSelectorRequirement[]>();
  for (const requirement of requirements) {
    const { key, values = [] } = requirement;
    if ([key, ...values].some((text) => typeof text !== "string" || isPlaceholder(text))) return undefined;
    const list = byKey.get(key);
    if (list) list.push(requirement);
    else byKey.set(key, [requirement]);
  }
  for (const [key, list] of byKey)
    if (list.length > 1 && !canMeet(list)) return { key, requirements: list.map(describe) };
  return undefined;
}

/** Whether some value of a label, or its absence, meets all requirements. */
function canMeet(list: readonly NodeSelectorRequirement[]): boolean {
  const meets = (value: string | undefined): boolean => list.every((requirement) => isMet(requirement, value));
  if (meets(undefined)) return true;
  const choice = list.find(({ operator }) => operator === "In");
  if (choice !== undefined) return (choice.values ?? []).some(meets);
  if (list.some(({ operator }) => operator === "DoesNotExist")) return false;
  // Bounds leave a number between them, and what is excluded is finite.
  const bounds = (operator: string): number[] =>
    list.filter((each) => each.operator === operator).map(({ values = [] }) => Number(values[0]));
  const [above, below] = [bounds("Gt"), bounds("Lt")];
  if (![...above, ...below].every(Number.isSafeInteger)) return true;
  return above.length === 0 || below.length === 0 || Math.max(...above) + 1 < Math.min(...below);
}

function isMet({ operator, values = [] }: NodeSelectorRequirement, value: string | undefined): boolean {
  switch (operator) {
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return value === undefined || !values.includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    case "Gt":
    case "Lt": {
      const [left, right] = [Number(value), Number(values[0])];
      if (value === undefined || !Number.isSafeInteger(left) || !Number.isSafeInteger(right))
        return value !== undefined;
      return operator === "Gt" ? left > right : left < right;
    }
    default:
      return true;
  }
}

function describe({ key, operator, values = [] }: NodeSelectorRequirement): string {
  switch (operator) {
    case "In":
      return values.length === 1 ? `${key}=${values[0]}` : `${key} in (${values.join(", ")})`;
    case "NotIn":
      return `${key} notin (${values.join(", ")})`;
    case "Gt":
      return `${key}>${values[0]}`;
    case "Lt":
      return `${key}<${values[0]}`;
    default:
      return operator === "DoesNotExist" ? `!${key}` : key;
  }
}
