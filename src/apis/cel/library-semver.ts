import type { CelFunction, CelFunctions } from "./function-table.js";
import { CelError, CelOpaque, type CelValue } from "./values.js";

interface Version {
  readonly numbers: readonly [bigint, bigint, bigint];
  readonly prerelease: readonly string[];
}

const LONGEST = 500;
const SEMVER =
  /^(0|[1-9]\d{0,18})\.(0|[1-9]\d{0,18})\.(0|[1-9]\d{0,18})(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?$/;

/** Reads a version of https://semver.org; with `normalize`, also `v1.2`, with missing parts and leading zeros. */
function readVersion(text: string, normalize: boolean): Version | undefined {
  if (text.length > LONGEST) return undefined;
  const match = SEMVER.exec(normalize ? normalized(text) : text);
  if (match === null) return undefined;
  const [, major, minor, patch, prerelease] = match;
  return {
    numbers: [BigInt(major!), BigInt(minor!), BigInt(patch!)],
    prerelease: prerelease?.split(".") ?? [],
  };
}

function normalized(text: string): string {
  const match = /^v?(\d+(?:\.\d+){0,2})([-+].*)?$/s.exec(text);
  if (match === null) return text;
  const parts = match[1]!.split(".").map((part) => part.replace(/^0+(?=\d)/, ""));
  while (parts.length < 3) parts.push("0");
  return `${parts.join(".")}${match[2] ?? ""}`;
}

function compareVersions(a: Version, b: Version): number {
  for (const i of [0, 1, 2] as const) if (a.numbers[i] !== b.numbers[i]) return a.numbers[i] < b.numbers[i] ? -1 : 1;
  if (a.prerelease.length === 0 || b.prerelease.length === 0)
    return Number(a.prerelease.length === 0) - Number(b.prerelease.length === 0);
  for (let i = 0; i < Math.min(a.prerelease.length, b.prerelease.length); i++) {
    const order = compareParts(a.prerelease[i]!, b.prerelease[i]!);
    if (order !== 0) return order;
  }
  return Math.sign(a.prerelease.length - b.prerelease.length);
}

/** Numbers come before words. */
function compareParts(a: string, b: string): number {
  const [isNumber, isOtherNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  if (isNumber && a.length !== b.length) return a.length < b.length ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

const heldBy = (value: CelValue | undefined): Version | undefined =>
  value instanceof CelOpaque && value.type === "kubernetes.Semver" ? (value.held as Version) : undefined;

const asValue = (version: Version): CelValue =>
  new CelOpaque<Version>("kubernetes.Semver", version, `${version.numbers.join(".")}-${version.prerelease.join(".")}`);

const number =
  (i: 0 | 1 | 2): CelFunction =>
  ([value]) =>
    heldBy(value)?.numbers[i];

const ofTwo =
  (call: (order: number) => CelValue): CelFunction =>
  ([value, other]) => {
    const [a, b] = [heldBy(value), heldBy(other)];
    return a && b && call(compareVersions(a, b));
  };

const read = ([text, normalize]: readonly CelValue[]): Version | undefined | null => {
  if (typeof text !== "string" || (normalize !== undefined && typeof normalize !== "boolean")) return null;
  return readVersion(text, normalize === true);
};

/** https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-semver-library */
export const SEMVER_FUNCTIONS: CelFunctions = {
  semver: (args) => {
    const version = read(args);
    if (version === null) return undefined;
    return version === undefined ? new CelError("the text is no semantic version") : asValue(version);
  },
  isSemver: (args) => {
    const version = read(args);
    return version === null ? undefined : version !== undefined;
  },
  major: number(0),
  minor: number(1),
  patch: number(2),
  compareTo: ofTwo((order) => BigInt(order)),
  isLessThan: ofTwo((order) => order < 0),
  isGreaterThan: ofTwo((order) => order > 0),
};
