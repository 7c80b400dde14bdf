import { type AdmitOptions, admitObject, type CauseReason, type Surroundings, type Verdict } from "../apis/index.js";
import type { Input, Manifest } from "../input/index.js";
import { objectsOf } from "../input/object-lists.js";
import { isMapping } from "../input/plain-values.js";
import { joinPath } from "../source/field-path.js";
import type { SourceFile } from "../source/source-file.js";
import type { Span } from "../source/span.js";
import { isStrictOnly, locate, readDocuments, type YamlDocument, type YamlNode } from "../yaml/index.js";

/** The server's answer to one object of the input, with where the object stands. */
export interface Answer {
  readonly source: SourceFile;
  /** Where the object begins. */
  readonly start: number;
  /** As decoded; undefined where the text does not decode. */
  readonly value: unknown;
  readonly verdict: Verdict;
  /** What went wrong in kubeproof itself, so that there is no answer to the object. */
  readonly fault?: Error;
  /** Of each cause, in their order. */
  spans(): readonly Span[];
}

export interface AnswerOptions {
  readonly minor: number;
  readonly surroundings: Surroundings;
}

/** The answers to the documents of a text, in their order; the items of a list are answered one by one. */
export function* answersTo(source: SourceFile, options: AnswerOptions): Generator<Answer> {
  for (const document of readDocuments(source)) {
    if (!document.decodes) yield undecodable(source, document);
    else if (document.value !== undefined && document.value !== null)
      yield* answersIn(source, document, objectsIn(document.value), options);
  }
}

/** The answers to the manifests of an input; what else is in its files is left out. */
export function* answersToInput({ documents, manifests }: Input, options: AnswerOptions): Generator<Answer> {
  const objects = new Map<YamlDocument, Manifest[]>();
  for (const manifest of manifests) {
    const known = objects.get(manifest.document);
    if (known === undefined) objects.set(manifest.document, [manifest]);
    else known.push(manifest);
  }
  for (const { document } of documents) {
    if (!document.decodes) yield undecodable(document.source, document);
    else yield* answersIn(document.source, document, objects.get(document) ?? [], options);
  }
}

function* answersIn(
  source: SourceFile,
  document: YamlDocument,
  objects: readonly { readonly base: string; readonly value: unknown }[],
  options: AnswerOptions,
): Generator<Answer> {
  if (objects.length === 0) return;
  const duplicates = duplicateFields(document);
  for (const { base, value } of objects) {
    const own = duplicates.flatMap((path) =>
      path.startsWith(base) ? [path.slice(base.length).replace(/^\./, "")] : [],
    );
    const { verdict, fault } = answer(value, { ...options, duplicateFields: own });
    const start = base === "" ? document.span.start : (locate(document, base)?.node.span.start ?? document.span.start);
    yield {
      source,
      start,
      value,
      verdict,
      fault,
      spans: () => verdict.causes.map(({ field, reason }) => spanOf(document, base, field, reason)),
    };
  }
}

/** A fault with one object leaves the others their answers. */
function answer(value: unknown, options: AdmitOptions): { readonly verdict: Verdict; readonly fault?: Error } {
  try {
    return { verdict: admitObject(value, options) };
  } catch (error) {
    const fault = error instanceof Error ? error : new Error(String(error));
    return { verdict: { allowed: false, code: 500, reason: "InternalError", causes: [], warnings: [] }, fault };
  }
}

/** A list without items is an object like others: no server has it as a kind. */
function objectsIn(value: unknown): readonly { base: string; value: unknown }[] {
  return isMapping(value) && Array.isArray(value.items) && value.items.length > 0
    ? objectsOf(value)
    : [{ base: "", value }];
}

/** Of a field that has no business there, the key; otherwise the value. Of an object as a whole, what it is called. */
function spanOf(document: YamlDocument, base: string, field: string, reason: CauseReason): Span {
  if (field === "") {
    const names = reason === "NoMatch" ? ["kind", "apiVersion"] : ["metadata.name", "metadata.generateName", "kind"];
    const named = names.map((name) => locate(document, joinPath(base, name))).find((place) => place?.exists);
    if (named !== undefined) return named.span;
  }
  const found = locate(document, joinPath(base, field));
  const wrongKey = reason === "FieldUnknown" || reason === "FieldDuplicate";
  return (wrongKey ? found?.key : undefined) ?? found?.span ?? document.span;
}

function undecodable(source: SourceFile, document: YamlDocument): Answer {
  const problems = document.problems.filter(({ severity }) => severity === "error");
  const causes = problems.map(({ message }) => ({ reason: "FieldValueTypeInvalid", field: "", message }) as const);
  const verdict: Verdict = { allowed: false, code: 400, reason: "BadRequest", causes, warnings: [] };
  return {
    source,
    start: document.span.start,
    value: undefined,
    verdict,
    spans: () => problems.map(({ span }) => span),
  };
}

/** The paths of keys that stand in their mapping a second time. */
function duplicateFields(document: YamlDocument): string[] {
  const { root } = document;
  if (root === undefined) return [];
  return document.problems.flatMap(({ code, span }) =>
    isStrictOnly(code) ? [pathTo(root, span, document.source)] : [],
  );
}

/** The path of the mapping around a key, with the key. */
function pathTo(node: YamlNode, key: Span, source: SourceFile): string {
  const holds = ({ span }: YamlNode) => span.start <= key.start && key.end <= span.end;
  const index = node.items().findIndex(holds);
  if (index >= 0) return joinPath(`[${index}]`, pathTo(node.items()[index]!, key, source));
  const entry = node.entries().find(({ value }) => holds(value));
  if (entry !== undefined) return joinPath(entry.name, pathTo(entry.value, key, source));
  return source.slice(key).replace(/^(["'])(.*)\1$/, "$2");
}
