const SUFFIXES: Readonly<Record<string, readonly [base: 2 | 10, exponent: number]>> = {
  n: [10, -9],
  u: [10, -6],
  m: [10, -3],
  "": [10, 0],
  k: [10, 3],
  M: [10, 6],
  G: [10, 9],
  T: [10, 12],
  P: [10, 15],
  E: [10, 18],
  Ki: [2, 10],
  Mi: [2, 20],
  Gi: [2, 30],
  Ti: [2, 40],
  Pi: [2, 50],
  Ei: [2, 60],
};

/** A quantity in billionths of its unit, rounded up as the server does; undefined where the text is none. */
export function parseAmount(text: string): bigint | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3})|([numkMGTPE]|[KMGTPE]i)?)$/.exec(text);
  if (!match || text.length > 64) return undefined;
  const [, sign, whole = "", fraction = "", exponent, suffix = ""] = match;
  if (whole + fraction === "") return undefined;
  const [base, power] = exponent === undefined ? SUFFIXES[suffix]! : ([10, Number(exponent)] as const);
  if (Math.abs(power) > 100) return undefined;
  let value = BigInt(whole + fraction);
  const ten = 9 - fraction.length + (base === 10 ? power : 0);
  if (base === 2) value <<= BigInt(power);
  if (ten >= 0) value *= 10n ** BigInt(ten);
  else {
    const divisor = 10n ** BigInt(-ten);
    value = (value + divisor - 1n) / divisor;
  }
  return sign === "-" ? -value : value;
}

/** Negative, zero or positive; undefined where one of the texts is no quantity. */
export function compareAmounts(a: string, b: string): number | undefined {
  const [left, right] = [parseAmount(a), parseAmount(b)];
  if (left === undefined || right === undefined) return undefined;
  return left < right ? -1 : left > right ? 1 : 0;
}

export const isZero = (text: string): boolean => parseAmount(text) === 0n;
