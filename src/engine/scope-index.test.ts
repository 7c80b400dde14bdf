import fc from "fast-check";
import { ScopeIndex } from "./scope-index.js";

test("gives a stretch that holds the offset, the one that begins last, if any does", () => {
  const scope = fc.tuple(fc.nat(30), fc.nat(10)).map(([start, length]) => ({ scope: { start, end: start + length } }));
  fc.assert(
    fc.property(fc.array(scope), fc.nat(45), (items, offset) => {
      const holding = items.filter(({ scope: { start, end } }) => start <= offset && offset <= end);
      const found = new ScopeIndex(items).at(offset);
      expect(found?.scope.start).toBe(
        holding.length > 0 ? Math.max(...holding.map((item) => item.scope.start)) : undefined,
      );
      if (found) expect(found.scope.end).toBeGreaterThanOrEqual(offset);
    }),
  );
});
