import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { withValue } from "../../../test/with-value.js";
import { simulate } from "../simulation/simulate.js";
import { outcomeOf } from "./outcome.js";

const FILE = join(__dirname, "../../../testdata/conformance/simulation/scenarios.jsonl.gz");
const scenarios: { readonly documents: readonly unknown[] }[] = gunzipSync(readFileSync(FILE))
  .toString()
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

const mutation = fc.record({
  document: fc.nat(30),
  steps: fc.array(fc.nat(20), { minLength: 1, maxLength: 8 }),
  // What a field may hold, and what has a meaning in some field.
  value: fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom<unknown>(
      0,
      -1,
      2_000_000_000,
      "100%",
      "50%",
      "0",
      "1Ei",
      "app",
      "shop",
      "web",
      "Exists",
      {},
      [],
      null,
    ),
  ),
});

test("whatever documents hold, a simulation ends and has an outcome", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...scenarios),
      fc.array(mutation, { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 25, max: 35 }),
      ({ documents }, mutations, minor) => {
        const changed = [...documents];
        for (const { document, steps, value } of mutations) {
          const index = document % changed.length;
          changed[index] = withValue(changed[index], steps, value);
        }
        const outcome = outcomeOf(simulate(changed, { minor }));
        expect(outcome.documents).toHaveLength(changed.length);
      },
    ),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 400) },
  );
});
