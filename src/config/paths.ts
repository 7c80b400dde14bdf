/**
 * The path of a file relative to a folder, both as the globs of a configuration have them. `path` is relative to
 * `workingDirectory` or absolute; the folders are absolute; all use `/`. A file outside begins with `../`.
 */
export function pathWithin(folder: string, path: string, workingDirectory: string): string {
  const isAbsolute = /^(\/|[A-Za-z]:\/)/.test(path);
  const file = segmentsOf(isAbsolute ? path : `${workingDirectory}/${path}`);
  const base = segmentsOf(folder);
  let common = 0;
  while (common < base.length && common < file.length && base[common] === file[common]) common++;
  return [...Array.from(base.slice(common), () => ".."), ...file.slice(common)].join("/");
}

function segmentsOf(path: string): string[] {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  return segments;
}
