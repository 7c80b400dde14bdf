import { editDistance, nearestName } from "../../diagnostics/nearest-name.js";
import { isPlaceholder } from "../../schema/placeholder.js";
import type { Resource } from "../resource.js";

/** How many names are compared where a kind has more. */
const WINDOW = 40;

/**
 * The objects of one kind by name, for finding the one that a wrong name most likely means. A mistyped name shares its
 * beginning or its end with the right one, so among many only the neighbours in alphabetical order, read forwards and
 * backwards, are compared, and many wrong names among many objects cost no more each than few among few.
 */
export class NearNames {
  readonly #forwards: readonly Entry[];
  #backwards: readonly Entry[] | undefined;
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
    this.#forwards = [...this.#byName.keys()].map((name) => ({ key: name, name })).sort(byKey);
  }

  /** The nearest name among these objects that pass, and further names. */
  nearest(
    name: string,
    passes: (resource: Resource) => boolean,
    further: readonly string[] = [],
  ): NearName | undefined {
    const candidates = this.around(name).filter((candidate) => this.#byName.get(candidate)?.some(passes));
    const nearest = nearestName(name, [...candidates, ...further]);
    if (nearest === undefined || !isNear(name, nearest)) return undefined;
    return { name: nearest, slip: isSlip(name, nearest), resource: this.#byName.get(nearest)?.find(passes) };
  }

  private around(name: string): readonly string[] {
    const forwards = this.#forwards;
    if (forwards.length <= 2 * WINDOW) return forwards.map((entry) => entry.name);
    this.#backwards ??= forwards.map((entry) => ({ key: reversed(entry.name), name: entry.name })).sort(byKey);
    return [...new Set([...window(forwards, name), ...window(this.#backwards, reversed(name))])];
  }
}

export interface NearName {
  readonly name: string;
  /** Whether one letter in a longer name makes the difference, so that hardly two objects are named so. */
  readonly slip: boolean;
  readonly resource: Resource | undefined;
}

interface Entry {
  readonly key: string;
  readonly name: string;
}

const byKey = (a: Entry, b: Entry): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

/** Names of objects share endings such as `-secret`: a quarter of the length is what may differ. */
function isNear(name: string, other: string): boolean {
  const most = Math.max(1, Math.floor(name.length / 4));
  const plain = (text: string): string => text.toLowerCase().replace(/[-_.]/g, "");
  return plain(name) === plain(other) || editDistance(name, other, most + 1) <= most;
}

/** Numbers tell objects apart, and so do short ends: `db-rw`, `db-ro`. */
const isSlip = (name: string, other: string): boolean =>
  name.length >= 8 &&
  editDistance(name, other, 1) <= 1 &&
  name.replace(/[^0-9]/g, "") === other.replace(/[^0-9]/g, "") &&
  (lastPart(name) === lastPart(other) || Math.min(lastPart(name).length, lastPart(other).length) > 2);

const lastPart = (name: string): string => name.slice(Math.max(name.lastIndexOf("-"), name.lastIndexOf(".")) + 1);

function reversed(text: string): string {
  let result = "";
  for (let i = text.length - 1; i >= 0; i--) result += text[i];
  return result;
}

function window(sorted: readonly Entry[], key: string): readonly string[] {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.key < key) low = middle + 1;
    else high = middle;
  }
  return sorted.slice(Math.max(0, low - WINDOW / 2), low + WINDOW / 2).map((entry) => entry.name);
}
