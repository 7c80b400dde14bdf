import type { LabelSelector } from "kubernetes-types/meta/v1";
import { isPlaceholder } from "../schema/placeholder.js";

/** Three-valued: a placeholder in a selector or a label can become anything. */
export type Match = "yes" | "no" | "unknown";

type Labels = Readonly<Record<string, string>>;

/** An equality selector as Services and ReplicationControllers have it. An empty one matches nothing here: no controller uses it. */
export function matchLabels(selector: Labels, labels: Labels): Match {
  let result: Match = "yes";
  for (const [key, value] of Object.entries(selector)) {
    const one = matchOne(key, value, labels);
    if (one === "no") return "no";
    if (one === "unknown") result = "unknown";
  }
  return result;
}

function matchOne(key: string, value: string, labels: Labels): Match {
  if (isPlaceholder(key)) return "unknown";
  const actual = labels[key];
  if (actual === undefined) return hasPlaceholderKey(labels) ? "unknown" : "no";
  if (actual === value) return "yes";
  return isPlaceholder(actual) || isPlaceholder(value) ? "unknown" : "no";
}

/** A LabelSelector as in meta/v1: every matchLabels entry and every expression must hold; an empty one selects everything. */
export function matchSelector(selector: LabelSelector, labels: Labels): Match {
  let result = matchLabels(selector.matchLabels ?? {}, labels);
  for (const { key, operator, values = [] } of selector.matchExpressions ?? []) {
    if (result === "no") return "no";
    const one = matchExpression(key, operator, values, labels);
    if (one !== "yes") result = one;
  }
  return result;
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#set-based-requirement: NotIn holds for an absent key too. */
function matchExpression(key: string, operator: string, values: readonly string[], labels: Labels): Match {
  if (isPlaceholder(key) || values.some(isPlaceholder) || hasPlaceholderKey(labels)) return "unknown";
  const actual = labels[key];
  if (actual !== undefined && isPlaceholder(actual) && (operator === "In" || operator === "NotIn")) return "unknown";
  switch (operator) {
    case "In":
      return actual !== undefined && values.includes(actual) ? "yes" : "no";
    case "NotIn":
      return actual === undefined || !values.includes(actual) ? "yes" : "no";
    case "Exists":
      return actual !== undefined ? "yes" : "no";
    case "DoesNotExist":
      return actual === undefined ? "yes" : "no";
    default:
      return "unknown";
  }
}

const hasPlaceholderKey = (labels: Labels): boolean => Object.keys(labels).some(isPlaceholder);

/** `app=shop, tier in (web, api), !legacy`: as kubectl writes selectors. */
export function describeSelector(selector: LabelSelector): string {
  const parts = Object.entries(selector.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
  for (const { key, operator, values = [] } of selector.matchExpressions ?? []) {
    if (operator === "In") parts.push(`${key} in (${values.join(", ")})`);
    else if (operator === "NotIn") parts.push(`${key} notin (${values.join(", ")})`);
    else parts.push(operator === "DoesNotExist" ? `!${key}` : key);
  }
  return parts.join(", ");
}
