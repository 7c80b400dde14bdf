import type { TextProblem } from "../source/decode-text.js";
import type { SourceFile } from "../source/source-file.js";
import type { Span } from "../source/span.js";
import { isStrictOnly, readDocuments, type YamlDocument, type YamlProblem } from "../yaml/index.js";
import { type JsonText, splitJsonLines, splitJsonTexts } from "./json-texts.js";
import type { ExternalObject, InputDocument, Manifest } from "./manifest.js";
import { type Fence, findFences, isMarkdown } from "./markdown.js";
import { objectsOf } from "./object-lists.js";
import { isMapping, type Mapping, textOf } from "./plain-values.js";
import { hasPatchDirective, isExcerpt, recogniseDocument } from "./recognise-document.js";
import {
  keysOfManifest,
  outermostKeys,
  type Recognised,
  recogniseByKeys,
  recogniseByPath,
  recogniseRootList,
} from "./recognise-file.js";
import type { Skipped } from "./skipped.js";
import { templateLanguageOf } from "./template-text.js";

/** What is known of a file before its text is looked at. */
export interface SourceContext {
  readonly reported: boolean;
  /** What its place makes of it: a chart's template, a patch that a kustomization names. */
  readonly role?: Recognised;
  /** Whether a kustomization builds on it. */
  readonly kustomized?: boolean;
  readonly textProblems?: readonly TextProblem[];
  /** See `Manifest.patches`. */
  readonly patches?: readonly string[];
  /** See `Manifest.replacedImages`. */
  readonly replacedImages?: readonly string[];
  /** See `Manifest.selectorsAdded`. */
  readonly selectorsAdded?: boolean;
}

/** What a file gave. */
export interface SourceContent {
  readonly documents: InputDocument[];
  readonly manifests: Manifest[];
  readonly skipped: Skipped[];
  readonly externals: ExternalObject[];
  readonly kubeconfigs: InputDocument[];
}

/** What a kubeconfig is skipped as. */
const KUBECONFIG = "kind Config, of kubectl";
const JSON_LINES_NAME = /\.(jsonl|ndjson)$/i;
const PATCH_MARK = /\$(patch|retainKeys|deleteFromPrimitiveList|setElementOrder)\b/;

/** Tells what a text is and takes its manifests out, parsing only what may hold some. */
export function readSource(source: SourceFile, context: SourceContext): SourceContent {
  const reader = new SourceReader(source, context);
  reader.read();
  return reader.content;
}

class SourceReader {
  readonly content: SourceContent = { documents: [], manifests: [], skipped: [], externals: [], kubeconfigs: [] };
  private readonly path: string;
  private readonly text: string;
  private readonly patchMarks: boolean;
  /** Documents seen so far: those of regions count on. */
  private count = 0;

  constructor(
    private readonly source: SourceFile,
    private readonly context: SourceContext,
  ) {
    this.path = source.path;
    this.text = source.text;
    this.patchMarks = source.text.includes("$") && PATCH_MARK.test(source.text);
  }

  read(): void {
    const { text, path } = this;
    const known = this.context.role ?? recogniseByPath(path);
    if (known) this.skip(known);
    else if (!/\S/.test(text)) this.skip({ reason: "empty" });
    else if (isMarkdown(path)) this.readMarkdown();
    else {
      const template = templateLanguageOf(text);
      const split = JSON_LINES_NAME.test(path) ? splitJsonLines : splitJsonTexts;
      const json = !template && text.trimStart().startsWith("{") ? split(text) : undefined;
      if (template) this.skip({ reason: template });
      else if (json && json.length > 1) this.readJsonTexts(json);
      else this.readYaml(json?.[0]);
    }
  }

