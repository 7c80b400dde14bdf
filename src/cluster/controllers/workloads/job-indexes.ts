import type { SuccessPolicy } from "../../../apis/types/batch.v1.generated.js";

/** Reads `1,3-5` as the API writes sets of completion indexes; those from `end` on are left out. */
export function readIndexes(text: string | undefined, end: number): Set<number> {
  const indexes = new Set<number>();
  for (const part of (text ?? "").split(",")) {
    const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    if (first === undefined) continue;
    const to = Math.min(Number(last ?? first), end - 1);
    for (let index = Number(first); index <= to; index++) indexes.add(index);
  }
  return indexes;
}

/** Runs of three and more are written with a hyphen. */
export function writeIndexes(indexes: Iterable<number>): string {
  const sorted = [...indexes].sort((a, b) => a - b);
  const parts: string[] = [];
  for (let i = 0; i < sorted.length; ) {
    let end = i;
    while (sorted[end + 1] === sorted[end]! + 1) end++;
    const [first, last] = [sorted[i]!, sorted[end]!];
    parts.push(end === i ? `${first}` : `${first}${end === i + 1 ? "," : "-"}${last}`);
    i = end + 1;
  }
  return parts.join(",");
}

/**
 * The number of the first rule that the succeeded indexes meet; -1 where none is met.
 * https://kubernetes.io/docs/concepts/workloads/controllers/job/#success-policy
 */
export function metSuccessRule(policy: SuccessPolicy | undefined, completions: number, succeeded: ReadonlySet<number>) {
  return (policy?.rules ?? []).findIndex(({ succeededIndexes, succeededCount }) => {
    if (succeededIndexes === undefined) return succeededCount !== undefined && succeeded.size >= succeededCount;
    const required = readIndexes(succeededIndexes, completions);
    const had = [...required].filter((index) => succeeded.has(index)).length;
    return had >= (succeededCount ?? required.size);
  });
}

/** The first indexes that are neither done, failed nor under way. */
export function pendingIndexes(count: number, completions: number, taken: readonly ReadonlySet<number>[]): number[] {
  const pending: number[] = [];
  for (let index = 0; index < completions && pending.length < count; index++)
    if (!taken.some((indexes) => indexes.has(index))) pending.push(index);
  return pending;
}
