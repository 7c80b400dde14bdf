import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { type Answered, causesOf, compareWithFloors, kindsIn, readAnswers } from "../../test/recorded-answers.js";
import { admitObject, EMPTY_CLUSTER, type Verdict } from "./index.js";

const FOLDER = join(__dirname, "../../testdata/conformance/apiserver");

const kinds = kindsIn(join(FOLDER, "v1.34"));
const readCases = (kind: string) => readAnswers(join(FOLDER, "v1.34"), kind);
const admit = (value: unknown): Verdict => admitObject(value, { minor: 34, surroundings: EMPTY_CLUSTER });

/** What the stored objects in the data are without. */
function comparable(object: Record<string, unknown> | undefined): unknown {
  const copy = structuredClone(object ?? {}) as {
    kind?: string;
    metadata?: { generation?: number };
    status?: { qosClass?: string };
    spec?: Record<string, unknown>;
  };
  delete copy.metadata?.generation;
  if (copy.kind === "Pod") copy.status = { qosClass: copy.status?.qosClass };
  else delete copy.status;
  return JSON.parse(JSON.stringify(copy));
}

function scoreOf(cases: readonly Answered[]) {
  const score = { cases: cases.length, decision: 0, causes: 0, stored: 0, warnings: 0 };
  for (const expected of cases) {
    const verdict = admit(expected.object);
    if (verdict.allowed === expected.code < 300) score.decision++;
    if (isDeepStrictEqual(causesOf(verdict), expected.causes)) score.causes++;
    if (verdict.warnings.length === expected.warnings) score.warnings++;
    if (expected.stored === undefined || isDeepStrictEqual(comparable(verdict.object), expected.stored)) score.stored++;
  }
  return score;
}

test("agrees with a real API server, kind by kind, no less than before", () => {
  const scores = Object.fromEntries(kinds.map((kind) => [kind, scoreOf(readCases(kind))]));
  const figures = ["decision", "causes", "stored", "warnings"] as const;
  expect(compareWithFloors(join(FOLDER, "floors.json"), scores, figures, "API server")).toEqual([]);
}, 60_000);

test("whatever stands in a field, there is an answer", () => {
  const bases = kinds.map((kind) => readCases(kind).find(({ code }) => code === 201)!.object);
  const places = bases.flatMap((base) => pathsIn(base).map((path) => ({ base, path })));
  const odd = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom("__proto__", -1, 2 ** 53, Number.MAX_VALUE, "\u0000", "a".repeat(10_000), {
      __proto__: null,
      constructor: 1,
    }),
  );
  fc.assert(
    fc.property(fc.nat(places.length - 1), odd, fc.boolean(), (place, value, within) => {
      const { base, path } = places[place]!;
      const object = structuredClone(base);
      const keys = [...path];
      const last = keys.pop()!;
      const at = keys.reduce<Record<string, unknown>>(
        (node, key) => node[key] as Record<string, unknown>,
        object as Record<string, unknown>,
      );
      at[last] = within ? { ...(at[last] as object), toString: value } : value;
      expect(typeof admit(object).allowed).toBe("boolean");
    }),
    { numRuns: 5000 },
  );
}, 60_000);

function pathsIn(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return path.length > 0 ? [[...path]] : [];
  const inner = Object.entries(value).flatMap(([key, item]) => pathsIn(item, [...path, key]));
  return path.length > 0 ? [[...path], ...inner] : inner;
}
