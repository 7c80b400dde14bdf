import fc from "fast-check";
import { withValue } from "../../../test/with-value.js";
import { admitDelete, admitObject, admitUpdate, ClusterSoFar } from "../index.js";
import { OBJECTS } from "./testing/sample-objects.js";

type Fields = Record<string, unknown>;

const steps = fc.array(fc.nat(20), { minLength: 1, maxLength: 7 });

test("no value makes an update throw, nor does any that is stored", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(OBJECTS)),
      fc.tuple(steps, fc.jsonValue()),
      fc.tuple(steps, fc.jsonValue()),
      fc.constantFrom("update" as const, "apply" as const),
      fc.integer({ min: 25, max: 35 }),
      (name, [path, value], [storedPath, storedValue], operation, minor) => {
        const options = { minor, surroundings: new ClusterSoFar(minor) };
        const made = admitObject(OBJECTS[name], options).object ?? OBJECTS[name];
        const { apiVersion, kind, metadata } = OBJECTS[name]!;
        const old = { ...(withValue(made, storedPath, storedValue) as Fields), apiVersion, kind, metadata };
        const changed = withValue(made, path, value);
        const verdict = admitUpdate(changed, old, { ...options, operation, lastApplied: old, lastWritten: value });
        expect(verdict.allowed).toBe(verdict.object !== undefined);
        expect(admitDelete(old, { minor, exists: true }).code).toBe(200);
      },
    ),
    { numRuns: 3000 },
  );
});
