/** Letters that no bad word can be made of, as names of revisions use them. */
const SAFE = "bcdfghjklmnpqrstvwxz2456789";
const LENGTH = 10;

/**
 * A short text for a Pod template, in place of the hash that the control plane computes of its own memory of it. The
 * same template gives the same text, as long as a real one mostly is.
 */
export function templateHash(template: unknown, collisions = 0): string {
  const text = `${canonical(template)}${collisions > 0 ? collisions : ""}`;
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

/** JSON with sorted keys and without what is undefined. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  let text = "";
  for (const key of Object.keys(value).sort()) {
    const part = (value as Record<string, unknown>)[key];
    if (part !== undefined) text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${canonical(part)}`;
  }
  return `{${text}}`;
}
