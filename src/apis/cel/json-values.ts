import { CelFields, CelList, type CelValue, NOT_KNOWN } from "./values.js";

/**
 * A plain value as expressions see it where no schema says more: numbers without a fraction are integers. `NOT_KNOWN`
 * stands for itself, and so does what `isUnknown` says so of.
 */
export function valueOfJson(value: unknown, isUnknown?: (value: unknown) => boolean): CelValue {
  if (value === NOT_KNOWN || isUnknown?.(value)) return NOT_KNOWN;
  switch (typeof value) {
    case "string":
    case "boolean":
    case "bigint":
      return value;
    case "number":
      return Number.isInteger(value) ? BigInt(value) : value;
    case "object":
      if (value === null) return null;
      if (Array.isArray(value)) return new CelList(value, (item) => valueOfJson(item, isUnknown));
      return new CelFields(value as Record<string, unknown>, (item) => valueOfJson(item, isUnknown));
    default:
      return NOT_KNOWN;
  }
}
