/** Beyond six digits before the point, and four zeros behind it, Go writes numbers with an exponent. */
const MOST_POWER = 6;
const LEAST_POWER = -4;

/** A number in its shortest form, as Go's `%g` writes it. */
export function doubleText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const [digits, exponent] = value.toExponential().split("e") as [string, string];
  const power = Number(exponent);
  if (power >= LEAST_POWER && power < MOST_POWER) return String(value);
  return `${digits}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

/** With a number of digits behind the point, and with an exponent where `exponent` is set. */
export function fixedText(value: number, digits: number, exponent = false): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
  if (!exponent) return value.toFixed(digits);
  return value.toExponential(digits).replace(/e([-+])(\d)$/, "e$10$2");
}
