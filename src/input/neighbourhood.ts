import { decodeText } from "../source/decode-text.js";
import { SourceFile } from "../source/source-file.js";
import { readDocuments } from "../yaml/index.js";
import type { FileSystem } from "./file-system.js";
import { ceilingOf, type FoundFiles } from "./find-files.js";
import {
  isKustomization,
  KUSTOMIZATION_NAMES,
  type KustomizationFacts,
  keysOfEnvFile,
  readKustomization,
} from "./kustomization.js";
import type { ExternalObject } from "./manifest.js";
import { baseName, folderOf, foldersUpwards, isWithin, joinPaths, pathBelow } from "./path-names.js";
import { isMapping } from "./plain-values.js";
import { type Recognised, recogniseInChart } from "./recognise-file.js";
import { templateLanguageOf } from "./template-text.js";

const MOST_BYTES = 1024 * 1024;

/** What a folder's kustomization says; paths are real ones. */
interface Kustomized {
  readonly resources: readonly string[];
  readonly components: readonly string[];
  readonly addsSelectors: boolean;
  readonly images: readonly string[];
  /** The texts of its patches. */
  readonly patches: readonly string[];
}

/**
 * What other files make of a file: the Helm chart it stands in, the kustomization that names it. Besides the files
 * found, the folders above the given ones are asked, up to the repository's; a patch given alone is a patch still.
 */
export class Neighbourhood {
  /** What kustomize generators make, and where the keys are not all known, without keys. */
  readonly externals: ExternalObject[] = [];
  private readonly charts = new Map<string, boolean>();
  private readonly roles = new Map<string, Recognised>();
  private readonly resources = new Set<string>();
  /** The folders that have a kustomization, with the real paths of its resources. */
  private readonly kustomized = new Map<string, Kustomized>();
  private readonly withSelectors = new Set<string>();
  /** The patches that reach a file or folder, and the images that are replaced there. */
  private readonly patches = new Map<string, Set<string>>();
  private readonly images = new Map<string, Set<string>>();

  constructor(
    private readonly fs: FileSystem,
    root: string,
    found: FoundFiles,
  ) {
    const kustomizations = new Map<string, string>();
    for (const { path, real } of found.files)
      if (real !== undefined && (KUSTOMIZATION_NAMES as readonly string[]).includes(baseName(real)))
        kustomizations.set(real, path);
    const asked = new Set<string>();
    const ceilings = new Map<string, string>();
    for (const start of found.startFolders) {
      const ceiling = ceilingOf(fs, start, root);
      for (const folder of foldersUpwards(start, ceiling)) {
        if (asked.has(folder)) break;
        asked.add(folder);
        ceilings.set(folder, ceiling);
        for (const name of KUSTOMIZATION_NAMES) {
          const path = joinPaths(folder, name);
          if (!kustomizations.has(path) && fs.stat(path)?.type === "file") kustomizations.set(path, path);
        }
      }
    }
    for (const [real, path] of kustomizations) {
      const folder = folderOf(real);
      const start = [...found.startFolders].find((one) => isWithin(folder, one));
      this.readKustomization(real, path, ceilings.get(start ?? folder) ?? folder);
    }
    for (const { resources, addsSelectors, components, patches, images } of this.kustomized.values()) {
      if (addsSelectors) this.addSelectors(resources);
      for (const image of images) this.spread(this.images, image, resources);
      for (const patch of patches) this.spread(this.patches, patch, resources);
      for (const component of components)
        for (const patch of this.kustomized.get(component)?.patches ?? []) this.spread(this.patches, patch, resources);
    }
  }

  /** Whether a kustomization that reaches a file (its real path) adds selectors to what is in it. */
  addsSelectors(real: string): boolean {
    return this.withSelectors.has(real);
  }

  /** The texts of the patches that kustomizations lay over what is in a file (its real path). */
  patchesOf(real: string): readonly string[] {
    return [...(this.patches.get(real) ?? [])];
  }

  /** The images in a file (its real path) that kustomizations give another name, tag or digest. */
  replacedImagesOf(real: string): readonly string[] {
    return [...(this.images.get(real) ?? [])];
  }

  /** Hands down what a kustomization says to all that it builds on. */
  private spread(into: Map<string, Set<string>>, what: string, resources: readonly string[]): void {
    for (const resource of resources) {
      const known = into.get(resource);
      if (known?.has(what)) continue;
      if (known) known.add(what);
      else into.set(resource, new Set([what]));
      this.spread(into, what, this.kustomized.get(resource)?.resources ?? []);
    }
  }