  private readYaml(json: JsonText | undefined): void {
    if (!hasLine(this.text, "apiVersion:") || !hasLine(this.text, "kind:")) {
      const keyed = json !== undefined && json.keys.length > 0;
      const keys = keyed ? new Set(json.keys) : outermostKeys(this.text);
      const inFlow = !keyed && /^(---[ \t]*)?\{/m.test(this.text) && /\b(apiVersion|kind)\b/.test(this.text);
      if (!keysOfManifest(keys) && !inFlow) {
        this.skip(keys.size === 0 ? recogniseRootList(this.text) : recogniseByKeys(this.path, keys, this.text));
        return;
      }
    }
    this.take(readDocuments(this.source));
  }

  /** Each text by itself, so that a broken line hides no other. */
  private readJsonTexts(texts: readonly JsonText[]): void {
    const relevant = texts.filter(({ keys }) => keysOfManifest(new Set(keys)));
    if (relevant.length === 0) this.skip(recogniseByKeys(this.path, new Set(texts[0]!.keys), ""));
    else this.take(texts.flatMap(({ span }) => readDocuments(this.source, span)));
  }

  private take(documents: readonly YamlDocument[]): void {
    const found = documents.map((document) => this.recognise(this.numbered(document)));
    const anyManifest = found.some((one) => one.kind === "manifest");
    const skips: { document: YamlDocument; as: Recognised }[] = [];
    for (const one of found) {
      const { document } = one;
      if (one.kind === "skip" && one.as.detail === KUBECONFIG && document.decodes)
        this.content.kubeconfigs.push({ document, reported: this.context.reported });
      if (one.kind === "manifest") this.addManifest(document, one.value);
      else if (one.kind === "skip" && !(anyManifest && !document.decodes && one.as.reason === "not-a-manifest"))
        skips.push({ document, as: one.as });
      else if (one.kind !== "empty") this.content.documents.push({ document, reported: this.context.reported });
    }
    if (this.content.documents.length > 0) {
      for (const { document, as } of skips) this.skip(as, document);
      this.addTextProblems();
    } else if (skips.length === 0) this.skip({ reason: "empty" });
    else {
      // A file of one sort is one line in the summary.
      const [first] = skips;
      if (skips.every(({ as }) => as.reason === first!.as.reason)) this.skip(first!.as);
      else for (const { document, as } of skips) this.skip(as, document);
    }
  }

  private recognise(document: YamlDocument): Found {
    const { value } = document;
    if (value === undefined || value === null)
      return document.problems.length > 0 ? this.brokenOr(document) : { kind: "empty", document };
    const as = recogniseDocument(value, this.path);
    if (as) {
      if (as.reason === "sops" && isMapping(value)) this.addEncrypted(value);
      return document.decodes || as.reason !== "not-a-manifest"
        ? { kind: "skip", document, as }
        : this.brokenOr(document);
    }
    if (this.patchMarks && hasPatchDirective(value))
      return { kind: "skip", document, as: { reason: "kustomize-patch", detail: "has a patch directive" } };
    return { kind: "manifest", document, value: value as Record<string, unknown> };
  }

  /** A document that cannot be read, nor what it is: its problems count where its text is a manifest's. */
  private brokenOr(document: YamlDocument): Found {
    const text = this.source.slice(document.span);
    return keysOfManifest(outermostKeys(text)) || /["{,]\s*apiVersion\s*"?\s*:/.test(text)
      ? { kind: "broken", document }
      : { kind: "skip", document, as: { reason: "not-a-manifest" } };
  }

  private readMarkdown(): void {
    const fences = findFences(this.text).filter(({ span }) => this.text.slice(span.start, span.end).trim() !== "");
    // Every README of a tree is read; only those that hold something are worth a word.
    for (const fence of fences) this.readFence(fence);
    if (fences.length === 0) this.skip({ reason: "not-a-manifest", detail: "no fenced YAML" });
  }

  private readFence(fence: Fence): void {
    const { start, end } = fence.span;
    const template = templateLanguageOf(this.text, start, end);
    const left: Recognised | undefined = template
      ? { reason: template }
      : fence.commands
        ? { reason: "fragment", detail: "commands" }
        : fence.elided
          ? { reason: "fragment", detail: "lines are left out" }
          : fence.ragged
            ? { reason: "fragment", detail: "indented unevenly" }
            : undefined;
    if (left) {
      this.skipRegion(fence.span, left);
      return;
    }
    for (const part of fence.parts)
      for (const document of readDocuments(this.source, part)) {
        if (document.root === undefined && document.problems.length === 0) continue;
        this.takeFenced(this.numbered(document), fence.language === "yaml");
      }
  }

  private takeFenced(document: YamlDocument, checkFragments: boolean): void {
    const { value } = document;
    const { reported } = this.context;
    if (!isMapping(value) || typeof value.apiVersion !== "string" || typeof value.kind !== "string") {
      this.skip({ reason: "fragment" }, document);
      // Texts show alternatives one below the other, under the same key.
      const alternatives = document.problems.length > 0 && document.problems.every(({ code }) => isStrictOnly(code));
      if (checkFragments && !alternatives) this.content.documents.push({ document, reported });
      return;
    }
    const found = this.recognise(document);
    if (found.kind === "manifest" && document.decodes && isExcerpt(found.value))
      this.skip({ reason: "fragment", detail: "shows a part of the object" }, document);
    else if (found.kind === "manifest") this.addManifest(document, found.value);
    else if (found.kind === "skip") this.skip(found.as, document);
  }

  private addManifest(document: YamlDocument, value: Record<string, unknown>): void {
    const { reported, kustomized, patches, replacedImages } = this.context;
    this.content.documents.push({ document, reported });
    const markdown = isMarkdown(this.path);
    for (const { base, value: object } of objectsOf(value))
      this.content.manifests.push({
        source: this.source,
        document,
        base,
        value: object,
        reported,
        ...(kustomized && { kustomized }),
        ...(patches && patches.length > 0 && { patches }),
        ...(replacedImages && replacedImages.length > 0 && { replacedImages }),
        ...(markdown && { markdown }),
        ...(this.context.selectorsAdded && { selectorsAdded: true }),
      });
  }

  /** The object exists once somebody decrypts it; the names of its keys are not encrypted. */
  private addEncrypted(value: Mapping): void {
    const kind = textOf(value.kind);
    const metadata = isMapping(value.metadata) ? value.metadata : {};
    const name = textOf(metadata.name);
    const namespace = textOf(metadata.namespace);
    if (kind === undefined || name === undefined || isEncrypted(kind) || isEncrypted(name)) return;
    const keys = [value.data, value.stringData, value.binaryData].flatMap((data) =>
      isMapping(data) ? Object.keys(data) : [],
    );
    this.content.externals.push({
      kind,
      name,
      ...(namespace !== undefined && !isEncrypted(namespace) && { namespace }),
      keys: [...new Set(keys)],
    });
  }

  /** Problems of the encoding belong to the document they are in, or to the last before them. */
  private addTextProblems(): void {
    for (const { message, help, offset } of this.context.textProblems ?? []) {
      const documents = this.content.documents.map(({ document }) => document);
      const document = documents.findLast(({ span }) => span.start <= offset) ?? documents[0]!;
      const problem: YamlProblem = {
        code: "bad-encoding",
        severity: "error",
        message,
        help,
        span: { start: offset, end: offset },
      };
      amend(document, "problems", [...document.problems, problem]);
    }
  }

  private numbered(document: YamlDocument): YamlDocument {
    const index = this.count++;
    return document.index === index ? document : amend(document, "index", index);
  }

  private skip(as: Recognised, document?: YamlDocument): void {
    if (!this.context.reported) return;
    const place = document && { document: { index: document.index, span: document.span } };
    this.content.skipped.push({ path: this.path, ...place, ...as });
  }

  private skipRegion(span: Span, as: Recognised): void {
    const index = this.count++;
    if (this.context.reported) this.content.skipped.push({ path: this.path, document: { index, span }, ...as });
  }
}

type Found =
  | { readonly kind: "manifest"; readonly document: YamlDocument; readonly value: Record<string, unknown> }
  | { readonly kind: "skip"; readonly document: YamlDocument; readonly as: Recognised }
  /** No manifest that could be checked, and meant to be one. */
  | { readonly kind: "broken"; readonly document: YamlDocument }
  | { readonly kind: "empty"; readonly document: YamlDocument };

const hasLine = (text: string, beginning: string): boolean =>
  text.startsWith(beginning) || text.includes(`\n${beginning}`);

const isEncrypted = (text: string): boolean => text.startsWith("ENC[");

/** Changes a document that the reader has just handed over: it knows the region it read, not the file around it. */
function amend<K extends keyof YamlDocument>(document: YamlDocument, field: K, value: YamlDocument[K]): YamlDocument {
  return Object.defineProperty(document, field, { value, enumerable: true, configurable: true });
}
