import fc from "fast-check";
import type { Node, Pod } from "../../apis/types/core.v1.generated.js";
import { PodProfiles } from "./pod-profile.js";
import { podTerm, termMatches } from "./pod-terms.js";
import { SchedulingState } from "./scheduling-state.js";

const NAMESPACES: Readonly<Record<string, Readonly<Record<string, string>>>> = { shop: { team: "a" }, data: {} };
const namespaceLabels = (name: string) => NAMESPACES[name] ?? {};

const value = fc.constantFrom("x", "y");
const labels = fc.dictionary(fc.constantFrom("app", "tier", "zone"), value, { maxKeys: 3 });
const namespace = fc.constantFrom(...Object.keys(NAMESPACES));
const pod = fc.record({ name: fc.nat({ max: 30 }), namespace, labels, node: fc.constantFrom("n1", "n2", "") }).map(
  ({ name, namespace: where, labels: own, node }) =>
    ({
      metadata: { name: `p${name}`, namespace: where, labels: own },
      spec: { nodeName: node, containers: [{ name: "c", resources: { requests: { cpu: "100m" } } }] },
      status: {},
    }) as unknown as Pod,
);
const term = fc
  .record({
    namespaces: fc.subarray(Object.keys(NAMESPACES)),
    namespaceSelector: fc.option(fc.constantFrom({}, { matchLabels: { team: "a" } }), { nil: undefined }),
    selector: fc.option(
      fc.record({
        matchLabels: labels,
        matchExpressions: fc.array(
          fc.record({
            key: fc.constantFrom("app", "tier"),
            operator: fc.constantFrom("In", "NotIn", "Exists", "DoesNotExist"),
            values: fc.array(value, { minLength: 1, maxLength: 2 }),
          }),
          { maxLength: 2 },
        ),
      }),
      { nil: undefined },
    ),
  })
  .map(podTerm);

const nodeOf = (name: string) =>
  ({ metadata: { name }, status: { allocatable: { cpu: "4", pods: "110" } } }) as unknown as Node;

test("counts that are kept up Pod by Pod are those that counting anew gives", () => {
  const step = fc.oneof(
    fc.record({ place: pod }),
    fc.record({ displace: fc.nat({ max: 30 }) }),
    fc.record({ ask: fc.array(term, { minLength: 1, maxLength: 2 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.array(term, { minLength: 1, maxLength: 2 }), (steps, last) => {
      const state = new SchedulingState(namespaceLabels);
      const profiles = new PodProfiles();
      for (const name of ["n1", "n2"]) state.putNode(nodeOf(name));
      const placed = new Map<string, Pod>();
      const check = (terms: typeof last) => {
        const expected = new Map<string, number>();
        for (const one of placed.values())
          if (terms.every((each) => termMatches(each, one, namespaceLabels)))
            expected.set(one.spec.nodeName!, (expected.get(one.spec.nodeName!) ?? 0) + 1);
        expect(new Map(state.countOf(terms))).toEqual(expected);
      };
      for (const action of steps) {
        if ("ask" in action) check(action.ask);
        else {
          const key = "place" in action ? profiles.place(action.place).key : `shop/p${action.displace}`;
          const before = state.placed(key);
          if (before !== undefined) state.displace(before);
          placed.delete(key);
          if ("place" in action) {
            state.place(profiles.place(action.place));
            placed.set(key, action.place);
          }
        }
      }
      check(last);
      for (const { name, used, pods } of state.nodes.values()) {
        const here = [...placed.values()].filter(({ spec }) => spec.nodeName === name);
        expect([used.cpu ?? 0, pods.size]).toEqual([here.length * 100, here.length]);
      }
    }),
  );
});
