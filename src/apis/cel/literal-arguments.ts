import { patternOf } from "./patterns.js";
import { CelFault, type CelNode } from "./syntax.js";
import { parseDuration, parseTimestamp } from "./times.js";

type Call = CelNode & { is: "call" };

/** What each function asks of a text that is written out, and what such a text is. */
const CHECKS: Readonly<Record<string, readonly [what: string, holds: (text: string) => boolean]>> = {
  duration: ["duration", (text) => parseDuration(text) !== undefined],
  timestamp: ["timestamp", (text) => parseTimestamp(text) !== undefined],
  matches: ["regular expression", (text) => patternOf(text) !== undefined],
};

const CLAUSE = /%(?:%|(?:\.\d+)?([a-zA-Z])|)/g;
const VERBS = /^[sdfexXbo]$/;

/** Throws a `CelFault` for a call whose arguments are written out and can only fail: the server looks at them beforehand. */
export function checkLiteralArguments({ name, target, args }: Call): void {
  const text = textIn(args.at(-1));
  const check = Object.hasOwn(CHECKS, name) ? CHECKS[name] : undefined;
  if (check !== undefined && text !== undefined && !check[1](text))
    throw new CelFault(`calls ${name} with ${JSON.stringify(text)}, which is no ${check[0]}`);
  const format = textIn(target);
  const [values] = args;
  if (name === "format" && format !== undefined && values?.is === "list") checkFormat(format, values.items.length);
}

const textIn = (node: CelNode | undefined): string | undefined =>
  node?.is === "literal" && node.type === "string" ? (node.value as string) : undefined;

function checkFormat(format: string, given: number): void {
  let asked = 0;
  for (const [clause, verb] of format.matchAll(CLAUSE)) {
    if (clause === "%%") continue;
    if (verb === undefined || !VERBS.test(verb)) throw new CelFault(`formats with ${clause}, which is not known`);
    asked++;
  }
  if (asked !== given) throw new CelFault(`formats ${given} values with ${asked} places`);
}
