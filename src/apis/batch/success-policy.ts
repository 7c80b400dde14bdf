import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { byteLength } from "../meta/names.js";
import { checkNotNegative } from "../meta/values.js";
import type { SuccessPolicy } from "../types/batch.v1.generated.js";

const MOST_RULES = 20;
const LONGEST_INDEXES = 64 * 1024;

/** https://kubernetes.io/docs/concepts/workloads/controllers/job/#success-policy */
export function validateSuccessPolicy(
  { rules }: SuccessPolicy,
  completions: number | undefined,
  at: FieldPath,
  errors: FieldErrors,
): void {
  const path = at.child("rules");
  if (!rules?.length) errors.required(path, "a policy has a rule");
  if ((rules?.length ?? 0) > MOST_RULES) errors.tooMany(path, rules!.length, MOST_RULES);
  rules?.forEach(({ succeededCount, succeededIndexes }, i) => {
    const item = path.index(i);
    if (succeededCount === undefined && succeededIndexes === undefined)
      errors.required(item, "succeededCount or succeededIndexes");
    let named = 0;
    if (succeededIndexes !== undefined) {
      const indexes = item.child("succeededIndexes");
      if (byteLength(succeededIndexes) > LONGEST_INDEXES) errors.tooLong(indexes, LONGEST_INDEXES);
      const read = countIndexes(succeededIndexes, completions ?? 0);
      if (typeof read === "string") errors.invalid(indexes, succeededIndexes, read);
      else named = read;
    }
    if (succeededCount === undefined) return;
    const count = item.child("succeededCount");
    checkNotNegative(succeededCount, count, errors);
    if (completions !== undefined && succeededCount > completions)
      errors.invalid(count, succeededCount, `is more than completions, ${completions}`);
    if (succeededIndexes !== undefined && succeededCount > named)
      errors.invalid(count, succeededCount, `is more than the ${named} indexes named`);
  });
}

/** How many indexes a text such as `0-2,5` names, or what is wrong with it. */
function countIndexes(text: string, completions: number): number | string {
  if (text === "") return 0;
  let count = 0;
  let last = -1;
  for (const interval of text.split(",")) {
    const ends = interval.split("-");
    if (ends.length > 2) return "has a range with more than one hyphen";
    const [first, end = first] = ends.map((end) => (/^\+?\d+$/.test(end) ? Number(end) : Number.NaN)) as [
      number,
      number?,
    ];
    if (Number.isNaN(first) || Number.isNaN(end)) return "has an index that is no number";
    if (first >= completions || end >= completions) return `has an index that is not below completions, ${completions}`;
    if (first <= last || end < first || (ends.length === 2 && end === first)) return "has indexes that do not ascend";
    count += end - first + 1;
    last = end;
  }
  return count;
}
