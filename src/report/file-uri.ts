/** A path as reports name it: `/` between folders, no `./` before it. */
export function cleanPath(path: string): string {
  const cleaned = path.replaceAll("\\", "/").replace(/^(?:\.\/+)+/, "");
  return cleaned === "" ? "." : cleaned;
}

/** An absolute path as a `file:` URI; a folder's ends in `/`. */
export function fileUri(path: string, folder = false): string {
  const parts = path
    .replaceAll("\\", "/")
    .split("/")
    .filter((part) => part !== "");
  const start = /^[A-Za-z]:$/.test(parts[0] ?? "") ? [parts.shift()!] : [];
  const whole = [...start, ...parts.map(encodePart)].join("/");
  return `file:///${whole}${folder && whole !== "" ? "/" : ""}`;
}

/** The path as a relative URI reference, or undefined where it is absolute or leads out of the working directory. */
export function relativeUri(path: string): string | undefined {
  const cleaned = cleanPath(path);
  if (/^(?:\/|[A-Za-z]:\/)/.test(cleaned)) return undefined;
  const parts: string[] = [];
  for (const part of cleaned.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.map(encodePart).join("/");
}

/** The path as an absolute URI, resolved against an absolute folder. */
export function absoluteUri(path: string, folder: string): string {
  const cleaned = cleanPath(path);
  const whole = /^(?:\/|[A-Za-z]:\/)/.test(cleaned) ? cleaned : `${folder}/${cleaned}`;
  const parts: string[] = [];
  for (const part of whole.replaceAll("\\", "/").split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return fileUri(parts.join("/"));
}

/** Halves of surrogate pairs, which `encodeURIComponent` refuses, become the replacement character. */
const encodePart = (part: string): string => encodeURIComponent(part.replace(/\p{Cs}/gu, "\ufffd"));
