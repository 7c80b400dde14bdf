import { impossibleSelection } from "./impossible-selection.js";

type Expression = readonly [key: string, operator: string, ...values: string[]];

const ask = (nodeSelector: Record<string, string>, ...terms: Expression[][]): readonly string[] | undefined =>
  impossibleSelection({
    containers: [],
    nodeSelector,
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: terms.map((expressions) => ({
            matchExpressions: expressions.map(([key, operator, ...values]) => ({ key, operator, values })),
          })),
        },
      },
    },
  })?.requirements;

test.each<[string, Record<string, string>, Expression[]]>([
  [
    "two values",
    {},
    [
      ["zone", "In", "a"],
      ["zone", "In", "b", "c"],
    ],
  ],
  ["a value that is excluded", { zone: "a" }, [["zone", "NotIn", "a", "b"]]],
  ["a label that is to be absent", { zone: "a" }, [["zone", "DoesNotExist"]]],
  [
    "there and not there",
    {},
    [
      ["zone", "Exists"],
      ["zone", "DoesNotExist"],
    ],
  ],
  [
    "no number between",
    {},
    [
      ["cores", "Gt", "4"],
      ["cores", "Lt", "5"],
    ],
  ],
  ["a value out of bounds", { cores: "4" }, [["cores", "Gt", "8"]]],
])("impossible: %s", (_, nodeSelector, expressions) => {
  expect(ask(nodeSelector, expressions)).toHaveLength(2);
});

test.each<[string, Record<string, string>, Expression[][]]>([
  ["a value in common", { zone: "a" }, [[["zone", "In", "a", "b"]]]],
  ["one of the alternatives", { zone: "a" }, [[["zone", "In", "b"]], [["zone", "Exists"]]]],
  [
    "absent is not one of them",
    {},
    [
      [
        ["zone", "NotIn", "a"],
        ["zone", "DoesNotExist"],
      ],
    ],
  ],
  [
    "a number between",
    {},
    [
      [
        ["cores", "Gt", "4"],
        ["cores", "Lt", "6"],
      ],
    ],
  ],
  ["other labels", { zone: "a" }, [[["disk", "In", "ssd"]]]],
  ["a placeholder", { zone: "${ZONE}" }, [[["zone", "In", "b"]]]],
  ["no alternatives", { zone: "a" }, []],
])("possible: %s", (_, nodeSelector, terms) => {
  expect(ask(nodeSelector, ...terms)).toBeUndefined();
});
