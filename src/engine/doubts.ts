import type { Resource } from "../cluster/index.js";
import { formatPath, parsePath } from "../source/field-path.js";

/** What decoding took out of one object, to be asked about often. */
interface Doubts {
  readonly paths: ReadonlySet<string>;
  readonly parents: ReadonlySet<string>;
}

const NONE: Doubts = { paths: new Set(), parents: new Set() };
const cache = new WeakMap<Resource, Doubts>();

function doubtsOf(resource: Resource): Doubts {
  if (resource.doubtful.length === 0) return NONE;
  let doubts = cache.get(resource);
  if (!doubts) {
    const steps = resource.doubtful.map(parsePath);
    doubts = {
      paths: new Set(steps.map((path) => formatPath(path))),
      parents: new Set(steps.map((path) => formatPath(path.slice(0, -1)))),
    };
    cache.set(resource, doubts);
  }
  return doubts;
}

/**
 * Whether a finding at a path says nothing reliable: within a field that decoding took out; or about a mapping that has
 * an unknown or mistyped field, or about what is missing in it, since that may be the very field, misspelt. `depth` is
 * how many steps of the path are there.
 */
export function isDoubtful(resource: Resource, at: string, depth: number): boolean {
  const { paths, parents } = doubtsOf(resource);
  if (paths.size === 0) return false;
  const steps = parsePath(at);
  if (parents.has(formatPath(steps.slice(0, depth)))) return true;
  return steps.some((_, i) => paths.has(formatPath(steps.slice(0, i + 1))));
}
