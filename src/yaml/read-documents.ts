import type { SourceFile } from "../source/source-file.js";
import type { Span } from "../source/span.js";
import { isBreak, lineStartOf, REFUSED_CHARACTERS } from "./characters.js";
import { DocumentParser } from "./parse-document.js";
import { Tape } from "./tape.js";
import { tapeRoot } from "./tape-node.js";
import type { YamlComment, YamlDocument, YamlNode } from "./yaml-document.js";
import { isStrictOnly, type YamlProblem } from "./yaml-problem.js";

/** One parser serves all texts. It holds no more than the last text it read. */
const parser = new DocumentParser();

/**
 * Reads the documents of a file, or of a region of it (a fenced block of Markdown, which may be indented as a whole),
 * as the API server's decoder reads them. Never throws; what is wrong is in `YamlDocument.problems`.
 */
export function readDocuments(source: SourceFile, region?: Span): YamlDocument[] {
  const { text } = source;
  const start = region?.start ?? 0;
  const end = Math.min(region?.end ?? text.length, text.length);
  const base = region ? commonIndentation(text, start, end) : 0;
  const refused = findRefused(text, start, end);
  const documents: ReadDocument[] = [];
  parser.begin(text, start, end, base);
  let next = 0;
  while (parser.next()) {
    const from = next;
    while (next < refused.length && refused[next]! < parser.pos) next++;
    if (from < next) reportRefused(refused.slice(from, next));
    documents.push(new ReadDocument(source, documents.length, end, base));
  }
  if (next < refused.length) {
    reportRefused(refused.slice(next));
    documents.push(new ReadDocument(source, documents.length, end, base));
  }
  parser.release();
  return documents;
}

function reportRefused(offsets: readonly number[]): void {
  for (const offset of offsets) {
    const code = parser.text.charCodeAt(offset).toString(16).toUpperCase().padStart(4, "0");
    parser.report(
      "bad-character",
      offset,
      offset + 1,
      `The text holds the control character U+${code}, which the API server refuses anywhere, even in comments`,
      {
        help: 'Remove it, or write it as an escape such as "\\x07" in a double-quoted value',
      },
    );
  }
}

const MAX_REFUSED = 100;

function findRefused(text: string, start: number, end: number): number[] {
  const found: number[] = [];
  const search = new RegExp(REFUSED_CHARACTERS, "g");
  search.lastIndex = start;
  for (
    let match = search.exec(text);
    match && match.index < end && found.length < MAX_REFUSED;
    match = search.exec(text)
  ) {
    found.push(match.index);
  }
  return found;
}

/** The columns by which all lines of a stretch are indented. */
function commonIndentation(text: string, start: number, end: number): number {
  let common = Number.POSITIVE_INFINITY;
  for (let p = lineStartOf(text, start); p < end; ) {
    let content = p;
    while (content < end && text.charCodeAt(content) === 0x20) content++;
    if (content < end && !isBreak(text.charCodeAt(content))) common = Math.min(common, content - p);
    p = content;
    while (p < end && !isBreak(text.charCodeAt(p))) p++;
    p++;
  }
  return Number.isFinite(common) ? common : 0;
}

class ReadDocument implements YamlDocument {
  readonly span: Span;
  readonly problems: readonly YamlProblem[];
  readonly decodes: boolean;
  readonly value: unknown;
  readonly hasBigIntegers: boolean;
  private readonly start: number;
  private readonly commentOffsets: readonly number[];
  private rootNode: YamlNode | undefined;

  constructor(
    readonly source: SourceFile,
    readonly index: number,
    private readonly end: number,
    private readonly base: number,
  ) {
    this.span = { start: parser.contentStart, end: Math.max(parser.contentStart, parser.lastEnd) };
    this.problems = parser.problems.sort((a, b) => a.span.start - b.span.start);
    this.decodes = this.problems.every((problem) => problem.severity !== "error" || isStrictOnly(problem.code));
    this.value = parser.hasRoot ? parser.root : undefined;
    this.start = parser.chunkStart;
    this.commentOffsets = parser.comments;
    this.hasBigIntegers = parser.sawBigInteger;
  }

  get root(): YamlNode | undefined {
    if (this.value === undefined) return undefined;
    this.rootNode ??= this.readAgain((tape) => tapeRoot(tape));
    return this.rootNode;
  }

  /** The value with integers beyond 2^53 as bigint. */
  exactValue(): unknown {
    return this.hasBigIntegers ? this.readAgain(() => parser.root, true) : this.value;
  }

  comments(): readonly YamlComment[] {
    const found: YamlComment[] = [];
    const { commentOffsets } = this;
    for (let i = 0; i < commentOffsets.length; i += 2) {
      const span = { start: commentOffsets[i]!, end: commentOffsets[i + 1]! };
      found.push({ span, text: this.source.slice(span) });
    }
    return found;
  }

  private readAgain<T>(take: (tape: Tape) => T, exact = false): T {
    const tape = new Tape();
    parser.begin(this.source.text, this.start, this.end, this.base);
    parser.tape = exact ? undefined : tape;
    parser.exactIntegers = exact;
    parser.next();
    const result = take(tape);
    parser.tape = undefined;
    parser.exactIntegers = false;
    return result;
  }
}
