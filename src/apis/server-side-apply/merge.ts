import { isMapping } from "../decode/is-mapping.js";
import { isSameValue } from "../meta/same-value.js";
import type { MergeType } from "./merge-types.js";

/** The values that stand at one place. */
export interface Layers {
  readonly stored: unknown;
  /** What is applied now. */
  readonly applied: unknown;
  /** What was applied the last time: what is no more in `applied` goes, */
  readonly previous?: unknown;
  /** unless somebody else has set the same, as who has created or replaced the object. */
  readonly written?: unknown;
}

/**
 * What becomes of a stored value when one is applied to it, conflicts being forced, by the one manager who applies.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */
export function mergeApplied(layers: Layers, type: MergeType): unknown {
  const { stored, applied } = layers;
  if (type.merges === "fields" && isMapping(applied)) return mergeFields(layers, type);
  if (type.merges === "items" && Array.isArray(applied)) return mergeItems(layers, applied, type);
  if (type.merges === "set" && Array.isArray(applied) && Array.isArray(stored))
    return mergeSet(layers, applied, stored);
  return applied;
}

const fieldOf = (value: unknown, name: string): unknown =>
  isMapping(value) && Object.hasOwn(value, name) ? value[name] : undefined;
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function mergeFields(
  { stored, applied, previous, written }: Layers,
  type: MergeType & { merges: "fields" },
): Record<string, unknown> {
  // Without a prototype: users choose the keys.
  const merged: Record<string, unknown> = Object.assign(Object.create(null), isMapping(stored) ? stored : {});
  const at = (name: string): Layers => ({
    stored: merged[name],
    applied: fieldOf(applied, name),
    previous: fieldOf(previous, name),
    written: fieldOf(written, name),
  });
  for (const name of Object.keys(isMapping(previous) ? previous : {})) {
    if (fieldOf(applied, name) !== undefined || merged[name] === undefined) continue;
    const left = withoutPrevious(at(name), type.field(name));
    if (left === undefined) delete merged[name];
    else merged[name] = left;
  }
  for (const [name, value] of Object.entries(applied as Record<string, unknown>))
    if (value === null) delete merged[name];
    else merged[name] = mergeApplied(at(name), type.field(name));
  return merged;
}

/** What is left of a value that is applied no more. */
function withoutPrevious(layers: Layers, type: MergeType): unknown {
  const { stored, previous, written } = layers;
  const nothing = type.merges === "fields" ? {} : [];
  if (type.merges !== "atomic" && isMapping(stored) === isMapping(previous)) {
    const left = mergeApplied({ ...layers, applied: nothing }, type);
    const isEmpty = isMapping(left) ? Object.keys(left).length === 0 : listOf(left).length === 0;
    return isEmpty && written === undefined ? undefined : left;
  }
  return written !== undefined && isSameValue(written, stored) ? stored : undefined;
}

function mergeItems(
  { stored, previous, written }: Layers,
  applied: readonly unknown[],
  type: MergeType & { merges: "items" },
): unknown[] {
  const keyOf = (item: unknown) => JSON.stringify(type.keys.map((key) => fieldOf(item, key) ?? type.keyDefault(key)));
  const index = (items: unknown) => new Map(listOf(items).map((item) => [keyOf(item), item]));
  const [now, before, others] = [index(applied), index(previous), index(written)];
  const kept = new Map<string, unknown>();
  for (const item of listOf(stored)) {
    const key = keyOf(item);
    if (now.has(key) || !before.has(key) || others.has(key)) kept.set(key, item);
  }
  return inOrder(kept, now, (key) =>
    mergeApplied(
      { stored: kept.get(key), applied: now.get(key), previous: before.get(key), written: others.get(key) },
      type.item,
    ),
  );
}

function mergeSet({ previous, written }: Layers, applied: readonly unknown[], stored: readonly unknown[]): unknown[] {
  const index = (items: unknown) => new Map(listOf(items).map((item) => [JSON.stringify(item), item]));
  const [now, before, others] = [index(applied), index(previous), index(written)];
  const kept = index(stored);
  for (const key of before.keys()) if (!now.has(key) && !others.has(key)) kept.delete(key);
  return inOrder(kept, now, (key) => now.get(key));
}

/** Items that are applied stand in their own order; one that is not comes as early as it stood among them. */
function inOrder(
  kept: ReadonlyMap<string, unknown>,
  now: ReadonlyMap<string, unknown>,
  merged: (key: string) => unknown,
): unknown[] {
  const list: unknown[] = [];
  const placed = new Set<string>();
  const rest = [...kept];
  let next = 0;
  const placeOthers = () => {
    for (; next < rest.length; next++) {
      const [key, item] = rest[next]!;
      if (!now.has(key)) list.push(item);
      else if (!placed.has(key)) return;
    }
  };
  for (const key of now.keys()) {
    placeOthers();
    list.push(merged(key));
    placed.add(key);
  }
  placeOthers();
  return list;
}
