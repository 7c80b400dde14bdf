import { isSame } from "../apis/meta/same-value.js";
import type { Cluster } from "./cluster.js";
import { folderOf, isIdentified, type Resource } from "./resource.js";

/** Whether two objects stand in one file. */
export const shareFile = (a: Resource, b: Resource): boolean => a.manifest.source === b.manifest.source;

/** Whether an object is an example of its own, to be applied alone: a fence of a text. */
export const standAlone = (resource: Resource): boolean => resource.manifest.markdown === true;

/**
 * Whether two objects of the input are meant for one cluster at the same time. Those of one file are, those of one
 * folder (`kubectl apply -f folder`) unless the two files define the same object and so are alternatives, and those that
 * name the same namespace; without either they may well be variants or unrelated examples.
 */
export function areAppliedTogether(cluster: Cluster, a: Resource, b: Resource): boolean {
  if (a.namespace !== b.namespace || standAlone(a) || standAlone(b)) return false;
  if (shareFile(a, b)) return true;
  return folderOf(a) === folderOf(b)
    ? !areAlternatives(cluster, a, b)
    : !isDefault(a.namespace) && !haveSameFileName(a, b);
}

/** Whether a namespace says nothing of what belongs together. */
const isDefault = (namespace: string): boolean => namespace === "" || namespace === "default";

/** Whether two files of different folders are likely variants: `overlays/dev/app.yaml`, `overlays/prod/app.yaml`. */
function haveSameFileName(a: Resource, b: Resource): boolean {
  const name = (resource: Resource): string => resource.manifest.source.path.slice(folderOf(resource).length);
  return name(a) === name(b);
}

const sharedObjects = new WeakMap<Cluster, ReadonlyMap<string, ReadonlySet<string>>>();

/** Whether two files of a folder define the same object. */
function areAlternatives(cluster: Cluster, a: Resource, b: Resource): boolean {
  let shared = sharedObjects.get(cluster);
  if (!shared) {
    shared = objectsInSeveralFiles(cluster);
    sharedObjects.set(cluster, shared);
  }
  const ofA = shared.get(a.manifest.source.path);
  const ofB = shared.get(b.manifest.source.path);
  if (!ofA || !ofB) return false;
  for (const identity of ofA) if (ofB.has(identity)) return true;
  return false;
}

/** By file, the objects that another file of its folder has too; not Namespaces, which many files repeat. */
function objectsInSeveralFiles(cluster: Cluster): Map<string, Set<string>> {
  const firstFile = new Map<string, string>();
  const shared = new Map<string, Set<string>>();
  const add = (path: string, identity: string): void => {
    const known = shared.get(path);
    if (known) known.add(identity);
    else shared.set(path, new Set([identity]));
  };
  for (const resource of cluster.resources) {
    if (!isIdentified(resource) || resource.kind === "Namespace") continue;
    const identity = identityOf(resource);
    const { path } = resource.manifest.source;
    const key = `${folderOf(resource)}\n${identity}`;
    const first = firstFile.get(key);
    if (first === undefined) firstFile.set(key, path);
    else if (first !== path) {
      add(first, identity);
      add(path, identity);
    }
  }
  return shared;
}

const identityOf = ({ group, kind, namespace, name }: Resource): string => `${group}\n${kind}\n${namespace}\n${name}`;

/** An object that is there twice. */
export interface Duplicate {
  readonly first: Resource;
  readonly again: Resource;
  readonly sameFile: boolean;
  /** Whether both say the same, so that applying the second changes nothing. */
  readonly identical: boolean;
  /**
   * Whether objects of this folder are seldom there twice, in files of names that are not alike. Folders where they often are hold alternatives to choose
   * from: so do 295 of 307 folders with such duplicates in 14 public repositories.
   */
  readonly rare: boolean;
}

/** So many objects a folder has for one that is there twice in different files. */
const RARE = 8;

/**
 * Objects that one file or one folder holds twice: same group, kind, namespace and name, of whatever version. Other
 * folders are left out: trees of overlays, environments and clusters hold every object many times.
 */
export function duplicatesIn(cluster: Cluster): readonly Duplicate[] {
  const known = found.get(cluster) ?? findDuplicates(cluster);
  found.set(cluster, known);
  return known;
}

/** Two rules ask. */
const found = new WeakMap<Cluster, readonly Duplicate[]>();

function findDuplicates(cluster: Cluster): readonly Duplicate[] {
  const inFile = new Map<string, Resource>();
  const inFolder = new Map<string, Resource>();
  const folders = new Map<string, { objects: number; duplicates: number }>();
  const duplicates: Omit<Duplicate, "rare">[] = [];
  for (const again of cluster.resources) {
    const path = folderOf(again);
    const folder = folders.get(path) ?? { objects: 0, duplicates: 0 };
    folders.set(path, folder);
    folder.objects++;
    if (!isIdentified(again) || standAlone(again) || again.kind === "") continue;
    const identity = identityOf(again);
    const fileKey = `${again.manifest.source.path}\n${identity}`;
    const folderKey = `${path}\n${identity}`;
    const first = inFile.get(fileKey) ?? inFolder.get(folderKey);
    if (first) {
      const sameFile = shareFile(first, again);
      const identical = isSame(first.object, again.object);
      if (!sameFile && !identical) folder.duplicates++;
      duplicates.push({ first, again, sameFile, identical });
    }
    if (!inFile.has(fileKey)) inFile.set(fileKey, again);
    if (!inFolder.has(folderKey)) inFolder.set(folderKey, again);
  }
  return duplicates.map((duplicate) => {
    const folder = folders.get(folderOf(duplicate.again))!;
    const rare = folder.duplicates * RARE <= folder.objects;
    return { ...duplicate, rare: rare && !haveAlikeNames(duplicate.first, duplicate.again) };
  });
}

/** Whether two files are named as alternatives are: `install.yaml` and `install-ha.yaml`, `gpu-generic.yaml` and `gpu-gke.yaml`. */
function haveAlikeNames(a: Resource, b: Resource): boolean {
  const stem = ({ manifest: { source } }: Resource): string =>
    source.path.slice(source.path.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
  const [short, long] = [stem(a), stem(b)].sort((x, y) => x.length - y.length) as [string, string];
  let same = 0;
  while (same < short.length && short[same] === long[same]) same++;
  return long.includes(short) || (same >= 4 && same * 2 >= short.length);
}
