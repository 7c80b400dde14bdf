import { folderOf } from "./path-names.js";

/** A glob given for files: the folder to look in, and which paths below it match. */
export interface PathGlob {
  readonly folder: string;
  matches(path: string): boolean;
  /** Its last part ends in a literal extension, so that files of that extension are wanted whatever it is. */
  readonly namesExtension: boolean;
}

/** micromatch's expressions backtrack: six `*` in a name against 65 characters take seconds, three take none. */
const MOST_STARS = 3;

export const isGlob = (path: string): boolean => /[*?[{]/.test(path);

/** Reads a glob, or says why it cannot be used. */
export function matchGlob(pattern: string): PathGlob | string {
  for (const part of pattern.split("/"))
    if (part !== "**" && part.replace(/\*+/g, "*").split("*").length - 1 > MOST_STARS)
      return `The glob has more than ${MOST_STARS} "*" in one name`;
  if (pattern.split("**").length - 1 > MOST_STARS) return `The glob has more than ${MOST_STARS} "**"`;
  if (/[@!+?*]\(/.test(pattern)) return "The glob has a pattern in parentheses, which is not supported";
  if (pattern.split("{").length > 10) return "The glob has too many groups";
  let folder = folderOf(pattern);
  while (isGlob(folder)) folder = folderOf(folder);
  // Loaded here because shells expand most globs themselves.
  const micromatch = require("micromatch") as typeof import("micromatch");
  const matches = micromatch.matcher(pattern, { noextglob: true });
  return { folder, matches, namesExtension: /\.[\w-]+$/.test(pattern) };
}
