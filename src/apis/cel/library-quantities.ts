import {
  addQuantities,
  compareQuantities,
  parseQuantity,
  type Quantity,
  subtractQuantities,
} from "../meta/quantity.js";
import type { CelFunction, CelFunctions } from "./function-table.js";
import { CelError, CelOpaque, type CelValue } from "./values.js";

const NANO = 10n ** 9n;
const MOST = 2n ** 63n - 1n;

/** Quantities are equal where their amounts are, however they are written. */
const asValue = (quantity: Quantity): CelValue =>
  new CelOpaque<Quantity>("kubernetes.Quantity", quantity, String(quantity.nano));

const heldBy = (value: CelValue | undefined): Quantity | undefined =>
  value instanceof CelOpaque && value.type === "kubernetes.Quantity" ? (value.held as Quantity) : undefined;

/** White space around is not taken here. */
const read = (text: string): Quantity | undefined => (/^\s|\s$/.test(text) ? undefined : parseQuantity(text));

const ofOne =
  (call: (quantity: Quantity) => CelValue): CelFunction =>
  ([value]) => {
    const quantity = heldBy(value);
    return quantity && call(quantity);
  };

const ofTwo =
  (call: (a: Quantity, b: Quantity) => CelValue): CelFunction =>
  ([value, other]) => {
    const a = heldBy(value);
    const b =
      typeof other === "bigint" ? ({ nano: other * NANO, format: "DecimalSI" } satisfies Quantity) : heldBy(other);
    return a && b && call(a, b);
  };

const isInteger = ({ nano }: Quantity): boolean => nano % NANO === 0n && nano / NANO <= MOST && nano / NANO >= -MOST;

/** https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-quantity-library */
export const QUANTITY_FUNCTIONS: CelFunctions = {
  quantity: ([text]) => {
    if (typeof text !== "string") return undefined;
    const quantity = read(text);
    return quantity === undefined ? new CelError("the text is no quantity") : asValue(quantity);
  },
  isQuantity: ([text]) => (typeof text === "string" ? read(text) !== undefined : undefined),
  sign: ofOne(({ nano }) => (nano > 0n ? 1n : nano < 0n ? -1n : 0n)),
  isInteger: ofOne(isInteger),
  asInteger: ofOne((quantity) =>
    isInteger(quantity) ? quantity.nano / NANO : new CelError("cannot convert value to integer"),
  ),
  asApproximateFloat: ofOne(({ nano }) => Number(nano / NANO) + Number(nano % NANO) / Number(NANO)),
  isGreaterThan: ofTwo((a, b) => compareQuantities(a, b) > 0),
  isLessThan: ofTwo((a, b) => compareQuantities(a, b) < 0),
  compareTo: ofTwo((a, b) => BigInt(compareQuantities(a, b))),
  add: ofTwo((a, b) => asValue(addQuantities(a, b))),
  sub: ofTwo((a, b) => asValue(subtractQuantities(a, b))),
};
