import type { Ignore } from "ignore";
import type { FileSystem } from "./file-system.js";
import { foldersUpwards, isWithin, pathBelow } from "./path-names.js";

/** The `.gitignore` files that apply in a folder: its own first, then those of the folders above. */
export interface IgnoreRules {
  readonly folder: string;
  readonly text: string;
  readonly matcher: Ignore;
  readonly above: IgnoreRules | undefined;
}

/** The rules of the folders above `folder` (real paths), from `ceiling` down. */
export function ignoreRulesAbove(fs: FileSystem, folder: string, ceiling: string): IgnoreRules | undefined {
  if (folder === ceiling || !isWithin(folder, ceiling)) return undefined;
  let rules: IgnoreRules | undefined;
  for (const above of [...foldersUpwards(folder, ceiling)].slice(1).reverse())
    if (fs.stat(`${above}/.gitignore`)?.type === "file") rules = addIgnoreFile(fs, above, rules);
  // A folder that is named is read although it is ignored; then what ignores it says nothing about what is in it.
  return rules && rulesWithin(folder, rules);
}

/** Adds the `.gitignore` of a folder to the rules above it. */
export function addIgnoreFile(fs: FileSystem, folder: string, above: IgnoreRules | undefined): IgnoreRules | undefined {
  let text: string;
  try {
    text = new TextDecoder().decode(fs.readFile(`${folder}/.gitignore`));
  } catch {
    return above;
  }
  return { folder, text, matcher: makeMatcher(text), above };
}

function makeMatcher(text: string): Ignore {
  // Loaded here because most runs over a few files meet no .gitignore.
  const ignore = require("ignore") as typeof import("ignore");
  return ignore({ ignorecase: false }).add(text);
}

/** Whether git would leave out a path: the innermost file that has a say decides (https://git-scm.com/docs/gitignore). */
export function isIgnored(path: string, isFolder: boolean, rules: IgnoreRules | undefined): boolean {
  for (let level = rules; level; level = level.above) {
    const { ignored, unignored } = level.matcher.test(pathBelow(path, level.folder) + (isFolder ? "/" : ""));
    if (ignored || unignored) return ignored;
  }
  return false;
}

/**
 * The rules that hold within a folder that is read although some of them ignore it, because it is named or an inner
 * file takes it back: to git such a folder is as any other, so these rules are given an exception for it.
 */
export function rulesWithin(folder: string, rules: IgnoreRules): IgnoreRules | undefined {
  const above = rules.above && rulesWithin(folder, rules.above);
  const below = pathBelow(folder, rules.folder);
  if (!rules.matcher.test(`${below}/`).ignored) return above === rules.above ? rules : { ...rules, above };
  const exceptions = [...foldersUpwards(below)]
    .filter((path) => path !== ".")
    .map((path) => `!/${path.replace(/[\\*?[\] ]/g, "\\$&")}`);
  const text = [rules.text, ...exceptions.reverse()].join("\n");
  return { ...rules, text, matcher: makeMatcher(text), above };
}
