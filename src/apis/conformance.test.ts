import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { admitObject, EMPTY_CLUSTER, type Verdict } from "./index.js";

const FOLDER = join(__dirname, "../../testdata/conformance/apiserver");
const FLOORS = join(FOLDER, "floors.json");

interface Operation {
  readonly op: "add" | "remove" | "replace";
  readonly path: string;
  readonly value?: unknown;
}
interface Case {
  readonly object: unknown;
  readonly code: number;
  readonly causes: readonly string[];
  readonly warnings: number;
  readonly stored?: unknown;
}
interface Score {
  cases: number;
  decision: number;
  causes: number;
  stored: number;
  warnings: number;
}

const kinds = readdirSync(join(FOLDER, "v1.34")).map((name) => name.replace(".jsonl.gz", ""));
const admit = (value: unknown): Verdict => admitObject(value, { minor: 34, surroundings: EMPTY_CLUSTER });

function readCases(kind: string): Case[] {
  const lines = gunzipSync(readFileSync(join(FOLDER, "v1.34", `${kind}.jsonl.gz`)))
    .toString()
    .trim()
    .split("\n");
  const cases: Case[] = [];
  let base: unknown;
  for (const line of lines) {
    const { object, ops, code, causes = [], warnings = 0, stored } = JSON.parse(line);
    if (ops === undefined) base = object;
    else cases.push({ object: patch(base, ops), code, causes, warnings, stored });
  }
  return cases;
}

function patch(base: unknown, operations: readonly Operation[]): unknown {
  const root: unknown = structuredClone(base);
  for (const { op, path, value } of operations) {
    const keys = path
      .slice(1)
      .split("/")
      .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
    const last = keys.pop()!;
    const at = keys.reduce<Record<string, unknown>>(
      (node, key) => node[key] as Record<string, unknown>,
      root as Record<string, unknown>,
    );
    if (!Array.isArray(at)) {
      if (op === "remove") delete at[last];
      else at[last] = value;
    } else if (op === "remove") at.splice(Number(last), 1);
    else if (op === "add") at.splice(last === "-" ? at.length : Number(last), 0, value);
    else at[Number(last)] = value;
  }
  return root;
}

const causesOf = ({ code, causes }: Verdict): string[] =>
  [...new Set(causes.map(({ reason, field }) => `${reason.replace(/^Field(Value)?/, "")} ${field}`))]
    .filter((text) => code === 422 || text.startsWith("Unknown "))
    .sort();

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

function scoreOf(cases: readonly Case[]): Score {
  const score: Score = { cases: cases.length, decision: 0, causes: 0, stored: 0, warnings: 0 };
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
  const floors: Record<string, Score> = JSON.parse(readFileSync(FLOORS, "utf8"));
  const scores = Object.fromEntries(kinds.map((kind) => [kind, scoreOf(readCases(kind))]));
  const fallen = kinds.flatMap((kind) =>
    (["decision", "causes", "stored", "warnings"] as const)
      .filter((figure) => scores[kind]![figure] < (floors[kind]?.[figure] ?? 0))
      .map((figure) => `${kind}: ${figure} ${scores[kind]![figure]}, was ${floors[kind]![figure]}`),
  );
  expect(fallen).toEqual([]);
  if (process.env.UPDATE)
    writeFileSync(FLOORS, `{\n${kinds.map((kind) => `  "${kind}": ${JSON.stringify(scores[kind])}`).join(",\n")}\n}\n`);
  const total = (figure: keyof Score) => kinds.reduce((sum, kind) => sum + scores[kind]![figure], 0);
  const percent = (figure: keyof Score) => `${((100 * total(figure)) / total("cases")).toFixed(2)} % ${figure}`;
  process.stdout.write(
    `API server, of ${total("cases")} answers the same: ${(["decision", "causes", "stored", "warnings"] as const).map(percent).join(", ")}\n`,
  );
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
