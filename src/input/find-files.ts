import { nearestName } from "../diagnostics/nearest-name.js";
import type { FileSystem, FolderEntry } from "./file-system.js";
import { isGlob, matchGlob } from "./glob-paths.js";
import { addIgnoreFile, type IgnoreRules, ignoreRulesAbove, isIgnored, rulesWithin } from "./ignore-rules.js";
import { baseName, cleanPath, folderOf, foldersUpwards, isWithin, joinPaths, pathBelow } from "./path-names.js";
import type { Skipped } from "./skipped.js";

/** A file to read. */
export interface FoundFile {
  /** As it is reported. */
  readonly path: string;
  /** Absolute, links resolved; undefined for standard input. */
  readonly real: string | undefined;
  /** Named itself, not found in a folder or by a glob. */
  readonly named: boolean;
  readonly reported: boolean;
}

/** What the given paths lead to. */
export interface FoundFiles {
  readonly files: FoundFile[];
  readonly skipped: Skipped[];
  readonly unreadable: { path: string; message: string }[];
  /** The folders, absolute, that were given or hold a given file: what is above them may say more of the files. */
  readonly startFolders: Set<string>;
}

export interface FindOptions {
  readonly paths: readonly string[];
  readonly context: readonly string[];
  readonly excludes: (path: string) => boolean;
  readonly root: string;
  readonly stdinName: string;
}

/** What is read of a folder without being named. `Kustomization` is the one manifest name without an extension. */
const MANIFEST_NAME = /(\.(ya?ml|json|jsonl|ndjson|md|markdown)|^Kustomization)$/i;
/** Never entered: version control and packages of other authors. */
const FOREIGN_FOLDERS = new Set([".git", ".hg", ".svn", "node_modules"]);
const MOST_FOLDERS_DEEP = 100;

/** Finds the files that paths, folders and globs stand for, each real file once, in the order of the arguments. */
export function findFiles(fs: FileSystem, options: FindOptions): FoundFiles {
  const finder = new Finder(fs, options);
  for (const path of options.paths) finder.find(path, true);
  for (const path of options.context) finder.find(path, false);
  return finder.found;
}

/** The highest folder whose files may say something about the files in `folder`: the repository's, else the root's. */
export function ceilingOf(fs: FileSystem, folder: string, root: string): string {
  for (const above of foldersUpwards(folder)) if (fs.stat(joinPaths(above, ".git"))) return above;
  const realRoot = fs.realPath(root);
  return realRoot !== undefined && isWithin(folder, realRoot) ? realRoot : folder;
}

class Finder {
  readonly found: FoundFiles = { files: [], skipped: [], unreadable: [], startFolders: new Set() };
  private readonly seen = new Set<string>();

  constructor(
    private readonly fs: FileSystem,
    private readonly options: FindOptions,
  ) {}

  find(given: string, reported: boolean): void {
    if (given === "-") {
      if (!this.seen.has("-")) {
        this.seen.add("-");
        this.found.files.push({ path: this.options.stdinName, real: undefined, named: true, reported });
      }
      return;
    }
    const path = cleanPath(given);
    const stat = given === "" ? undefined : this.fs.stat(path);
    const real = stat && this.fs.realPath(path);
    if (!stat || real === undefined) {
      if (isGlob(given)) this.findByGlob(path, reported);
      else this.found.unreadable.push({ path: given, message: this.describeMissing(path) });
    } else if (stat.type === "folder")
      this.findInFolder(path, real, reported, (file) => MANIFEST_NAME.test(baseName(file)));
    else {
      this.found.startFolders.add(folderOf(real));
      this.add({ path, real, named: true, reported });
    }
  }

  private findByGlob(pattern: string, reported: boolean): void {
    const glob = matchGlob(pattern);
    if (typeof glob === "string") {
      this.found.unreadable.push({ path: pattern, message: glob });
      return;
    }
    const real = this.fs.realPath(glob.folder);
    if (real === undefined || this.fs.stat(glob.folder)?.type !== "folder") {
      this.found.unreadable.push({ path: pattern, message: this.describeMissing(glob.folder) });
      return;
    }
    let matched = false;
    this.findInFolder(glob.folder, real, reported, (path) => {
      if (!glob.matches(path) || !(glob.namesExtension || MANIFEST_NAME.test(baseName(path)))) return false;
      matched = true;
      return true;
    });
    // A glob of the configuration may stand for what is not there yet.
    if (!matched && reported) this.found.unreadable.push({ path: pattern, message: "No file matches the glob" });
  }

