import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import fc from "fast-check";
import { SourceFile } from "../source/source-file.js";
import { readDocuments } from "../yaml/index.js";
import { configJsonSchema, parseConfig } from "./index.js";
import { SAMPLE_RULES } from "./testing/sample-rules.js";

const isValid = new Ajv({ strict: false, allErrors: true }).compile(configJsonSchema(SAMPLE_RULES));
const accepts = (text: string): boolean =>
  parseConfig(new SourceFile("kubeproof.yaml", text), SAMPLE_RULES).config !== undefined;
const decoded = (text: string): unknown => readDocuments(new SourceFile("kubeproof.yaml", text))[0]?.value ?? null;

const testdata = join(__dirname, "../../testdata/config");
const files = ["ok", "err"].flatMap((verdict) =>
  readdirSync(join(testdata, verdict))
    .filter((file) => !file.endsWith(".out"))
    .map((file) => [verdict, file] as const),
);

test.each(files)("agrees with the check on %s/%s", (verdict, file) => {
  const value = decoded(readFileSync(join(testdata, verdict, file), "utf8"));
  expect([isValid(value), isValid.errors]).toEqual([verdict === "ok", verdict === "ok" ? null : expect.anything()]);
});

test("is a schema by the rules of JSON schema, without references that lead nowhere", () => {
  const ajv = new Ajv({ strict: true, strictTypes: false, strictTuples: false });
  expect(ajv.validateSchema(configJsonSchema(SAMPLE_RULES))).toBe(true);
  expect(() => ajv.compile(configJsonSchema(SAMPLE_RULES))).not.toThrow();
});

/** Configurations of which about half are right: the right values, now and then one that is not. */
const rarely = <T>(right: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 30, arbitrary: right as fc.Arbitrary<unknown> },
    { weight: 1, arbitrary: fc.constantFrom(null, 7, -1, true, "x", "", [], {}, ["off"], { a: 1 }, "error") },
  );
const globs = rarely(
  fc.oneof(
    fc.constantFrom("a/**", "b"),
    fc.array(rarely(fc.constantFrom("a", "**/*.yaml", "b/{c,d}/[ef]*")), { minLength: 1, maxLength: 3 }),
  ),
);
const severity = rarely(fc.constantFrom("off", "note", "warning", "error", "on", true, false));
const choice = (options: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  rarely(fc.oneof(severity, fc.tuple(severity), fc.tuple(severity, rarely(options))));
const rules = rarely(
  fc.record(
    {
      "image-tag-latest": choice(fc.constant({})),
      "min-replicas": choice(fc.record({ replicas: rarely(fc.integer({ min: 1, max: 100 })) }, { requiredKeys: [] })),
      "labels-missing": choice(
        fc.record(
          {
            labels: rarely(fc.array(rarely(fc.constantFrom("a", "b")))),
            kinds: rarely(fc.array(rarely(fc.constantFrom("Pod", "Service")))),
            style: rarely(fc.constantFrom("kebab", "camel")),
            strict: rarely(fc.boolean()),
          },
          { requiredKeys: [] },
        ),
      ),
    },
    { requiredKeys: [] },
  ),
);
const preset = rarely(fc.constantFrom("minimal", "recommended", "strict"));
const external = rarely(fc.constantFrom("Secret/a", "ConfigMap/*/b-*", "ClusterRole/system:*", "secret/a", "Secret/"));
const kind = rarely(fc.constantFrom("Secret", "example.com/Database", "Secrt", "example.com/database", "/Pod"));
const fieldPath = rarely(
  fc.constantFrom("spec.a[*].b", "spec.a", "metadata.annotations[example.com/a]", "name", "a[0].b", "spec..a", "[*]"),
);
const reference = fc.oneof(
  fc.record(
    { from: kind, path: fieldPath, to: kind, name: fieldPath, optional: rarely(fc.boolean()) },
    { requiredKeys: ["from", "path", "to"] },
  ),
  fc.record(
    { from: kind, path: fieldPath, to: kind, key: fieldPath, namespace: fieldPath },
    { requiredKeys: ["from", "path"] },
  ),
);
const configuration = rarely(
  fc.record(
    {
      kubernetesVersion: rarely(fc.constantFrom("1.25", "1.34", "v1.35.2", 1.34)),
      extends: rarely(fc.oneof(preset, fc.array(preset, { maxLength: 3 }))),
      exclude: globs,
      rules,
      externals: rarely(fc.oneof(external, fc.array(external, { maxLength: 3 }))),
      overrides: rarely(fc.array(rarely(fc.record({ files: globs, rules })), { maxLength: 2 })),
      crds: globs,
      references: rarely(fc.array(rarely(reference), { maxLength: 2 })),
    },
    { requiredKeys: [] },
  ),
);

test("and the check accept the same configurations", () => {
  let accepted = 0;
  let refused = 0;
  fc.assert(
    fc.property(configuration, (value) => {
      const text = JSON.stringify(value);
      const verdict = accepts(text);
      if (verdict) accepted++;
      else refused++;
      return verdict === isValid(decoded(text));
    }),
    { numRuns: 1500 },
  );
  expect(Math.min(accepted, refused)).toBeGreaterThan(200);
});

test("and the check refuse the same single mistakes", () => {
  const right = { extends: ["strict"], rules: { "min-replicas": ["error", { replicas: 3 }] } };
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom("extends", "rules", "exclude", "externals", "overrides", "references"),
      (value, key) => {
        const text = JSON.stringify({ ...right, [key]: value });
        const valid = isValid(decoded(text));
        // Whether the text of a glob is one, a schema cannot say.
        return accepts(text) === valid || (valid && (key === "exclude" || key === "overrides"));
      },
    ),
    { numRuns: 1500 },
  );
});
