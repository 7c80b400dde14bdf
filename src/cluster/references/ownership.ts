import type { Cluster } from "../cluster.js";
import type { Resource } from "../resource.js";

/**
 * The objects that own themselves over others, each cycle once, in its order from the first object of the input. Walked
 * without recursion: chains may be long.
 */
export function ownershipCycles(cluster: Cluster): Resource[][] {
  const owners = (resource: Resource): Resource[] =>
    cluster.references
      .from(resource)
      .flatMap(({ fact, lookup }) =>
        fact.from === "object" && lookup.state === "present" && lookup.resource.name !== "" ? [lookup.resource] : [],
      );
  const done = new Set<Resource>();
  const cycles: Resource[][] = [];
  for (const start of cluster.resources) {
    if (done.has(start) || start.metadata.ownerReferences === undefined) continue;
    const path: { readonly resource: Resource; readonly rest: Resource[] }[] = [];
    const onPath = new Set<Resource>();
    const enter = (resource: Resource): void => {
      path.push({ resource, rest: owners(resource) });
      onPath.add(resource);
    };
    enter(start);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const next = top.rest.shift();
      if (!next) {
        onPath.delete(top.resource);
        done.add(top.resource);
        path.pop();
      } else if (onPath.has(next))
        cycles.push(path.slice(path.findIndex((one) => one.resource === next)).map((one) => one.resource));
      else if (!done.has(next)) enter(next);
    }
  }
  return cycles;
}
