import type { FileSystem, FolderEntry } from "../file-system.js";
import { baseName, cleanPath, folderOf, joinPaths } from "../path-names.js";

/** What stands at a path: the text or bytes of a file, or where a link leads. */
export type MemoryEntry = string | Uint8Array | { readonly link: string };

/** Files in memory, by absolute or relative path; relative ones, like the working directory, are below `/work`. */
export class MemoryFileSystem implements FileSystem {
  /** The paths that `readFile` was asked for, absolute. */
  readonly read: string[] = [];
  private readonly entries = new Map<string, Uint8Array | { readonly link: string } | "folder">();

  constructor(files: Readonly<Record<string, MemoryEntry>>) {
    this.entries.set("/", "folder").set("/work", "folder");
    for (const [path, entry] of Object.entries(files)) {
      const full = absolute(path);
      for (let folder = folderOf(full); folder !== "/"; folder = folderOf(folder)) this.entries.set(folder, "folder");
      this.entries.set(full, typeof entry === "string" ? new TextEncoder().encode(entry) : entry);
    }
  }

  readFile(path: string): Uint8Array {
    const real = this.realPath(path);
    const entry = real === undefined ? undefined : this.entries.get(real);
    if (!(entry instanceof Uint8Array)) throw new Error("There is no such file or folder");
    this.read.push(real!);
    return entry;
  }

  readFolder(path: string): FolderEntry[] {
    const real = this.realPath(path);
    if (real === undefined || this.entries.get(real) !== "folder") throw new Error("It is not a folder");
    const inside = [...this.entries].filter(([name]) => name !== "/" && folderOf(name) === real);
    return inside.map(([name, entry]) => ({
      name: baseName(name),
      type: entry === "folder" ? "folder" : entry instanceof Uint8Array ? "file" : "link",
    }));
  }

  stat(path: string): { type: "file" | "folder"; size: number } | undefined {
    const real = this.realPath(path);
    const entry = real === undefined ? undefined : this.entries.get(real);
    if (entry === undefined) return undefined;
    return entry instanceof Uint8Array ? { type: "file", size: entry.length } : { type: "folder", size: 0 };
  }

  realPath(path: string, hops = 0): string | undefined {
    let at = "/";
    const parts = absolute(path).split("/").filter(Boolean);
    for (let i = 0; i < parts.length; i++) {
      const next = joinPaths(at, parts[i]!);
      const entry = this.entries.get(next);
      if (entry === undefined || hops > 20) return undefined;
      if (typeof entry === "object" && "link" in entry)
        return this.realPath([joinPaths(at, entry.link), ...parts.slice(i + 1)].join("/"), hops + 1);
      at = next;
    }
    return at;
  }
}

const absolute = (path: string): string => (path.startsWith("/") ? cleanPath(path) : joinPaths("/work", path));
