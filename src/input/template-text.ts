/** The template languages whose marks make a text something else than the YAML it looks like. */
export type TemplateLanguage = "go-template" | "jinja-template" | "ytt-template" | "placeholder-template";

/**
 * The template language a YAML text is written in, or undefined. Marks inside quotes, block scalars, comments and the
 * middle of a plain scalar leave it YAML (alert texts, workflow parameters, Flux variables); a mark where a value, a key
 * or a line begins does not: YAML would read a flow mapping, and nothing at all of a value that begins with `@`.
 */
export function templateLanguageOf(text: string, start = 0, end = text.length): TemplateLanguage | undefined {
  if (["{{", "{%", "{#", "@"].some((mark) => mayBeginToken(text, mark, start, end))) {
    const language = new MarkScan(text, start, end).run();
    if (language) return language;
  }
  // https://carvel.dev/ytt/docs/latest/syntax/: code stands in comments `#@ ...`.
  const code = text.indexOf("#@", start);
  if (code >= 0 && code < end && /(^|\s)#@(\s|\/|data\/|schema\/|overlay\/)/m.test(text.slice(start, end)))
    return "ytt-template";
  return undefined;
}

/** Whether a mark stands where a token may begin: most stand in quotes or within a text, and spare the scan, at 50 MB/s. */
function mayBeginToken(text: string, mark: string, start: number, end: number): boolean {
  for (let at = text.indexOf(mark, start); at >= 0 && at < end; at = text.indexOf(mark, at + 2)) {
    let before = at - 1;
    while (before >= start && (text[before] === " " || text[before] === "\t")) before--;
    if (before < start || "\n\r:-?[{,".includes(text[before]!)) return true;
  }
  return false;
}

const BLOCK_SCALAR_HEADER = /^[|>][-+0-9]{0,2}[ \t]*(#.*)?$/;

/** One pass over the lines, knowing of YAML only what tells where a token begins. */
class MarkScan {
  /** The quote that an earlier line left open. */
  private quote = "";
  /** Lines indented more than this belong to a block scalar. */
  private blockIndent = -1;
  private depth = 0;
  /** Lines indented more than this may go on with the plain scalar of an earlier line. */
  private plainIndent = -1;

  constructor(
    private readonly text: string,
    private readonly start: number,
    private readonly end: number,
  ) {}

  run(): TemplateLanguage | undefined {
    for (let at = this.start; at < this.end; ) {
      let lineEnd = this.text.indexOf("\n", at);
      if (lineEnd < 0 || lineEnd > this.end) lineEnd = this.end;
      const line = this.text.slice(at, lineEnd).replace(/\r$/, "");
      const language = this.scanLine(line);
      if (language) return language;
      at = lineEnd + 1;
    }
    return undefined;
  }

  private scanLine(line: string): TemplateLanguage | undefined {
    let i = 0;
    if (this.quote !== "") {
      i = this.endOfQuoted(line, 0);
      if (i < 0) return undefined;
      return this.scanTokens(line, i, false, 0);
    }
    while (line[i] === " " || line[i] === "\t") i++;
    if (i === line.length) return undefined;
    if (this.blockIndent >= 0) {
      if (i > this.blockIndent) return undefined;
      this.blockIndent = -1;
    }
    const continues = this.plainIndent >= 0 && i > this.plainIndent && !/^\{\{-|^\{%/.test(line.slice(i, i + 3));
    if (continues) return this.scanTokens(line, i, false, this.plainIndent);
    this.plainIndent = -1;
    if (this.depth === 0 && line.startsWith("---") && i === 0) return this.scanTokens(line, 3, true, 0);
    return this.scanTokens(line, i, true, i);
  }

  private scanTokens(line: string, from: number, atStart: boolean, indent: number): TemplateLanguage | undefined {
    let starts = atStart;
    let parent = indent;
    let plain = !atStart;
    for (let i = from; i < line.length; ) {
      const c = line[i]!;
      if (c === " " || c === "\t") i++;
      else if (c === "#" && (i === 0 || line[i - 1] === " " || line[i - 1] === "\t")) break;
      else if (starts && c === "{" && (line[i + 1] === "{" || line[i + 1] === "%" || line[i + 1] === "#"))
        return line[i + 1] === "{" ? "go-template" : "jinja-template";
      // `name: @NAME@`, to be replaced before YAML is made of it.
      else if (starts && c === "@" && /^@[A-Z][A-Z0-9_]*@/.test(line.slice(i))) return "placeholder-template";
      else if (starts && (c === '"' || c === "'")) {
        this.quote = c;
        i = this.endOfQuoted(line, i + 1);
        if (i < 0) return undefined;
        starts = false;
      } else if (starts && this.depth === 0 && (c === "|" || c === ">") && BLOCK_SCALAR_HEADER.test(line.slice(i))) {
        this.blockIndent = parent;
        return undefined;
      } else if (starts && (c === "{" || c === "[")) {
        this.depth++;
        i++;
      } else if (this.depth > 0 && (c === "}" || c === "]")) {
        this.depth--;
        starts = false;
        i++;
      } else if (this.depth > 0 && c === ",") {
        starts = true;
        i++;
      } else if (starts && (c === "-" || c === "?") && /^[ \t]/.test(line.slice(i + 1, i + 2))) {
        i++;
        while (line[i] === " ") i++;
        parent = this.depth === 0 ? i : parent;
        // A block scalar that is itself the item is indented more than the dash.
        if (line[i] === "|" || line[i] === ">") parent = indent;
      } else if (
        c === ":" &&
        (i + 1 === line.length || /[\s]/.test(line[i + 1]!) || (this.depth > 0 && /["'{[,]/.test(line[i + 1]!)))
      ) {
        starts = true;
        plain = false;
        i++;
      } else {
        starts = false;
        plain = true;
        i++;
      }
    }
    if (plain && !starts && this.depth === 0) this.plainIndent = parent;
    return undefined;
  }

  /** Behind the closing quote, or -1 where the line ends before it. */
  private endOfQuoted(line: string, from: number): number {
    for (let i = from; i < line.length; i++) {
      if (line[i] === "\\" && this.quote === '"') i++;
      else if (line[i] === this.quote) {
        if (this.quote === "'" && line[i + 1] === "'") i++;
        else {
          this.quote = "";
          return i + 1;
        }
      }
    }
    return -1;
  }
}
