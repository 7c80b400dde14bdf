import type { CelFunctions } from "./function-table.js";
import {
  CelBytes,
  CelDuration,
  CelError,
  CelList,
  CelMap,
  CelOptional,
  CelUint,
  type CelValue,
  NONE,
} from "./values.js";

function isZero(value: CelValue): boolean {
  if (value === null || value === "" || value === false || value === 0 || value === 0n) return true;
  if (value instanceof CelList || value instanceof CelMap) return value.size === 0;
  if (value instanceof CelUint) return value.value === 0n;
  if (value instanceof CelDuration) return value.nanos === 0n;
  if (value instanceof CelBytes) return value.bytes.length === 0;
  return value instanceof CelOptional && value.value === undefined;
}

function valueOr(held: CelValue | undefined, otherwise: CelValue | undefined): CelValue | undefined {
  if (!(held instanceof CelOptional)) return undefined;
  return held.value === undefined ? otherwise : held.value;
}

/** https://kubernetes.io/docs/reference/using-api/cel/#cel-options-language-features-and-libraries */
export const OPTIONAL_FUNCTIONS: CelFunctions = {
  "optional.of": ([value]) => new CelOptional(value),
  "optional.none": () => NONE,
  "optional.ofNonZeroValue": ([value]) => (isZero(value!) ? NONE : new CelOptional(value)),
  hasValue: ([held]) => (held instanceof CelOptional ? held.value !== undefined : undefined),
  value: ([held]) => valueOr(held, new CelError("optional.none() dereference")),
  or: ([held, other]) => (held instanceof CelOptional ? (held.value === undefined ? other : held) : undefined),
  orValue: ([held, other]) => valueOr(held, other),
};