  private findInFolder(path: string, real: string, reported: boolean, wanted: (path: string) => boolean): void {
    this.found.startFolders.add(real);
    const rules = ignoreRulesAbove(this.fs, real, ceilingOf(this.fs, real, this.options.root));
    const walk: Walk = { reported, wanted, top: real, files: [], links: [] };
    let entries: readonly FolderEntry[];
    try {
      entries = this.fs.readFolder(path);
    } catch (error) {
      this.found.unreadable.push({ path, message: error instanceof Error ? error.message : String(error) });
      return;
    }
    this.walk(walk, path, real, rules, entries, 0);
    const own = new Set(walk.files.map((file) => file.real));
    for (const link of walk.links) this.followLink(walk, link, own);
    walk.files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    for (const file of walk.files) this.add(file);
  }

  private walk(
    walk: Walk,
    path: string,
    real: string,
    above: IgnoreRules | undefined,
    entries: readonly FolderEntry[],
    depth: number,
  ): void {
    // Go keeps the packages of others in `vendor` and says so with this file.
    if (baseName(real) === "vendor" && depth > 0 && entries.some((entry) => entry.name === "modules.txt")) return;
    const ownRules = entries.some((entry) => entry.name === ".gitignore" && entry.type === "file");
    const rules = ownRules ? addIgnoreFile(this.fs, real, above) : above;
    for (const { name, type } of entries) {
      const entryPath = path === "." ? name : joinPaths(path, name);
      const entryReal = real === "/" ? `/${name}` : `${real}/${name}`;
      if (type === "folder") {
        if (FOREIGN_FOLDERS.has(name) || depth >= MOST_FOLDERS_DEEP) continue;
        if (isIgnored(entryReal, true, rules)) continue;
        if (this.options.excludes(entryPath)) {
          this.skip(walk, { path: `${entryPath}/`, reason: "excluded" });
          continue;
        }
        let inner: readonly FolderEntry[];
        try {
          inner = this.fs.readFolder(entryPath);
        } catch (error) {
          this.skip(walk, {
            path: `${entryPath}/`,
            reason: "unreadable",
            detail: error instanceof Error ? error.message : String(error),
          });
          continue;
        }
        this.walk(walk, entryPath, entryReal, rules && rulesWithin(entryReal, rules), inner, depth + 1);
      } else if (type === "link") {
        if (!isIgnored(entryReal, false, rules)) walk.links.push({ path: entryPath });
      } else if (type === "file" && walk.wanted(entryPath)) {
        if (isIgnored(entryReal, false, rules)) this.skip(walk, { path: entryPath, reason: "ignored" });
        else walk.files.push({ path: entryPath, real: entryReal, named: false, reported: walk.reported });
      }
    }
  }

  /**
   * A link to a file within the folder is read, once. One to a folder within it leads to what was walked anyway, so that
   * cycles need no care; whatever leads out is left alone.
   */
  private followLink(walk: Walk, link: { path: string }, own: ReadonlySet<string | undefined>): void {
    const target = this.fs.realPath(link.path);
    if (target === undefined) {
      if (walk.wanted(link.path))
        this.skip(walk, { path: link.path, reason: "unreadable", detail: "the link leads nowhere" });
      return;
    }
    const isFolder = this.fs.stat(link.path)?.type === "folder";
    if (!isFolder && !walk.wanted(link.path)) return;
    const below = isWithin(target, walk.top) ? pathBelow(target, walk.top).split("/") : undefined;
    if (!below) this.skip(walk, { path: link.path, reason: "outside" });
    else if (!isFolder && !own.has(target) && !below.some((part) => FOREIGN_FOLDERS.has(part)))
      walk.files.push({ path: link.path, real: target, named: false, reported: walk.reported });
  }

  private add(file: FoundFile): void {
    if (this.seen.has(file.real!)) return;
    this.seen.add(file.real!);
    if (this.options.excludes(file.path)) this.skip(file, { path: file.path, reason: "excluded" });
    else this.found.files.push(file);
  }

  private skip(from: { reported: boolean }, skipped: Skipped): void {
    if (from.reported) this.found.skipped.push(skipped);
  }

  private describeMissing(path: string): string {
    let folder = folderOf(path);
    let name = baseName(path);
    while (this.fs.stat(folder)?.type !== "folder" && folder !== folderOf(folder)) {
      name = baseName(folder);
      folder = folderOf(folder);
    }
    try {
      const nearest = nearestName(
        name,
        this.fs
          .readFolder(folder)
          .map((entry) => entry.name)
          .sort(),
      );
      const missing = joinPaths(folder, name);
      const subject = missing === path ? "There is no such file or folder" : `There is no folder "${missing}"`;
      return nearest === undefined ? subject : `${subject}; the nearest name is "${joinPaths(folder, nearest)}"`;
    } catch {
      return "There is no such file or folder";
    }
  }
}

interface Walk {
  readonly reported: boolean;
  readonly wanted: (path: string) => boolean;
  /** The given folder, which links must not leave. */
  readonly top: string;
  readonly files: FoundFile[];
  readonly links: { path: string }[];
}
