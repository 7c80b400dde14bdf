import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { TextEdit } from "../diagnostics/fix.js";
import type { SourceFile } from "../source/source-file.js";
import type { Host } from "./host.js";

/** Applies the safe fixes, except where two touch one place; gives how many were applied. Standard input is left as it is. */
export function applySafeFixes(diagnostics: readonly Diagnostic[], host: Host): number {
  const editsOf = new Map<SourceFile, TextEdit[]>();
  let applied = 0;
  for (const { source, fix } of diagnostics) {
    if (!fix?.safe || source.path === "-") continue;
    const edits = editsOf.get(source) ?? [];
    if (
      fix.edits.some((edit) =>
        edits.some((other) => edit.span.start <= other.span.end && other.span.start <= edit.span.end),
      )
    )
      continue;
    editsOf.set(source, [...edits, ...fix.edits]);
    applied++;
  }
  for (const [source, edits] of editsOf) host.writeFile(source.path, applyEdits(source.text, edits));
  return applied;
}

/** The text with edits that do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = text;
  for (const { span, newText } of [...edits].sort((a, b) => b.span.start - a.span.start)) {
    result = result.slice(0, span.start) + newText + result.slice(span.end);
  }
  return result;
}
