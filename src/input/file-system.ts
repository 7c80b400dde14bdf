/** What reading the input asks of the machine; `cli/` implements it, tests do in memory. Paths use `/`. */
export interface FileSystem {
  /** Throws an `Error` whose message is fit for users where the file cannot be read. */
  readFile(path: string): Uint8Array;
  /** The entries of a folder, in no particular order; throws as `readFile` does. */
  readFolder(path: string): readonly FolderEntry[];
  /** Follows symbolic links; undefined where nothing is there (or a link leads nowhere). */
  stat(path: string): { readonly type: "file" | "folder" | "other"; readonly size: number } | undefined;
  /** The path with every symbolic link resolved, absolute; undefined where nothing is there. */
  realPath(path: string): string | undefined;
}

export interface FolderEntry {
  readonly name: string;
  readonly type: "file" | "folder" | "link" | "other";
}
