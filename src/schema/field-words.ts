import { parsePath } from "../source/field-path.js";
import { allKinds } from "./type-table.js";

const WORDS: Readonly<Record<string, string>> = {
  ObjectMeta: "metadata",
  IPBlock: "IP block",
  JSONSchemaProps: "schema",
  object: "object",
};

let kinds: readonly string[] | undefined;

/**
 * A type's name for messages: `PodSpec` is `the Pod spec`, `SecurityContext` `the security context`; what holds a blank
 * (`CronTab spec`) stays as it is.
 */
export function typeWords(type: string): string {
  const known = WORDS[type];
  if (known !== undefined || type.includes(" ")) return `the ${known ?? type}`;
  // The longest first: a NetworkPolicySpec is no Network's. Templates read better apart.
  kinds ??= [...new Set(allKinds().map(({ kind }) => kind)), "Container"]
    .filter((kind) => !kind.endsWith("Template"))
    .sort((a, b) => b.length - a.length);
  const kind = kinds.find((name) => type.startsWith(name) && !/^[a-z]/.test(type.slice(name.length))) ?? "";
  const words = type.slice(kind.length).split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/);
  const rest = words.map((word) => (/^[A-Z]+$/.test(word) ? word : word.toLowerCase()));
  return ["the", kind, ...rest].filter(Boolean).join(" ");
}

/** A field of a path for the start of a message: `"replicas"`, or `Item 2 of "args"`. */
export function fieldWords(path: string): string {
  const steps = parsePath(path);
  const last = steps.at(-1);
  if (typeof last !== "number") return `"${last ?? ""}"`;
  const list = steps.findLast((step) => typeof step === "string");
  return `Item ${last + 1} of "${list ?? ""}"`;
}
