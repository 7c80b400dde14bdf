import fc from "fast-check";
import { editDistance, nearestName } from "./nearest-name.js";

const word = fc.string({ unit: fc.constantFrom("a", "b", "C", "d"), maxLength: 8 });

test.each([
  ["outptu", ["config", "output", "rule"], "output"],
  ["contaners", ["containers", "initContainers"], "containers"],
  ["configmaps", ["ConfigMaps"], "ConfigMaps"],
  ["replicas", ["selector"], undefined],
  ["ports", ["port", "porta"], "port"],
])("%s among %j is %s", (name, candidates, nearest) => expect(nearestName(name, candidates)).toBe(nearest));

test("a distance is the same with and without a bound that it keeps, both ways round", () => {
  fc.assert(
    fc.property(word, word, fc.nat(8), (a, b, most) => {
      const distance = editDistance(a, b, 100);
      expect(editDistance(b, a, 100)).toBe(distance);
      expect(editDistance(a, b, most)).toBe(distance <= most ? distance : Number.POSITIVE_INFINITY);
    }),
  );
});

test("no candidate is nearer than the one that is offered", () => {
  fc.assert(
    fc.property(word, fc.array(word), (name, candidates) => {
      const nearest = nearestName(name, candidates);
      if (nearest === undefined || nearest.toLowerCase() === name.toLowerCase()) return;
      const distance = editDistance(name, nearest, 100);
      for (const other of candidates.filter((c) => c !== name))
        expect(editDistance(name, other, 100)).toBeGreaterThanOrEqual(distance);
    }),
  );
});
