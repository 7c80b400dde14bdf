import type { Cluster } from "./cluster.js";
import type { Resource } from "./resource.js";
import { isIdentified } from "./service-ports.js";

/** The folder that a manifest's file lies in. */
export const folderOf = (resource: Resource): string => {
  const { path } = resource.manifest.source;
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
};

/** Whether two objects stand in one file. */
export const shareFile = (a: Resource, b: Resource): boolean => a.manifest.source === b.manifest.source;

/** Whether objects of a file are examples of their own, each to be applied alone: the fences of a text. */
export const standAlone = (resource: Resource): boolean =>
  /\.(md|mdx|markdown|rst|adoc)$/i.test(resource.manifest.source.path);

/**
 * Whether two objects of the input are meant for one cluster at the same time. Those of one folder are (`kubectl apply
 * -f folder`), and those that name the same namespace; without either they may well be variants or unrelated examples.
 */
export const areAppliedTogether = (a: Resource, b: Resource): boolean =>
  !standAlone(a) &&
  !standAlone(b) &&
  a.namespace === b.namespace &&
  (folderOf(a) === folderOf(b) || (a.namespace !== "" && !isVariantFolder(a, b)));

/**
 * Whether two folders hold variants of one thing: siblings with the same file name (`overlays/dev/app.yaml`,
 * `overlays/prod/app.yaml`).
 */
function isVariantFolder(a: Resource, b: Resource): boolean {
  const name = (resource: Resource): string => resource.manifest.source.path.slice(folderOf(resource).length);
  return folderOf(a) !== folderOf(b) && name(a) === name(b);
}

/** An object that is there twice. */
export interface Duplicate {
  readonly first: Resource;
  readonly again: Resource;
  readonly sameFile: boolean;
  /** Whether both say the same, so that applying the second changes nothing. */
  readonly identical: boolean;
}

/**
 * Objects that one file or one folder holds twice: same group, kind, namespace and name, of whatever version. Other
 * folders are left out: trees of overlays, environments and clusters hold every object many times.
 */
export function duplicatesIn(cluster: Cluster): Duplicate[] {
  const inFile = new Map<string, Resource>();
  const inFolder = new Map<string, Resource>();
  const duplicates: Duplicate[] = [];
  for (const again of cluster.resources) {
    if (!isIdentified(again) || standAlone(again) || again.kind === "") continue;
    const identity = `${again.group}\n${again.kind}\n${again.namespace}\n${again.name}`;
    const fileKey = `${again.manifest.source.path}\n${identity}`;
    const folderKey = `${folderOf(again)}\n${identity}`;
    const first = inFile.get(fileKey) ?? inFolder.get(folderKey);
    if (first)
      duplicates.push({
        first,
        again,
        sameFile: shareFile(first, again),
        identical: isSame(first.object, again.object),
      });
    if (!inFile.has(fileKey)) inFile.set(fileKey, again);
    if (!inFolder.has(folderKey)) inFolder.set(folderKey, again);
  }
  return duplicates;
}

/** Both are plain JSON; the order of fields does not matter. Nesting is bounded by the reader. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return false;
  const keys = Object.keys(a);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    keys.length === Object.keys(b).length &&
    keys.every(
      (key) =>
        Object.hasOwn(b, key) && isSame((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  );
}
