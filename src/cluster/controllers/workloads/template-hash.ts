import type { PodTemplateSpec } from "../../../apis/types/core.v1.generated.js";

/** Letters that no bad word can be made of, as names of revisions use them. */
const SAFE = "bcdfghjklmnpqrstvwxz2456789";
const LENGTH = 10;

/**
 * A short text for a Pod template, in place of the hash that the control plane computes of its own memory of it. The
 * same template gives the same text, as long as a real one mostly is.
 */
export function templateHash(template: PodTemplateSpec, collisions = 0): string {
  const text = `${contentsOf(template)}${collisions > 0 ? collisions : ""}`;
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b + unit, 0x85ebca6b) ^ (b >>> 13);
  }
  let hash = "";
  for (let i = 0; i < LENGTH; i++) {
    hash += SAFE[((i % 2 === 0 ? a : b) >>> (28 - 5 * (i >> 1))) & 15];
  }
  return hash;
}

/** Templates are never changed in place, so what was made of one holds. */
const contents = new WeakMap<PodTemplateSpec, string>();
const HASH = "pod-template-hash";

/** What of a template makes it another one: all but the label with its hash. */
export function contentsOf(template: PodTemplateSpec): string {
  const known = contents.get(template);
  if (known !== undefined) return known;
  const text = canonical(withoutHash(template));
  contents.set(template, text);
  return text;
}

function withoutHash(template: PodTemplateSpec): PodTemplateSpec {
  const { metadata } = template;
  if (metadata?.labels?.[HASH] === undefined) return template;
  const { [HASH]: _, ...labels } = metadata.labels;
  return { ...template, metadata: { ...metadata, labels } };
}

/** JSON with sorted keys and without what is undefined. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  let text = "";
  for (const key of Object.keys(value).sort()) {
    const part = (value as Record<string, unknown>)[key];
    if (part !== undefined) text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${canonical(part)}`;
  }
  return `{${text}}`;
}
