import type { YamlDocument } from "./yaml-document.js";

/**
 * The value of a document as JSON text, integers of 64 bits exact; undefined for an empty document. Any depth that can be
 * read can be written, which `JSON.stringify` cannot.
 */
export function writeJson(document: YamlDocument & { exactValue?(): unknown }): string | undefined {
  const value = document.exactValue ? document.exactValue() : document.value;
  return value === undefined ? undefined : writeValue(value);
}

interface Frame {
  readonly keys: readonly string[] | undefined;
  readonly container: Record<string, unknown> | readonly unknown[];
  readonly length: number;
  index: number;
}

function writeValue(root: unknown): string {
  const parts: string[] = [];
  const frames: Frame[] = [];
  const begin = (value: unknown): void => {
    if (Array.isArray(value)) {
      parts.push("[");
      frames.push({ keys: undefined, container: value, length: value.length, index: 0 });
    } else if (typeof value === "object" && value !== null) {
      const keys = Object.keys(value);
      parts.push("{");
      frames.push({ keys, container: value as Record<string, unknown>, length: keys.length, index: 0 });
    } else parts.push(typeof value === "bigint" ? String(value) : (JSON.stringify(value) ?? "null"));
  };
  begin(root);
  for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
    if (frame.index === frame.length) {
      parts.push(frame.keys ? "}" : "]");
      frames.pop();
      continue;
    }
    if (frame.index > 0) parts.push(",");
    const i = frame.index++;
    if (frame.keys) {
      const key = frame.keys[i]!;
      parts.push(JSON.stringify(key), ":");
      begin((frame.container as Record<string, unknown>)[key]);
    } else begin((frame.container as readonly unknown[])[i]);
  }
  return parts.join("");
}
