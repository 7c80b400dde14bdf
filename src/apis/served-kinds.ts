import { KindIndex } from "../schema/kind-index.js";

const indexes = new Map<number, KindIndex>();

/** The built-in kinds of a minor, indexed once. */
export function kindIndexOf(minor: number): KindIndex {
  let index = indexes.get(minor);
  if (index === undefined) {
    index = new KindIndex(minor);
    indexes.set(minor, index);
  }
  return index;
}
