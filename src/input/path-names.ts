/** Paths as text, `/` between folders, without asking the machine. */

export const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** The folder a path is in: `.` for a bare name, `/` for what is directly below the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "." : slash === 0 ? "/" : path.slice(0, slash);
}

/** `joinPath` of two paths, normalised; an absolute `rest` stands alone. */
export const joinPaths = (folder: string, rest: string): string =>
  cleanPath(rest.startsWith("/") ? rest : `${folder}/${rest}`);

/** Without `.`, doubled and trailing slashes, and with `..` taken back where that is possible; `.` for nothing. */
export function cleanPath(path: string): string {
  const root = path.startsWith("/") ? "/" : "";
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (root === "") parts.push("..");
  }
  return root + parts.join("/") || ".";
}

/** Whether a path is a folder or below it; both clean and of the same kind, absolute or relative. */
export const isWithin = (path: string, folder: string): boolean =>
  path === folder || folder === "/" || path.startsWith(`${folder}/`);

/** The part of a path below a folder it is within. */
export const pathBelow = (path: string, folder: string): string => path.slice(folder === "/" ? 1 : folder.length + 1);

/** The folder itself and those above it, up to and including `last`, or to the root. */
export function* foldersUpwards(folder: string, last = "/"): Generator<string> {
  for (let at = folder; ; at = folderOf(at)) {
    yield at;
    if (at === last || at === "/" || at === ".") return;
  }
}
