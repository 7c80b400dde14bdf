import { ADDRESS_FUNCTIONS } from "./library-addresses.js";
import { AUTHORIZER_FUNCTIONS } from "./library-authorizer.js";
import { FORMAT_FUNCTIONS } from "./library-formats.js";
import { LIST_FUNCTIONS } from "./library-lists.js";
import { OPTIONAL_FUNCTIONS } from "./library-optionals.js";
import { QUANTITY_FUNCTIONS } from "./library-quantities.js";
import { SEMVER_FUNCTIONS } from "./library-semver.js";
import { STANDARD_FUNCTIONS } from "./library-standard.js";
import { STRING_FUNCTIONS } from "./library-strings.js";
import { URL_FUNCTIONS } from "./library-urls.js";
import type { CelValue } from "./values.js";

/**
 * A function over values that are neither errors nor unknown; a call on a value has it as its first argument. Undefined
 * where it does not take values of these types. `spend` is told of work beyond one step.
 */
export type CelFunction = (args: readonly CelValue[], spend: (steps: number) => void) => CelValue | undefined;
export type CelFunctions = Readonly<Record<string, CelFunction>>;

let known: ReadonlyMap<string, CelFunction> | undefined;

/** The function of a name; functions of several libraries that share one are tried in turn. */
export function functionOf(name: string): CelFunction | undefined {
  known ??= collect();
  return known.get(name);
}

function collect(): ReadonlyMap<string, CelFunction> {
  const all = new Map<string, CelFunction>();
  for (const table of [
    STANDARD_FUNCTIONS,
    STRING_FUNCTIONS,
    OPTIONAL_FUNCTIONS,
    LIST_FUNCTIONS,
    URL_FUNCTIONS,
    ADDRESS_FUNCTIONS,
    QUANTITY_FUNCTIONS,
    SEMVER_FUNCTIONS,
    FORMAT_FUNCTIONS,
    AUTHORIZER_FUNCTIONS,
  ])
    for (const [name, call] of Object.entries(table)) {
      const other = all.get(name);
      all.set(name, other === undefined ? call : inTurn(other, call));
    }
  return all;
}

const inTurn =
  (first: CelFunction, second: CelFunction): CelFunction =>
  (args, spend) => {
    const result = first(args, spend);
    return result === undefined ? second(args, spend) : result;
  };
