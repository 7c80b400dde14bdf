import fc from "fast-check";
import { load } from "js-yaml";
import { SourceFile } from "../source/source-file.js";
import { readDocuments } from "../yaml/index.js";
import { writeYaml } from "./write-yaml.js";

test("as kubectl writes it", () => {
  const value = { a: [{ b: "yes", c: [] }, { d: { e: 1.5 } }], f: "0x1F", g: null, h: {}, "i: j": "k #l", m: "1e3" };
  expect(writeYaml(value)).toBe(
    'a:\n- b: "yes"\n  c: []\n- d:\n    e: 1.5\nf: "0x1F"\ng: null\nh: {}\n"i: j": "k #l"\nm: "1e3"\n',
  );
});

test("is read again as the same value", () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom("yes", "~", "1_0", "0o7", "2024-01-01", ".inf", "- a", "a: b", "<<", "="),
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      text,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(
        text.filter((key) => key !== "__proto__"),
        tie("value"),
        { maxKeys: 3, noNullPrototype: true },
      ),
    ),
  }));
  fc.assert(
    fc.property(value, (given) => {
      const written = writeYaml(given);
      expect(readDocuments(new SourceFile("a.yaml", written))[0]?.value).toEqual(given);
      expect(load(written)).toEqual(given);
    }),
  );
});
