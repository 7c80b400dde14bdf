import { isMapping } from "../input/plain-values.js";

/** A value of JSON as YAML in block style. What YAML 1.1 or 1.2 could take for something else than text is quoted. */
export function writeYaml(value: unknown): string {
  return `${blockLines(value).join("\n")}\n`;
}

function blockLines(value: unknown): string[] {
  if (Array.isArray(value) && value.length > 0)
    return value.flatMap((item) => blockLines(item).map((line, i) => (i === 0 ? `- ${line}` : `  ${line}`)));
  if (!isMapping(value)) return [scalarText(value)];
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.length === 0) return ["{}"];
  return entries.flatMap(([name, item]) => {
    const key = scalarText(name);
    const isBlock = (Array.isArray(item) && item.length > 0) || (isMapping(item) && Object.keys(item).length > 0);
    if (!isBlock) return [`${key}: ${blockLines(item)[0]}`];
    // Lists stand at the indentation of their key, as kubectl writes them.
    const indent = Array.isArray(item) ? "" : "  ";
    return [`${key}:`, ...blockLines(item).map((line) => `${indent}${line}`)];
  });
}

const PLAIN = /^[A-Za-z_/][\w./@+-]*(?:[ :=][\w./@+-]+)*$/;
const TAKEN_FOR_ANOTHER = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

function scalarText(value: unknown): string {
  if (typeof value === "string")
    return PLAIN.test(value) && !TAKEN_FOR_ANOTHER.test(value) ? value : JSON.stringify(value);
  return JSON.stringify(value) ?? "null";
}
