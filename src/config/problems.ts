import type { SourceFile } from "../source/source-file.js";
import type { Span } from "../source/span.js";
import type { YamlNode } from "../yaml/index.js";
import type { ConfigProblem } from "./config.js";

/** More than these help nobody, and a hostile file could have millions. */
const MOST_PROBLEMS = 100;

/** Collects the mistakes of one configuration. */
export class Problems {
  readonly found: ConfigProblem[] = [];

  constructor(readonly source: SourceFile) {}

  /** Whether there are enough; whoever walks the text can stop. */
  get isFull(): boolean {
    return this.found.length >= MOST_PROBLEMS;
  }

  error(place: YamlNode | Span, message: string, help?: string): void {
    this.add("error", place, message, help);
  }

  warning(place: YamlNode | Span, message: string, help?: string): void {
    this.add("warning", place, message, help);
  }

  /** A value as the user wrote it, quoted and on one line; collections are named. */
  quote(node: YamlNode): string {
    if (node.kind === "mapping") return "a mapping";
    if (node.kind === "sequence") return "a list";
    if (node.value === null) return "nothing";
    const text = typeof node.value === "string" ? node.value : this.source.slice(node.span);
    const line = text.replace(/\s+/g, " ");
    return `"${line.length > 60 ? `${line.slice(0, 59)}…` : line}"`;
  }

  private add(severity: ConfigProblem["severity"], place: YamlNode | Span, message: string, help?: string): void {
    if (this.isFull) return;
    const span = "span" in place ? (place.alias ?? this.firstLine(place)) : place;
    this.found.push({ severity, message, help, source: this.source, span });
  }

  private firstLine({ span }: YamlNode): Span {
    const { text } = this.source;
    let end = span.start;
    while (end < span.end && text[end] !== "\n" && text[end] !== "\r") end++;
    return { start: span.start, end };
  }
}
