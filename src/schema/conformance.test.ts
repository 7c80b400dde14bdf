import { readFileSync } from "node:fs";
import { join } from "node:path";
import { collectCustomTypes, isRefusal, loadTypes } from "./index.js";

/**
 * Objects with the answer that an API server of 1.34 gave to each: bases.jsonl holds manifests, cases.jsonl JSON patches
 * (add, remove, replace) on them, with the status code and the unknown fields that strict decoding named.
 */
interface Operation {
  readonly op: "add" | "remove" | "replace";
  readonly path: string;
  readonly value?: unknown;
}
interface Case {
  readonly base: string;
  readonly ops: readonly Operation[];
  readonly code: number;
  readonly unknown?: readonly string[];
}

const folder = join(__dirname, "../../testdata/conformance/schema");
const lines = <T>(file: string): T[] =>
  readFileSync(join(folder, file), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as T);
const bases = new Map(
  lines<{ name: string; object: Record<string, unknown> }>("bases.jsonl").map(({ name, object }) => [name, object]),
);
const cases = lines<Case>("cases.jsonl");
const types = loadTypes(34, collectCustomTypes([]));

function patched({ base, ops }: Case): Record<string, unknown> {
  const object = structuredClone(bases.get(base)!);
  for (const { op, path, value } of ops) {
    const steps = path
      .slice(1)
      .split("/")
      .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
    const last = steps.pop()!;
    const parent = steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], object);
    const copy = structuredClone(value);
    if (!Array.isArray(parent)) {
      if (op === "remove") delete (parent as Record<string, unknown>)[last];
      else (parent as Record<string, unknown>)[last] = copy;
    } else if (op === "replace") parent[Number(last)] = copy;
    else
      parent.splice(
        last === "-" ? parent.length : Number(last),
        op === "remove" ? 1 : 0,
        ...(op === "add" ? [copy] : []),
      );
  }
  return object;
}

const results = cases.map((given) => ({ given, ...types.decode(patched(given)) }));
const describeCase = ({ base, ops }: Case): string => `${base} ${JSON.stringify(ops).slice(0, 200)}`;

test("nothing the server accepts is refused", () => {
  const accepted = results.filter(({ given }) => given.code === 201);
  const refused = accepted.filter(({ problems }) => problems.some(isRefusal));
  expect(refused.map(({ given, problems }) => [describeCase(given), problems.filter(isRefusal)])).toEqual([]);
  expect(accepted.length).toBeGreaterThan(2000);
});

test("exactly the unknown fields of the server are unknown", () => {
  // The server writes the keys of maps with a dot.
  const dotted = (path: string): string => path.replace(/\[(?!\d+\])([^\]]*)\]/g, ".$1");
  for (const { given, problems } of results) {
    const unknown = problems.flatMap((problem) => (problem.code === "unknown-field" ? dotted(problem.path) : []));
    if (given.code !== 400 || given.unknown)
      expect([describeCase(given), unknown]).toEqual([describeCase(given), given.unknown ?? []]);
  }
});

test("what was noticed of the refused ones still is", () => {
  const unnoticed = results.filter(({ given, problems }) => given.code !== 201 && !problems.some(isRefusal));
  expect(unnoticed.map(({ given }) => describeCase(given))).toEqual([]);
});

test("an object decodes to itself once it is clean", () => {
  for (const { name, object } of [...bases].map(([name, object]) => ({ name, object }))) {
    const once = structuredClone(object);
    types.decode(once);
    const twice = structuredClone(once);
    types.decode(twice);
    expect([name, twice]).toEqual([name, once]);
  }
});
