import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { gunzipSync } from "node:zlib";
import { admitObject, ClusterSoFar } from "../index.js";

/** What a control plane of 1.34 answered to objects that were created one after the other. */
interface Scenario {
  readonly name: string;
  readonly objects: readonly unknown[];
  readonly answers: readonly {
    readonly code: number;
    readonly causes?: readonly string[];
    readonly warnings?: number;
    /** Of custom resources, what is beside metadata. */
    readonly stored?: unknown;
  }[];
}

const FILE = join(__dirname, "../../../testdata/conformance/admission/scenarios.jsonl.gz");
const scenarios: Scenario[] = gunzipSync(readFileSync(FILE))
  .toString()
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

/** All that may be answered otherwise: the addresses that the cluster has for Services are its own affair. */
const KNOWN_OTHERWISE: readonly string[] = ["012-clusterip-collision 3", "012-clusterip-collision 5"];

/** The objects of a scenario that are answered otherwise. */
function otherwise({ name, objects, answers }: Scenario): string[] {
  const cluster = new ClusterSoFar(34);
  return objects.flatMap((object, i) => {
    const verdict = admitObject(object, { minor: 34, surroundings: cluster });
    if (verdict.object) cluster.apply(verdict.object);
    const { code, causes, warnings = 0, stored } = answers[i]!;
    // Policies give neither a reason nor a field.
    const told = verdict.causes.map(({ reason, field }) =>
      reason === "PolicyDenied" ? "undefined undefined" : `${reason} ${field}`,
    );
    const found = [...new Set(told)].sort();
    const { apiVersion: _, kind: __, metadata: ___, ...rest } = verdict.object ?? {};
    const same =
      verdict.code === code &&
      verdict.warnings.length === warnings &&
      (causes === undefined || isDeepStrictEqual(found, causes)) &&
      (stored === undefined || JSON.stringify(sorted(rest)) === JSON.stringify(sorted(stored)));
    return same ? [] : [`${name} ${i}`];
  });
}

/** With the keys of objects in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}

test("objects that meet each other are answered as by a control plane", () => {
  expect(scenarios.reduce((count, { answers }) => count + answers.length, 0)).toBeGreaterThan(700);
  expect(scenarios.flatMap(otherwise).filter((place) => !KNOWN_OTHERWISE.includes(place))).toEqual([]);
});
