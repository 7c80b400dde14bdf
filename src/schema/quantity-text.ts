/** The parts of a quantity as the API server reads them. */
export interface QuantityParts {
  readonly negative: boolean;
  /** Without leading zeros; at least one digit. */
  readonly digits: string;
  readonly fraction: string;
  readonly base: 2 | 10;
  readonly exponent: number;
  readonly format: QuantityFormat;
}

/** How a quantity was written, and is written again: `1Ki`, `1k`, `1e3`. */
export type QuantityFormat = "BinarySI" | "DecimalSI" | "DecimalExponent";

const SUFFIXES: ReadonlyMap<string, readonly [2 | 10, number, QuantityFormat]> = new Map([
  ["", [10, 0, "DecimalSI"]],
  ["n", [10, -9, "DecimalSI"]],
  ["u", [10, -6, "DecimalSI"]],
  ["m", [10, -3, "DecimalSI"]],
  ["k", [10, 3, "DecimalSI"]],
  ["M", [10, 6, "DecimalSI"]],
  ["G", [10, 9, "DecimalSI"]],
  ["T", [10, 12, "DecimalSI"]],
  ["P", [10, 15, "DecimalSI"]],
  ["E", [10, 18, "DecimalSI"]],
  ["Ki", [2, 10, "BinarySI"]],
  ["Mi", [2, 20, "BinarySI"]],
  ["Gi", [2, 30, "BinarySI"]],
  ["Ti", [2, 40, "BinarySI"]],
  ["Pi", [2, 50, "BinarySI"]],
  ["Ei", [2, 60, "BinarySI"]],
]);

/**
 * Takes a quantity apart; undefined where the API server refuses it. To its parser a number without digits is zero: "-",
 * "Gi" and ".5" pass.
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function splitQuantity(text: string): QuantityParts | undefined {
  const match = /^([+-]?)0*([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*[+-]?[0-9]*)$/.exec(text);
  if (match === null || text === "") return undefined;
  const [, sign, stripped, fraction = "", suffix = ""] = match;
  const negative = sign === "-";
  const digits = stripped || "0";
  const known = SUFFIXES.get(suffix);
  if (known !== undefined) return { negative, digits, fraction, base: known[0], exponent: known[1], format: known[2] };
  if (!/^[eE][+-]?[0-9]+$/.test(suffix)) return undefined;
  return { negative, digits, fraction, base: 10, exponent: Number(suffix.slice(1)), format: "DecimalExponent" };
}

/** The suffix meant by one in the wrong case (`64mi`, `1GI`, `2K`) or by a unit (`1GB`, `100mb`). */
export function nearestQuantity(text: string): string | undefined {
  const match = /^([0-9.]+)\s*([A-Za-z]+)$/.exec(text);
  if (match === null) return undefined;
  const [, number, suffix = ""] = match;
  const bare = suffix.replace(/b$/i, "");
  for (const known of SUFFIXES.keys()) {
    // Thousandths of a byte are never meant.
    if (known === "m" && bare !== suffix) continue;
    const alike = known.toLowerCase() === bare.toLowerCase();
    if (known !== "" && alike && splitQuantity(`${number}${known}`) !== undefined) return `${number}${known}`;
  }
  return undefined;
}
