import { hexDigit, isBreak, isWordCharacter } from "./characters.js";
import { BlockScalarScanner } from "./scan-block-scalar.js";

const CORE = "tag:yaml.org,2002:";
/** What the YAML of a URI may hold besides letters, digits, `_`, `-` and `%` escapes. */
const URI_CHARACTERS = new Set(";/?:@&=+$,.!~*'()[]");
/** May follow the name of an anchor or alias, besides a blank. */
const AFTER_NAME = new Set("?:,]}%@`");

/** Anchors, aliases, tags and directives. */
export class PropertyScanner extends BlockScalarScanner {
  /** The handles of the document's `%TAG` directives. */
  protected tagHandles: Map<string, string> | undefined;

  /** Scans `&name` or `*name` and gives the name. */
  scanName(): string {
    const { text, end } = this;
    const start = this.pos;
    let p = start + 1;
    while (p < end && isWordCharacter(text.charCodeAt(p))) p++;
    if (p === start + 1 || !(this.isBlankOrEnd(p) || AFTER_NAME.has(text[p]!))) throw this.badName(start, p);
    this.pos = p;
    this.keyAllowed = false;
    return text.slice(start + 1, p);
  }

  private badName(start: number, p: number): unknown {
    const sign = this.text[start];
    const what = sign === "*" ? "an alias" : "an anchor";
    const stop = p < this.end && !isBreak(this.text.charCodeAt(p)) ? p + 1 : p;
    return this.broken(
      "syntax",
      start,
      Math.max(stop, start + 1),
      `A value that begins with "${sign}" is ${what}, and its name takes only letters, digits, "-" and "_"`,
      {
        help: `Put the value in quotes if the "${sign}" belongs to it`,
      },
    );
  }

  /** Scans a tag and gives it in full: `!!str` is `tag:yaml.org,2002:str`. */
  scanTag(): string {
    const { text, end } = this;
    const start = this.pos;
    let tag: string;
    if (text.charCodeAt(start + 1) === 0x3c) {
      this.pos = start + 2;
      tag = this.scanUri(start, false);
      if (this.pos >= end || text.charCodeAt(this.pos) !== 0x3e) throw this.badTag(start);
      this.pos++;
    } else {
      let p = start + 1;
      while (p < end && isWordCharacter(text.charCodeAt(p))) p++;
      if (p < end && text.charCodeAt(p) === 0x21) {
        const handle = text.slice(start, p + 1);
        this.pos = p + 1;
        const prefix = this.tagHandles?.get(handle) ?? (handle === "!!" ? CORE : undefined);
        const suffix = this.scanUri(start, false);
        if (prefix === undefined) {
          this.report("bad-tag", start, this.pos, `The tag handle "${handle}" is not declared`, {
            help: `Declare it with a %TAG directive above "---", or write the tag as !<...>`,
          });
        }
        tag = (prefix ?? handle) + suffix;
      } else {
        this.pos = start + 1;
        const suffix = this.scanUri(start, true);
        tag = suffix === "" ? "!" : (this.tagHandles?.get("!") ?? "!") + suffix;
      }
    }
    if (!this.isBlankOrEnd(this.pos)) throw this.badTag(start);
    this.keyAllowed = false;
    return tag;
  }

  private badTag(start: number): unknown {
    const stop = Math.min(this.pos + 1, this.lineEnd(start));
    return this.broken(
      "bad-tag",
      start,
      stop,
      `A value that begins with "!" is a tag, and no tag is written like this`,
      {
        help: `Put the value in quotes if the "!" belongs to it`,
      },
    );
  }

  /** Scans the characters of a URI, `%` escapes decoded. */
  private scanUri(start: number, mayBeEmpty: boolean): string {
    const { text, end } = this;
    const from = this.pos;
    let uri = "";
    while (this.pos < end) {
      const c = text.charCodeAt(this.pos);
      if (c === 0x25) uri += this.scanUriEscapes(start);
      else if (isWordCharacter(c) || URI_CHARACTERS.has(text[this.pos]!)) {
        uri += text[this.pos];
        this.pos++;
      } else break;
    }
    if (this.pos === from && !mayBeEmpty) throw this.badTag(start);
    return uri;
  }

  /** Decodes the `%xx` that make up one character in UTF-8. */
  private scanUriEscapes(start: number): string {
    const { text, end } = this;
    const octets: number[] = [];
    let width = 1;
    while (octets.length < width) {
      const p = this.pos;
      const octet =
        p + 2 < end && text.charCodeAt(p) === 0x25
          ? hexDigit(text.charCodeAt(p + 1)) * 16 + hexDigit(text.charCodeAt(p + 2))
          : -1;
      if (octet < 0 || hexDigit(text.charCodeAt(p + 1)) < 0 || hexDigit(text.charCodeAt(p + 2)) < 0)
        throw this.badTag(start);
      if (octets.length === 0) {
        width =
          octet < 0x80
            ? 1
            : (octet & 0xe0) === 0xc0
              ? 2
              : (octet & 0xf0) === 0xe0
                ? 3
                : (octet & 0xf8) === 0xf0
                  ? 4
                  : 0;
        if (width === 0) throw this.badTag(start);
      } else if ((octet & 0xc0) !== 0x80) throw this.badTag(start);
      octets.push(octet);
      this.pos = p + 3;
    }
    return new TextDecoder().decode(Uint8Array.from(octets));
  }

  /**
   * Scans the directive at the position, to the end of its line. Only `%YAML 1.1` and `%TAG` are known:
   * https://yaml.org/spec/1.1/#id895217
   */
  scanDirective(seen: Set<string>): void {
    const start = this.pos;
    const lineEnd = this.lineEnd(start);
    const line = this.text.slice(start, lineEnd);
    this.pos = lineEnd;
    const [words = line] = /^[^#]*?(?=\s+#|\s*$)/.exec(line) ?? [];
    if (words.length < line.length && line.includes("#", words.length)) {
      this.comments.push(start + line.indexOf("#", words.length), lineEnd);
    }
    const [name, ...rest] = words.split(/[ \t]+/);
    const stop = start + words.length;
    const refuse = (message: string, help: string) => {
      this.report("syntax", start, stop, message, { help });
    };
    if (name === "%YAML") {
      const version = rest.length === 1 ? /^0*(\d{1,9})\.0*(\d{1,9})$/.exec(rest[0]!) : null;
      if (!version) refuse("A %YAML directive names one version", "Remove the line");
      else if (version[1] !== "1" || version[2] !== "1") {
        refuse(`The API server reads YAML 1.1 and refuses a text declared as ${rest[0]}`, "Remove the %YAML line");
      } else if (seen.has("%YAML")) refuse("A second %YAML directive", "Remove the line");
      seen.add("%YAML");
    } else if (name === "%TAG") {
      const [handle = "", prefix = ""] = rest;
      if (rest.length !== 2 || !/^!([\w-]*!)?$/.test(handle) || !/^[\w\-;/?:@&=+$,.!~*'()[\]%]+$/.test(prefix)) {
        refuse("A %TAG directive names a handle and a prefix", "Write it like %TAG !e! tag:example.com,2000:");
      } else if (seen.has(handle)) refuse(`The tag handle "${handle}" is declared twice`, "Remove one of the lines");
      else {
        this.tagHandles ??= new Map();
        this.tagHandles.set(
          handle,
          prefix.replace(/%([0-9A-Fa-f]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
        );
      }
      seen.add(handle);
    } else {
      refuse(
        `A line that begins with "%" is a directive, and "${name}" is none the API server knows`,
        `Put the text in quotes if the "%" belongs to it, or remove the line`,
      );
    }
  }
}
