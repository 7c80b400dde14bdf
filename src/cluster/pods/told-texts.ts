import type { Container } from "./pod-template.js";

/** A text that a container is told, with its path within the Pod's owner. */
export interface ToldText {
  readonly text: string;
  readonly at: string;
}

/** The texts of a container's command, arguments and environment that hold a sign and are no longer than so much. */
export function toldTexts({ spec, path }: Container, sign: string, longest: number): ToldText[] {
  const found: ToldText[] = [];
  const add = (text: unknown, at: string): void => {
    if (typeof text === "string" && text.length <= longest && text.includes(sign))
      found.push({ text, at: `${path}.${at}` });
  };
  for (const field of ["command", "args"] as const) {
    const list: unknown = spec[field];
    if (Array.isArray(list)) for (const [i, text] of list.entries()) add(text, `${field}[${i}]`);
  }
  const env: unknown = spec.env;
  if (Array.isArray(env)) for (const [i, variable] of env.entries()) add(variable?.value, `env[${i}].value`);
  return found;
}
