import type { TextProblem } from "../source/decode-text.js";
import type { SourceFile } from "../source/source-file.js";
import type { Span } from "../source/span.js";
import { readDocuments, writeJson, type YamlDocument } from "../yaml/index.js";

/** One line of `kubeproof parse --output json`. */
export interface ParseLine {
  readonly json: string;
  /** How many errors it tells of. */
  readonly errors: number;
}

interface ParseError {
  readonly message: string;
  readonly span: Span;
}

/**
 * The documents of a text, one line of JSON each, with the value as the API server decodes it, or why it does not.
 * Empty documents after the first are left out, as kubectl skips them.
 */
export function* parseLines(source: SourceFile, textProblems: readonly TextProblem[] = []): Generator<ParseLine> {
  const documents = readDocuments(source);
  if (documents.length === 0) {
    const empty = { message: "The text holds no object", span: { start: 0, end: 0 } };
    yield writeLine(source, 0, undefined, [...textProblems.map(fromTextProblem), empty]);
  }
  for (const [i, document] of documents.entries()) {
    const from = i === 0 ? 0 : document.span.start;
    const to = documents[i + 1]?.span.start ?? Number.POSITIVE_INFINITY;
    const errors = textProblems.filter(({ offset }) => offset >= from && offset < to).map(fromTextProblem);
    for (const problem of document.problems) if (problem.severity === "error") errors.push(problem);
    if (errors.length === 0) {
      if (isEmpty(document) && i > 0) continue;
      const refusal = refuseRoot(document);
      if (refusal) errors.push(refusal);
    }
    yield writeLine(source, i, writeJson(document), errors);
  }
}

const isEmpty = (document: YamlDocument) => document.value === undefined || document.value === null;

/** The API server decodes objects only, and only ones that say what they are. */
function refuseRoot(document: YamlDocument): ParseError | undefined {
  const { value, span } = document;
  const at = { start: span.start, end: Math.min(span.end, span.start + 1) };
  if (isEmpty(document)) return { message: "The document is empty; the API server decodes objects only", span: at };
  if (typeof value !== "object" || Array.isArray(value)) {
    const what = Array.isArray(value) ? "list" : typeof value;
    return { message: `The document is a ${what}; the API server decodes objects only`, span: at };
  }
  const object = value as Record<string, unknown>;
  const missing = ["apiVersion", "kind"].find((field) => typeof object[field] !== "string" || object[field] === "");
  if (!missing) return undefined;
  return { message: `The object has no ${missing}; the API server does not decode it`, span: at };
}

function fromTextProblem({ message, offset }: TextProblem): ParseError {
  return { message, span: { start: offset, end: offset + 1 } };
}

function writeLine(source: SourceFile, index: number, value: string | undefined, errors: ParseError[]): ParseLine {
  const place = (offset: number) => ({ ...source.position(Math.min(offset, source.text.length)), offset });
  const shown = errors.map(({ message, span }) => ({
    message,
    range: { start: place(span.start), end: place(span.end) },
  }));
  const head = `{"file":${JSON.stringify(source.path)},"document":${index}`;
  const json = `${head}${value === undefined ? "" : `,"value":${value}`},"errors":${JSON.stringify(shown)}}`;
  return { json, errors: errors.length };
}
