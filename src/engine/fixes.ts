import type { Fix, TextEdit } from "../diagnostics/fix.js";
import type { Manifest } from "../input/index.js";
import { joinPath, parsePath } from "../source/field-path.js";
import { pointAt } from "../source/span.js";
import { locate, type YamlNode } from "../yaml/index.js";
import type { EditRequest, FixRequest } from "./rule.js";

/** The text edits of a fix; undefined where a place cannot be edited (merged or aliased content, a missing field). */
export function resolveFix(manifest: Manifest, request: FixRequest): Fix | undefined {
  const edits: TextEdit[] = [];
  for (const edit of request.edits) {
    const textEdits = resolveEdit(manifest, edit);
    if (!textEdits) return undefined;
    edits.push(...textEdits);
  }
  return { description: request.description, safe: request.safe, edits };
}

function resolveEdit(manifest: Manifest, edit: EditRequest): TextEdit[] | undefined {
  const { document } = manifest;
  const steps = parsePath(joinPath(manifest.base, edit.at));
  const location = locate(document, steps);
  if (!location?.exists || location.node.alias || isShared(manifest, steps)) return undefined;
  if ("key" in edit) return location.key && [{ span: location.key, newText: edit.key }];
  if ("value" in edit)
    return location.node.kind === "scalar" ? [{ span: location.node.span, newText: edit.value }] : undefined;
  if ("quoted" in edit) return requote(manifest, location.node, edit.quoted);
  return removal(manifest, location.key, location.node.span.end);
}

/** `1.0` as `"1.0"`, or `"3"` as `3`. Edits the quotes alone, so that the fix does not repeat a value that may be secret. */
function requote(manifest: Manifest, { style, span }: YamlNode, quoted: boolean): TextEdit[] | undefined {
  const written = manifest.source.slice(span);
  if (quoted) {
    if (style !== "plain" || /["\\\n\r]/.test(written)) return undefined;
    return [span.start, span.end].map((offset) => ({ span: pointAt(offset), newText: '"' }));
  }
  if (!/^(["'])[\w.+-]+\1$/.test(written)) return undefined;
  return [span.start, span.end - 1].map((offset) => ({ span: { start: offset, end: offset + 1 }, newText: "" }));
}

/** Whether a step on the way goes through an alias, so that an edit would change other places too. */
function isShared(manifest: Manifest, steps: ReturnType<typeof parsePath>): boolean {
  return steps.some((_, depth) => locate(manifest.document, steps.slice(0, depth))?.node.alias !== undefined);
}

/** Removes a block entry with its lines; in flow collections nothing is removed. */
function removal(manifest: Manifest, key: TextEdit["span"] | undefined, end: number): TextEdit[] | undefined {
  const { text } = manifest.source;
  if (!key) return undefined;
  let start = key.start;
  while (start > 0 && (text[start - 1] === " " || text[start - 1] === "\t")) start--;
  if (start > 0 && text[start - 1] !== "\n") return undefined;
  let stop = end;
  while (stop < text.length && text[stop] !== "\n") stop++;
  if (text.slice(end, stop).trim() !== "") return undefined;
  return [{ span: { start, end: Math.min(stop + 1, text.length) }, newText: "" }];
}
