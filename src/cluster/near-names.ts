import { editDistance, nearestName } from "../diagnostics/nearest-name.js";
import { isPlaceholder } from "../schema/placeholder.js";
import type { Resource } from "./resource.js";

/** How many names are compared where a kind has more. */
const WINDOW = 60;

/**
 * The objects of one kind by name, for finding the one that a wrong name most likely means. A mistyped name shares its
 * beginning or its end with the right one, so among many only the neighbours in alphabetical order, read forwards and
 * backwards, are compared: 10,000 wrong names among 10,000 objects cost 2 s this way, minutes otherwise.
 */
export class NearNames {
  readonly #forwards: readonly string[];
  #backwards: readonly string[] | undefined;
  readonly #byName = new Map<string, Resource[]>();
  /** Objects whose name a placeholder gives: any name may be theirs. */
  readonly unnamed: readonly Resource[];

  constructor(resources: readonly Resource[]) {
    const unnamed: Resource[] = [];
    for (const resource of resources) {
      const { name } = resource;
      if (isPlaceholder(name)) unnamed.push(resource);
      else if (name !== "") {
        const same = this.#byName.get(name);
        if (same) same.push(resource);
        else this.#byName.set(name, [resource]);
      }
    }
    this.unnamed = unnamed;
    this.#forwards = [...this.#byName.keys()].sort();
  }

  /** The nearest name among these objects that pass, and further names. */
  nearest(
    name: string,
    passes: (resource: Resource) => boolean,
    further: readonly string[] = [],
  ): { readonly name: string; readonly resource: Resource | undefined } | undefined {
    const candidates = this.around(name).filter((candidate) => this.#byName.get(candidate)?.some(passes));
    const nearest = nearestName(name, [...candidates, ...further]);
    if (nearest === undefined || !isNear(name, nearest)) return undefined;
    return { name: nearest, resource: this.#byName.get(nearest)?.find(passes) };
  }

  private around(name: string): readonly string[] {
    if (this.#forwards.length <= 2 * WINDOW) return this.#forwards;
    this.#backwards ??= this.#forwards.map(reversed).sort();
    return [...new Set([...window(this.#forwards, name), ...window(this.#backwards, reversed(name)).map(reversed)])];
  }
}

/** Names of objects share endings such as `-secret`: a quarter of the length is what may differ. */
function isNear(name: string, other: string): boolean {
  const most = Math.max(1, Math.floor(name.length / 4));
  const plain = (text: string): string => text.toLowerCase().replace(/[-_.]/g, "");
  return plain(name) === plain(other) || editDistance(name, other, most + 1) <= most;
}

const reversed = (text: string): string => [...text].reverse().join("");

function window(sorted: readonly string[], name: string): readonly string[] {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < name) low = middle + 1;
    else high = middle;
  }
  return sorted.slice(Math.max(0, low - WINDOW / 2), low + WINDOW / 2);
}
