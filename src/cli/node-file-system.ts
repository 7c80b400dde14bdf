import { closeSync, openSync, readdirSync, readFileSync, readSync, realpathSync, statSync } from "node:fs";
import type { FileSystem, FolderEntry } from "../input/index.js";

/** Pipes and devices have no size to go by; more than this is not read of them. */
const MOST_STREAM_BYTES = 128 * 1024 * 1024;

/** The words for what goes wrong with a file, instead of the operating system's codes. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "There is no such file or folder",
  EACCES: "The permission is missing",
  EPERM: "The permission is missing",
  EROFS: "The file system is read-only",
  ENOSPC: "The disk is full",
  EISDIR: "It is a folder",
  ENOTDIR: "It is not a folder",
  ELOOP: "Its links lead in a circle",
  ENAMETOOLONG: "The name is too long",
  EMFILE: "Too many files are open",
  ERR_FS_FILE_TOO_LARGE: "The file is too large",
};

/** Why the operating system would not read or write. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ""] ?? message;
}

function inWords<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Error(reasonOf(error));
  }
}

/** The files of this machine, relative to the working directory. */
export const nodeFileSystem: FileSystem = {
  readFile: (path) => inWords(() => (statSync(path).isFile() ? readFileSync(path) : readStream(path))),

  readFolder: (path) =>
    inWords(() =>
      readdirSync(path, { withFileTypes: true }).map(
        (entry): FolderEntry => ({
          name: entry.name,
          type: entry.isFile() ? "file" : entry.isDirectory() ? "folder" : entry.isSymbolicLink() ? "link" : "other",
        }),
      ),
    ),

  stat(path) {
    try {
      const stat = statSync(path, { throwIfNoEntry: false });
      return stat && { type: stat.isFile() ? "file" : stat.isDirectory() ? "folder" : "other", size: stat.size };
    } catch {
      return undefined;
    }
  },

  realPath(path) {
    try {
      const real = realpathSync.native(path);
      return process.platform === "win32" ? real.replaceAll("\\", "/") : real;
    } catch {
      return undefined;
    }
  },
};

/** Reads a pipe (`kubeproof <(helm template .)`) or device, up to a bound: some never end. */
function readStream(path: string): Uint8Array {
  const descriptor = openSync(path, "r");
  try {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for (;;) {
      const chunk = new Uint8Array(64 * 1024);
      const count = readSync(descriptor, chunk);
      if (count === 0) break;
      chunks.push(chunk.subarray(0, count));
      size += count;
      if (size > MOST_STREAM_BYTES) throw new Error("It has no end in sight");
    }
    return Buffer.concat(chunks);
  } finally {
    closeSync(descriptor);
  }
}
