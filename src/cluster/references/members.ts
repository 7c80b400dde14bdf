import { isPlaceholder } from "../../schema/placeholder.js";
import type { Cluster } from "../cluster.js";
import { isOpenNamespace } from "../namespaces.js";
import { folderOf, type Resource } from "../resource.js";
import { compilePattern, visitPattern } from "./object-paths.js";
import type { Reference } from "./references.js";

/** A port or listener that is named and that the object named does not have. */
export interface MissingMember {
  readonly noun: "port" | "listener";
  readonly name: string | number;
  readonly at: string;
  readonly target: Resource;
  /** What the target has instead. */
  readonly present: readonly (string | number)[];
}

/** The part of its target that a reference names in vain; undefined where one of the objects it may mean has it. */
export function missingMember(cluster: Cluster, reference: Reference): MissingMember | undefined {
  const { member, fact, lookup, group, kind, namespace, name } = reference;
  if (!member || !fact.member || lookup.state !== "present" || isPlaceholder(member.name)) return undefined;
  if (!areTogether(reference.from, lookup.resource)) return undefined;
  const present = new Set<string | number>();
  for (const candidate of [lookup.resource, ...cluster.allNamed(group, kind, namespace, name)]) {
    if (isOpenEnded(cluster, candidate)) return undefined;
    for (const pattern of fact.member.in)
      visitPattern(candidate.object, compilePattern(pattern), "", (value) => {
        if (typeof value === "string" || typeof value === "number") present.add(value);
      });
  }
  if (present.has(member.name) || [...present].some(isPlaceholder)) return undefined;
  return { noun: fact.member.noun, ...member, target: lookup.resource, present: [...present] };
}

/** Of files in other folders, only a namespace that both mean says that they are of one cluster. */
const areTogether = (from: Resource, to: Resource): boolean =>
  folderOf(from) === folderOf(to) || (!isOpenNamespace(to.namespace) && to.namespace !== "default");

/** An ExternalName Service leads to a host that answers on ports of its own; what a patch adds is not known. */
const isOpenEnded = (cluster: Cluster, resource: Resource): boolean =>
  (resource.spec as { type?: unknown } | undefined)?.type === "ExternalName" ||
  resource.doubtful.length > 0 ||
  cluster.mayBePatched(resource, resource.kind === "Service" ? "ports" : "listeners");
