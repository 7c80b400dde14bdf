import { BUILT_IN_KINDS } from "../cluster/kinds.js";
import { nearestName } from "../diagnostics/nearest-name.js";
import { didYouMean } from "../engine/wording.js";
import type { ExternalObject } from "../input/index.js";

/** What an entry of `externals` looks like; the JSON schema has it too. */
export const EXTERNAL_PATTERN = /^[A-Z][A-Za-z0-9]*(\/[A-Za-z0-9.*-]+)?\/[A-Za-z0-9._:*-]+$/;

/** Reads `Kind/name` or `Kind/namespace/name`, in both of which `*` stands for any text; or says what is wrong. */
export function parseExternal(text: string): ExternalObject | { readonly problem: string; readonly help: string } {
  if (EXTERNAL_PATTERN.test(text)) {
    const [kind = "", ...rest] = text.split("/");
    const name = rest.pop() ?? "";
    return { kind, namespace: rest[0], name };
  }
  const [kind = "", ...rest] = text.split("/");
  if (kind.includes("*")) return { problem: "has no definite kind", help: `${FORMS}; the kind is written out` };
  if (!/^[A-Z]/.test(kind) && kind !== "") {
    const near =
      nearestName(`${kind[0]!.toUpperCase()}${kind.slice(1)}`, Object.keys(BUILT_IN_KINDS)) ??
      Object.keys(BUILT_IN_KINDS).find((known) => known.toLowerCase() === kind.toLowerCase());
    return { problem: `does not begin with a kind`, help: didYouMean(near && [near, ...rest].join("/")) ?? FORMS };
  }
  return { problem: "does not name objects", help: FORMS };
}

const FORMS = "Objects are written Kind/name or Kind/namespace/name, with * for any text";
