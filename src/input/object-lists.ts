import { isMapping, type Mapping } from "./plain-values.js";

/** An object of a document and its path in it. */
export interface ListedObject {
  readonly base: string;
  readonly value: Record<string, unknown>;
}

/** Lists in lists: deeper ones are nobody's manifest. */
const DEEPEST = 5;

/** `List` and typed lists such as `ConfigMapList`; a custom kind may end in List too, but has no `items` of its own beside it. */
const isList = (value: Mapping): boolean =>
  typeof value.kind === "string" &&
  value.kind.endsWith("List") &&
  (value.kind === "List" ? value.spec === undefined : Array.isArray(value.items) && value.spec === undefined);

/** The objects of a document: itself, or the items of a list; an item of a typed list may leave its apiVersion and kind to the list. */
export function objectsOf(value: Record<string, unknown>, base = "", depth = 0): ListedObject[] {
  if (!isList(value) || depth > DEEPEST) return [{ base, value }];
  const items = Array.isArray(value.items) ? value.items : [];
  const kind = String(value.kind).slice(0, -"List".length);
  return items.flatMap((item: unknown, index) => {
    if (!isMapping(item)) return [];
    const filled =
      kind !== "" && (item.apiVersion === undefined || item.kind === undefined)
        ? { apiVersion: value.apiVersion, kind, ...item }
        : { ...item };
    return objectsOf(filled, `${base === "" ? "" : `${base}.`}items[${index}]`, depth + 1);
  });
}
