import type { LabelSelector } from "kubernetes-types/meta/v1.js";
import { isPlaceholder } from "../../schema/placeholder.js";
import { formatPath, joinPath } from "../../source/field-path.js";

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
export const describeSelector = (selector: LabelSelector): string =>
  [
    ...Object.entries(selector.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`),
    ...(selector.matchExpressions ?? []).map(describeExpression),
  ].join(", ");

/** One requirement as kubectl writes it: `tier in (web, api)`, `tier`, `!tier`. */
export function describeExpression({
  key,
  operator,
  values = [],
}: NonNullable<LabelSelector["matchExpressions"]>[number]): string {
  if (operator === "In") return `${key} in (${values.join(", ")})`;
  if (operator === "NotIn") return `${key} notin (${values.join(", ")})`;
  return operator === "DoesNotExist" ? `!${key}` : key;
}

/** Whether a selector says nothing, which means everything to most that read it. */
export const isEmptySelector = (selector: LabelSelector): boolean =>
  Object.keys(selector.matchLabels ?? {}).length === 0 && (selector.matchExpressions ?? []).length === 0;

/** Whether any part of a selector is yet to be filled in. */
export const hasPlaceholder = (selector: LabelSelector): boolean =>
  Object.entries(selector.matchLabels ?? {}).some(([key, value]) => isPlaceholder(key) || isPlaceholder(value)) ||
  (selector.matchExpressions ?? []).some(({ key, values = [] }) => isPlaceholder(key) || values.some(isPlaceholder));

/** One requirement of a selector that labels do not meet. */
export interface UnmetRequirement {
  /** Within the selector's owner: `spec.selector.matchLabels.app`, `spec.selector.matchExpressions[0]`. */
  readonly at: string;
  readonly key: string;
  /** As kubectl writes it: `app=api`, `tier in (web, api)`, `!legacy`. */
  readonly wanted: string;
  /** What the labels have for the key; undefined: nothing. */
  readonly actual: string | undefined;
}

/** The requirements of a selector that labels certainly do not meet. `labelsPath` is where its `matchLabels` stand. */
export function unmetRequirements(selector: LabelSelector, labels: Labels, labelsPath: string): UnmetRequirement[] {
  const unmet: UnmetRequirement[] = [];
  for (const [key, value] of Object.entries(selector.matchLabels ?? {}))
    if (matchOne(key, value, labels) === "no")
      unmet.push({ at: joinPath(labelsPath, formatPath([key])), key, wanted: `${key}=${value}`, actual: labels[key] });
  const expressionsPath = labelsPath.replace(/matchLabels$/, "matchExpressions");
  for (const [i, expression] of (selector.matchExpressions ?? []).entries())
    if (matchSelector({ matchExpressions: [expression] }, labels) === "no")
      unmet.push({
        at: `${expressionsPath}[${i}]`,
        key: expression.key,
        wanted: describeExpression(expression),
        actual: labels[expression.key],
      });
  return unmet;
}

/** What the labels have instead: `tier=frontend`, or `no label tier`. */
export const describeActual = (unmet: UnmetRequirement): string =>
  unmet.actual === undefined ? `no label ${unmet.key}` : `${unmet.key}=${unmet.actual}`;
