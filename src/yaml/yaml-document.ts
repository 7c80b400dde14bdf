import type { SourceFile } from "../source/source-file.js";
import type { Span } from "../source/span.js";
import type { YamlProblem } from "./yaml-problem.js";

/** How a node is written. `alias` stands for the anchored node, whose content it shares. */
export type YamlStyle = "plain" | "single-quoted" | "double-quoted" | "literal" | "folded" | "block" | "flow";

/** A node of the text with its place. Nodes are made on demand; values come from `YamlDocument.value`. */
export interface YamlNode {
  readonly kind: "mapping" | "sequence" | "scalar";
  readonly style: YamlStyle;
  /** Of the content: quotes, brackets and block scalar header included; tag, anchor and trailing blanks not. */
  readonly span: Span;
  /** Where the node is used by `*name`: the span of that alias. */
  readonly alias?: Span;
  /** As decoded: what `YamlDocument.value` holds here. */
  readonly value: unknown;
  /**
   * Of a mapping, in the order of the text, merged entries (`<<`) last and only where not overridden; else empty. Each
   * name is there once: of a key given twice, the entry that counts.
   */
  entries(): readonly YamlEntry[];
  /** Of a sequence; else empty. */
  items(): readonly YamlNode[];
}

/** A key and its value. */
export interface YamlEntry {
  /** As the API server sees it: always a string (`1:` is `"1"`, `yes:` is `"true"`). */
  readonly name: string;
  readonly key: YamlNode;
  readonly value: YamlNode;
}

/** A comment, from its `#` to the end of its line. */
export interface YamlComment {
  readonly span: Span;
  readonly text: string;
}

/** One document of a stream. Broken ones are here too, with their problems and whatever could be read. */
export interface YamlDocument {
  readonly source: SourceFile;
  /** From 0 within the file. */
  readonly index: number;
  /** From the first content to the end of the last. */
  readonly span: Span;
  readonly problems: readonly YamlProblem[];
  /** False where the API server would refuse to decode the text even leniently (duplicate keys alone leave it true). */
  readonly decodes: boolean;
  /**
   * Plain JSON: what the API server decodes; of a broken document what could be read before the break. Undefined for
   * an empty document. Integers beyond 2^53 are rounded; `YamlNode.span` has their text. Aliases share the object they
   * refer to: copy before changing anything.
   */
  readonly value: unknown;
  /** The root node; undefined for an empty document. */
  readonly root: YamlNode | undefined;
  /** The comments within and directly above the document, in order. */
  comments(): readonly YamlComment[];
}
