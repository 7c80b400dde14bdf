import fc from "fast-check";
import { FieldErrors } from "../meta/field-errors.js";
import { checkRules } from "./evaluate-rules.js";
import type { Schema } from "./schema-node.js";

const SCHEMA: Schema = {
  type: "object",
  "x-kubernetes-validations": [
    { rule: "self.metadata.name != 'bad'" },
    { rule: "self.metadata.name.size() < 20", fieldPath: ".spec.labels['a.b']", reason: "FieldValueForbidden" },
  ],
  properties: {
    spec: {
      type: "object",
      "x-kubernetes-validations": [
        { rule: "!has(self.min) || !has(self.max) || self.min <= self.max", fieldPath: ".min", message: "too high" },
        { rule: "!has(oldSelf.max) || has(self.max)" },
        { rule: "oldSelf.hasValue() || !has(self.until)", optionalOldSelf: true, reason: "FieldValueRequired" },
      ],
      properties: {
        min: { type: "integer" },
        max: { type: "integer" },
        share: { type: "number", "x-kubernetes-validations": [{ rule: "self < 2.0" }] },
        until: { type: "string", format: "date-time" },
        "dashed-name": { type: "string", "x-kubernetes-validations": [{ rule: "self == oldSelf" }] },
        port: { "x-kubernetes-int-or-string": true, "x-kubernetes-validations": [{ rule: "self + 1 > 0" }] },
        labels: { type: "object", additionalProperties: { type: "string" } },
        name: {
          type: "string",
          nullable: true,
          "x-kubernetes-validations": [{ rule: "self == oldSelf", messageExpression: "'it was ' + oldSelf" }],
        },
        steps: {
          type: "array",
          "x-kubernetes-list-type": "map",
          "x-kubernetes-list-map-keys": ["id"],
          items: {
            type: "object",
            properties: { id: { type: "string" }, size: { type: "integer" } },
            "x-kubernetes-validations": [{ rule: "!has(oldSelf.size) || self.size >= oldSelf.size" }],
          },
        },
        quota: {
          type: "object",
          additionalProperties: {
            type: "string",
            "x-kubernetes-validations": [{ rule: "isQuantity(self)", reason: "FieldValueDuplicate" }],
          },
        },
        free: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
      },
    },
  },
};

/** `old` makes it a change. */
function faults(spec: object, old?: object, name = "good"): string[] {
  const errors = new FieldErrors();
  const warnings: string[] = [];
  const resource = (content: object) => ({ apiVersion: "x.y/v1", kind: "X", metadata: { name }, spec: content });
  checkRules(
    SCHEMA,
    {
      value: resource(spec),
      old: old && resource(old),
      isUnknown: (value) => value === "${X}",
      warn: (text) => void warnings.push(`warning ${text}`),
    },
    errors,
  );
  return [...errors.causes.map(({ reason, field }) => `${reason} ${field}`), ...warnings];
}

test("a rule is reported at its place, with its reason", () => {
  expect(faults({ min: 1, max: 2, share: 1, port: 3, quota: { a: "1Gi" } })).toEqual([]);
  expect(faults({ min: 3, max: 2 })).toEqual(["FieldValueInvalid spec.min"]);
  expect(faults({ share: 2.5 })).toEqual(["FieldValueInvalid spec.share"]);
  expect(faults({ quota: { a: "1", b: "x" } })).toEqual(["FieldValueDuplicate spec.quota[b]"]);
  expect(faults({ port: "http" })).toEqual(["FieldValueInvalid spec.port"]);
  expect(faults({}, undefined, "bad")).toEqual(["FieldValueInvalid <nil>"]);
  expect(faults({}, undefined, "a".repeat(30))).toEqual(["FieldValueForbidden spec.labels[a.b]"]);
});

test("a rule that compares is asked of changes", () => {
  expect(faults({ name: "a" })).toEqual([]);
  expect(faults({ name: "b" }, { name: "a" })).toEqual(["FieldValueInvalid spec.name"]);
  expect(faults({ name: null }, { name: "a" })).toEqual([]);
  expect(faults({}, { max: 1 })).toEqual(["FieldValueInvalid spec"]);
  expect(faults({ "dashed-name": "x" }, { "dashed-name": "y" })).toEqual(["FieldValueInvalid spec.dashed-name"]);
  expect(faults({ until: "2024-01-01T00:00:00Z" })).toEqual(["FieldValueRequired spec"]);
  expect(faults({ until: "2024-01-01T00:00:00Z" }, { min: 1 })).toEqual([]);
});

test("items of lists that are maps are compared by their keys", () => {
  const steps = [
    { id: "a", size: 2 },
    { id: "b", size: 3 },
  ];
  expect(faults({ steps: [...steps].reverse() }, { steps })).toEqual([]);
  expect(faults({ steps: [{ id: "b", size: 1 }] }, { steps })).toEqual(["FieldValueInvalid spec.steps[0]"]);
});

test("what was wrong before and has not changed is let pass with a warning", () => {
  expect(faults({ min: 3, max: 2 }, { min: 3, max: 2 })).toEqual(["warning spec.min: too high"]);
  expect(faults({ min: 3, max: 2, name: "a" }, { min: 3, max: 2 })).toEqual(["FieldValueInvalid spec.min"]);
  expect(faults({ share: 3, min: 1 }, { share: 3 })).toEqual(["warning spec.share: self < 2.0"]);
});

test("nothing is said of what is not known", () => {
  expect(faults({ port: "${X}", quota: { a: "${X}" } })).toEqual([]);
});

test("the message is the expression's, or the rule itself", () => {
  const errors = new FieldErrors();
  const resource = { value: { metadata: {}, spec: { name: "b" } }, old: { metadata: {}, spec: { name: "a" } } };
  checkRules({ ...SCHEMA, "x-kubernetes-validations": [] }, resource, errors);
  expect(errors.causes[0]!.message).toBe("The value breaks a rule of its schema: it was a");
});

test("any value is judged", () => {
  const value = fc.letrec<{ any: unknown }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<unknown>(null, true, 0, -1, 1.5, "", "a", "1Gi", "2024-01-01T00:00:00Z", 9e99),
      fc.array(tie("any"), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom(
          ..."metadata name spec min max share until dashed-name port labels steps id size quota".split(" "),
        ),
        tie("any"),
        { maxKeys: 5 },
      ),
    ),
  })).any;
  fc.assert(
    fc.property(value, value, (now, before) => {
      checkRules(SCHEMA, { value: now, old: before }, new FieldErrors());
      checkRules(SCHEMA, { value: { spec: now }, old: { spec: before } }, new FieldErrors());
    }),
    { numRuns: 1000 },
  );
});
