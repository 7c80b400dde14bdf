import type { LabelSelector } from "../../apis/types/meta.v1.generated.js";

const SET = /^([^\s!=,()]+)\s+(in|notin)\s*\(([^()]*)\)$/;
const EQUALITY = /^([^\s!=,()]+)\s*(=|==|!=)\s*([^\s!=,()]*)$/;
const PRESENCE = /^(!?)\s*([^\s!=,()]+)$/;

/**
 * Reads a selector as `kubectl get --selector` takes it; undefined where it is none.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function parseSelector(text: string): LabelSelector | undefined {
  const matchLabels: Record<string, string> = {};
  const matchExpressions: NonNullable<LabelSelector["matchExpressions"]> = [];
  for (const part of text.split(/,(?![^(]*\))/)) {
    const requirement = part.trim();
    const set = SET.exec(requirement);
    const equality = EQUALITY.exec(requirement);
    const presence = PRESENCE.exec(requirement);
    if (set !== null) {
      const values = set[3]!.split(",").map((value) => value.trim());
      matchExpressions.push({ key: set[1]!, operator: set[2] === "in" ? "In" : "NotIn", values });
    } else if (equality?.[2] === "!=")
      matchExpressions.push({ key: equality[1]!, operator: "NotIn", values: [equality[3]!] });
    else if (equality !== null) matchLabels[equality[1]!] = equality[3]!;
    else if (presence !== null)
      matchExpressions.push({ key: presence[2]!, operator: presence[1] ? "DoesNotExist" : "Exists" });
    else return undefined;
  }
  return { matchLabels, matchExpressions };
}
