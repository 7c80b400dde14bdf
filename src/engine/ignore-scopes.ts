import type { SourceFile } from "../source/source-file.js";
import type { Span } from "../source/span.js";
import type { YamlDocument, YamlNode } from "../yaml/index.js";

/** What the ignores in a document's comments are for. Answers cost little, however many there are. */
export class IgnoreScopes {
  /** By line, the end of the outermost node that begins on it. */
  #ends: ReadonlyMap<number, number> | undefined;
  readonly #nextContent = new Map<number, number>();

  constructor(private readonly document: YamlDocument) {}

  /**
   * The node that begins on the comment's line, or, where the comment stands alone on its line, on the next line with
   * content; with everything below it.
   */
  scopeOf(comment: Span): Span {
    const { source } = this.document;
    let { line } = source.position(comment.start);
    const before = source.slice({ start: source.lineSpan(line).start, end: comment.start });
    if (/^[\s-]*$/.test(before)) line = this.nextContent(line);
    if (line > source.lineCount) return { start: comment.end, end: comment.end };
    const { start, end } = source.lineSpan(line);
    this.#ends ??= endsByLine(source, this.document.root);
    return { start, end: Math.max(end, this.#ends.get(line) ?? end) };
  }

  /** The first line after `line` that holds more than a comment; stacks of comments are walked once. */
  private nextContent(line: number): number {
    const { source } = this.document;
    let next = line + 1;
    while (next <= source.lineCount && /^\s*(#.*|---.*)?$/.test(source.line(next))) {
      const known = this.#nextContent.get(next);
      if (known !== undefined) {
        next = known;
        break;
      }
      next++;
    }
    for (let passed = line; passed < next; passed++) this.#nextContent.set(passed, next);
    return next;
  }
}

function endsByLine(source: SourceFile, root: YamlNode | undefined): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const level: { readonly start: number; readonly node: YamlNode }[] = root
    ? [{ start: root.span.start, node: root }]
    : [];
  // Level by level, so that the outermost node of a line comes first.
  for (const { start, node } of level) {
    const { line } = source.position(start);
    if (!ends.has(line)) ends.set(line, node.span.end);
    if (node.alias) continue;
    for (const { key, value } of node.entries()) level.push({ start: key.span.start, node: value });
    for (const item of node.items()) level.push({ start: item.span.start, node: item });
  }
  return ends;
}
