import type { GroupKind, ReferenceFact } from "../cluster/index.js";
import { BUILT_IN_KINDS, isBuiltInKind } from "../cluster/kinds.js";
import { nearestName } from "../diagnostics/nearest-name.js";
import { didYouMean } from "../engine/wording.js";

/** An entry of `references`. */
export interface ConfiguredReference {
  readonly from: GroupKind;
  readonly path: string;
  readonly name?: string;
  readonly to: GroupKind;
  readonly namespace?: string;
  readonly key?: string;
  readonly optional?: boolean;
}

/** A kind with its group; the JSON schema has it too. */
export const GROUP_KIND_PATTERN = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?\/[A-Z][A-Za-z0-9]*$/;
/** Fields, `[*]` for every item, other keys in brackets. */
export const FIELD_PATTERN = /^[A-Za-z_][A-Za-z0-9_-]*(\[[^[\]]+\]|\.[A-Za-z_][A-Za-z0-9_-]*)*$/;
/** What the pattern lets through and no path has. */
export const NUMBERED_ITEM = /\[[0-9]+\]/;
/** Longer paths are no paths. */
export const FIELD_LENGTH_AT_MOST = 300;

type Problem = { readonly problem: string; readonly help: string };

/** Reads `group/Kind`, or the kind alone of those that Kubernetes has; or says what is wrong. */
export function parseGroupKind(text: string): GroupKind | Problem {
  if (GROUP_KIND_PATTERN.test(text)) {
    const [group = "", kind = ""] = text.split("/");
    return { group, kind };
  }
  if (isBuiltInKind(text)) return { group: BUILT_IN_KINDS[text].group, kind: text };
  const help = didYouMean(text.includes("/") ? undefined : nearestName(text, Object.keys(BUILT_IN_KINDS)));
  return { problem: "is no kind", help: help ?? "Kinds are written group/Kind, those of Kubernetes as Kind alone" };
}

/** Reads a path of fields; or says what is wrong. */
export function parseFieldPattern(text: string): string | Problem {
  if (NUMBERED_ITEM.test(text)) return { problem: "has a numbered item", help: "Write [*] for every item of a list" };
  if (text.length <= FIELD_LENGTH_AT_MOST && FIELD_PATTERN.test(text)) return text;
  return { problem: "is no path of fields", help: "For instance spec.users[*].passwordSecret" };
}

/** The row of the table of references that an entry of the configuration stands for. */
export const asReferenceFact = (entry: ConfiguredReference): ReferenceFact => ({
  from: entry.from,
  at: entry.path,
  name: entry.name ?? "",
  to: entry.to,
  namespace: entry.namespace === undefined ? "same" : { field: entry.namespace },
  ...(entry.key === undefined ? {} : { key: entry.key }),
  ...(entry.optional === true ? { optional: true } : {}),
  configured: true,
  verb: "refers to",
});
