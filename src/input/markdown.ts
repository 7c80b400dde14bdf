import type { Span } from "../source/span.js";

/** Whether a file is a Markdown text, by its name. */
export const isMarkdown = (path: string): boolean => /\.(md|markdown)$/i.test(path);

/** A fenced block of YAML or JSON in a Markdown text. */
export interface Fence {
  readonly language: "yaml" | "json";
  /** The lines between the fences, with their indentation. */
  readonly span: Span;
  /** The documents within, split where the fence is indented: there the separators are too, and YAML sees none. */
  readonly parts: readonly Span[];
  /** Whether lines are left out of it, so that nothing can be said of what is missing. */
  readonly elided: boolean;
  /** Whether it begins with a command: commands and what they print, whatever language it claims. */
  readonly commands: boolean;
  /** Whether a line is indented less than the fence: Markdown shifts each line on its own then, YAML cannot. */
  readonly ragged: boolean;
}

const OPENING = /^([ \t]*)(?:[-*+] |\d{1,9}[.)] )?[ \t]*(`{3,}|~{3,})[ \t]*(.*)$/;
/** `yaml`, `yml title="x"`, `yaml:file.yaml`, `{.yaml}`, `yaml{1,3}`; not `yamllint` or `json5`. */
const LANGUAGE = /^\{?[ \t]*\.?(ya?ml|json)(?=$|[\s:{},])/i;
const COMMAND = /^\s*(\$ |(sudo )?(cat|kubectl|helm|kustomize|curl|oc|argocd|docker|echo|tee|export)[ \t]+[^\s:])/;
const ELISION = /^[ \t]*(#[ \t]*)?(-[ \t]*)?(\.{3,}|…|\[\.{3}\]|\[…\]|<\.{3}>|\{\.{3}\}|<?snip>?)([ \t].*)?\r?$/m;

/** The fenced YAML and JSON blocks of a Markdown text (https://spec.commonmark.org/current/#fenced-code-blocks). */
export function findFences(text: string): Fence[] {
  const fences: Fence[] = [];
  let open: { mark: string; indent: number; language: Fence["language"] | undefined; start: number } | undefined;
  let inComment = false;
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf("\n", at);
    const next = newline < 0 ? text.length : newline + 1;
    const line = text.slice(at, next).trimEnd();
    if (open) {
      const closing = line.trimStart();
      if (closing.startsWith(open.mark) && closing.replaceAll(open.mark[0]!, "") === "") {
        if (open.language) fences.push(makeFence(text, open.language, open.start, at, open.indent));
        open = undefined;
      }
    } else if (inComment) inComment = !line.includes("-->");
    else if (/^ {0,3}<!--/.test(line)) inComment = !line.includes("-->");
    else {
      const opening = OPENING.exec(line);
      // The info string of a backtick fence has no backtick: that is code within a line.
      if (opening && !(opening[2]![0] === "`" && opening[3]!.includes("`"))) {
        const language = LANGUAGE.exec(opening[3]!)?.[1]?.toLowerCase();
        open = {
          mark: opening[2]!,
          indent: line.indexOf(opening[2]!),
          language: language === undefined ? undefined : language === "json" ? "json" : "yaml",
          start: next,
        };
      }
    }
    at = next;
  }
  if (open?.language) fences.push(makeFence(text, open.language, open.start, text.length, open.indent));
  return fences;
}

function makeFence(text: string, language: Fence["language"], start: number, end: number, indent: number): Fence {
  const body = text.slice(start, end);
  const fence = { language, span: { start, end }, elided: ELISION.test(body), commands: COMMAND.test(body) };
  if (indent === 0) return { ...fence, parts: [fence.span], ragged: false };
  const parts: Span[] = [];
  let partStart = start;
  let ragged = false;
  for (let at = start; at < end; ) {
    const newline = text.indexOf("\n", at);
    const next = newline < 0 || newline >= end ? end : newline + 1;
    const line = text.slice(at, next);
    const content = line.search(/\S/);
    if (content >= 0 && (content < indent || line.slice(0, content).includes("\t"))) ragged = true;
    if (content > 0 && /^---(\s|$)/.test(line.slice(content))) {
      parts.push({ start: partStart, end: at });
      partStart = next;
    }
    at = next;
  }
  parts.push({ start: partStart, end });
  return { ...fence, parts: parts.filter((part) => text.slice(part.start, part.end).trim() !== ""), ragged };
}
