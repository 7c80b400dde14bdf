import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { TextEdit } from "../diagnostics/fix.js";
import type { SourceFile } from "../source/source-file.js";
import type { Host } from "./host.js";

/** What became of the safe fixes. */
export interface AppliedFixes {
  readonly applied: number;
  /** Files that were left as they are: standard input, and texts that are not plain UTF-8. */
  readonly left: readonly string[];
}

/** Applies the safe fixes of sorted findings, except where two touch one place: a second run has those. */
export function applySafeFixes(diagnostics: readonly Diagnostic[], host: Host): AppliedFixes {
  const fixesOf = new Map<SourceFile, { edits: TextEdit[]; count: number; end: number }>();
  for (const { source, fix } of diagnostics) {
    if (!fix?.safe) continue;
    const ofFile = fixesOf.get(source) ?? { edits: [], count: 0, end: -1 };
    fixesOf.set(source, ofFile);
    if (fix.edits.some(({ span }) => span.start <= ofFile.end)) continue;
    ofFile.edits.push(...fix.edits);
    ofFile.count++;
    ofFile.end = Math.max(...fix.edits.map(({ span }) => span.end));
  }
  let applied = 0;
  const left: string[] = [];
  for (const [source, { edits, count }] of fixesOf) {
    if (isPlainFile(source, host)) {
      host.writeFile(source.path, applyEdits(source.text, edits));
      applied += count;
    } else left.push(source.path);
  }
  return { applied, left };
}

/** Whether writing the text back would change nothing else: no other encoding, no byte order mark, no other file. */
function isPlainFile({ path, text }: SourceFile, host: Host): boolean {
  try {
    return Buffer.from(text).equals(host.fileSystem.readFile(path));
  } catch {
    return false;
  }
}

/** The text with edits that do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { span, newText } of [...edits].sort((a, b) => a.span.start - b.span.start)) {
    parts.push(text.slice(from, span.start), newText);
    from = span.end;
  }
  return parts.join("") + text.slice(from);
}
