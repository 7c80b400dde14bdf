import type { TextProblem } from "../source/decode-text.js";
import type { SourceFile } from "../source/source-file.js";
import type { Span } from "../source/span.js";
import { readDocuments, writeJson, type YamlDocument } from "../yaml/index.js";

/** A text to parse, with what was wrong with its encoding. */
export interface ParseInput {
  readonly source: SourceFile;
  readonly problems?: readonly TextProblem[];
}

interface ParseError {
  readonly message: string;
  readonly span: Span;
}

/**
 * `kubeproof parse --output json`: one line of JSON a document, with its value as the API server decodes it, or why it
 * does not. Empty documents after the first are left out, as kubectl skips them.
 */
export function* parseCommand(inputs: Iterable<ParseInput>): Generator<string> {
  for (const { source, problems = [] } of inputs) yield* parseText(source, problems);
}

function* parseText(source: SourceFile, problems: readonly TextProblem[]): Generator<string> {
  const documents = readDocuments(source);
  if (documents.length === 0) {
    const errors = [
      ...problems.map(encodingError),
      { message: "The text holds no object", span: { start: 0, end: 0 } },
    ];
    yield line(source, 0, undefined, errors);
    return;
  }
  for (const [i, document] of documents.entries()) {
    const next = documents[i + 1]?.span.start ?? Number.POSITIVE_INFINITY;
    const from = i === 0 ? 0 : document.span.start;
    const errors = problems.filter(({ offset }) => offset >= from && offset < next).map(encodingError);
    for (const problem of document.problems) if (problem.severity === "error") errors.push(problem);
    if (errors.length === 0) {
      if (isEmpty(document) && i > 0) continue;
      const refusal = refuseRoot(document);
      if (refusal) errors.push(refusal);
    }
    yield line(source, i, writeJson(document), errors);
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
  for (const field of ["apiVersion", "kind"]) {
    if (
      typeof (value as Record<string, unknown>)[field] === "string" &&
      (value as Record<string, unknown>)[field] !== ""
    )
      continue;
    return { message: `The object has no ${field}; the API server does not decode it`, span: at };
  }
  return undefined;
}

function encodingError({ message, offset }: TextProblem): ParseError {
  return { message, span: { start: offset, end: offset + 1 } };
}

function line(source: SourceFile, document: number, value: string | undefined, errors: readonly ParseError[]): string {
  const place = (offset: number) => ({ ...source.position(Math.min(offset, source.text.length)), offset });
  const shown = errors.map(({ message, span }) => ({
    message,
    range: { start: place(span.start), end: place(span.end) },
  }));
  const head = `{"file":${JSON.stringify(source.path)},"document":${document}`;
  return `${head}${value === undefined ? "" : `,"value":${value}`},"errors":${JSON.stringify(shown)}}`;
}