  private addSelectors(resources: readonly string[]): void {
    for (const resource of resources) {
      if (this.withSelectors.has(resource)) continue;
      this.withSelectors.add(resource);
      this.addSelectors(this.kustomized.get(resource)?.resources ?? []);
    }
  }

  /** What the place of a file (its real path) makes of it. */
  roleOf(real: string): Recognised | undefined {
    if (!this.resources.has(real)) {
      if (this.roles.size > 0)
        for (const path of foldersUpwards(real)) {
          const role = this.roles.get(path);
          if (role) return role;
        }
      if (this.isPatchByName(real)) return { reason: "kustomize-patch", detail: "by its name, and no resource" };
    }
    for (const folder of foldersUpwards(folderOf(real)))
      if (this.isChart(folder)) return recogniseInChart(pathBelow(real, folder));
    return undefined;
  }

  /** Whether a kustomization builds on a file (its real path), so that what is applied may differ from what it says. */
  isBuiltOn(real: string): boolean {
    return this.resources.has(real);
  }

  /** Scaffolds bring patches along that a kustomization names only once they are needed. */
  private isPatchByName(real: string): boolean {
    const folder = folderOf(real);
    const inPatches = /^patch(es)?$/i.test(baseName(folder));
    if (!inPatches && !/(^|[-_.])patch(es)?([-_.]|$)/i.test(baseName(real))) return false;
    return this.kustomized.has(folder) || (inPatches && this.kustomized.has(folderOf(folder)));
  }

  private isChart(folder: string): boolean {
    let is = this.charts.get(folder);
    if (is === undefined) {
      is = this.fs.stat(joinPaths(folder, "Chart.yaml"))?.type === "file";
      this.charts.set(folder, is);
    }
    return is;
  }

  private readKustomization(real: string, path: string, ceiling: string): void {
    const text = this.readSmall(path);
    if (text === undefined || templateLanguageOf(text)) return;
    const folder = folderOf(real);
    this.kustomized.set(folder, { resources: [], components: [], addsSelectors: false, images: [], patches: [] });
    for (const { value } of readDocuments(new SourceFile(path, text))) {
      if (!isMapping(value) || !isKustomization(value, baseName(real))) continue;
      const facts = readKustomization(value);
      const resources = facts.resources.map((resource) => this.resolve(folder, resource));
      this.kustomized.set(folder, {
        resources,
        components: facts.components.map((component) => this.resolve(folder, component)),
        addsSelectors: facts.addsSelectors,
        images: facts.images,
        patches: [...facts.inlinePatches, ...this.patchFiles(facts, folder, ceiling)],
      });
      for (const resource of resources) this.resources.add(resource);
      for (const { path: named, role } of facts.roles) {
        const target = this.resolve(folder, named);
        if (!this.roles.has(target)) this.roles.set(target, role);
      }
      for (const { object, envFiles } of facts.generated)
        this.externals.push(this.withEnvKeys(object, envFiles, folder, ceiling));
    }
  }

  private patchFiles({ roles }: KustomizationFacts, folder: string, ceiling: string): string[] {
    return roles.flatMap(({ path, role }) => {
      if (role.reason !== "kustomize-patch") return [];
      const real = this.resolve(folder, path);
      return (isWithin(real, ceiling) ? this.readSmall(real) : undefined) ?? [];
    });
  }

  private withEnvKeys(
    object: ExternalObject,
    envFiles: readonly string[],
    folder: string,
    ceiling: string,
  ): ExternalObject {
    const keys = [...(object.keys ?? [])];
    for (const file of envFiles) {
      const real = this.resolve(folder, file);
      const text = isWithin(real, ceiling) ? this.readSmall(real) : undefined;
      if (text === undefined) {
        const { keys: _, ...unknown } = object;
        return unknown;
      }
      keys.push(...keysOfEnvFile(text));
    }
    return { ...object, keys: [...new Set(keys)] };
  }

  private resolve(folder: string, path: string): string {
    const joined = joinPaths(folder, path);
    return this.fs.realPath(joined) ?? joined;
  }

  private readSmall(path: string): string | undefined {
    const stat = this.fs.stat(path);
    if (stat?.type !== "file" || stat.size > MOST_BYTES) return undefined;
    try {
      return decodeText(this.fs.readFile(path)).text;
    } catch {
      return undefined;
    }
  }
}
