import fc from "fast-check";
import { dump } from "js-yaml";
import { isAlias, isMap, isScalar, isSeq, parseAllDocuments, stringify } from "yaml";
import { SourceFile } from "../source/source-file.js";
import { locate, readDocuments, writeJson, type YamlDocument, type YamlNode } from "./index.js";

const read = (text: string): YamlDocument[] => readDocuments(new SourceFile("test.yaml", text));
const RUNS = { numRuns: Number(process.env.FUZZ_RUNS ?? 200) };

/** Letters that mean something to YAML, and some that only look like it. */
const texts = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."ab:#-?,[]{}&*!|>'\"%@`\\ \n\t~yn01.é漢😀") }),
  fc.constantFrom(
    "yes",
    "no",
    "on",
    "~",
    "null",
    "0x1F",
    "1_000",
    ".5",
    "1e3",
    "<<",
    "=",
    "- a",
    "a: b",
    "# c",
    "---",
    "...",
  ),
  fc.string(),
);
// Line breaks of YAML 1.1 that neither partner writes as escapes.
const values = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: "small" },
    texts.filter((s) => !/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/.test(s)),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }).map((n) => n + 0),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(
      // The yaml package writes the key "<<" without quotes, which makes it a merge.
      texts.filter((s) => s !== "<<" && !/[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/.test(s)),
      tie("value"),
      { maxKeys: 5, noNullPrototype: true },
    ),
  ),
})).value;

describe("values written by others read back equal", () => {
  test("JSON.stringify, on one line and indented", () => {
    fc.assert(
      fc.property(values, fc.constantFrom(0, 1, 2, 8), (value, indent) => {
        const [document] = read(JSON.stringify(value, null, indent));
        expect(document?.problems.filter((p) => p.severity === "error")).toEqual([]);
        expect(document?.value).toEqual(value);
      }),
      RUNS,
    );
  });

  test("yaml", () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 5 }), fc.boolean(), (value, indent, indentSeq) => {
        // Its block scalars may begin with a tab, or stand at column 0, which the API server does not take.
        const options = { version: "1.1", indent, indentSeq, aliasDuplicateObjects: false, blockQuote: false } as const;
        const [document] = read(stringify(value, options));
        expect(document?.problems.filter((p) => p.severity === "error")).toEqual([]);
        expect(document?.value ?? null).toEqual(value);
      }),
      RUNS,
    );
  });

  test("js-yaml", () => {
    fc.assert(
      fc.property(values, (value) => {
        const [document] = read(dump({ v: value }, { noRefs: true, lineWidth: 40 }));
        expect(document?.problems.filter((p) => p.severity === "error")).toEqual([]);
        expect(document?.value).toEqual({ v: value });
      }),
      RUNS,
    );
  });

  test("writeJson reads back", () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(JSON.parse(writeJson(read(JSON.stringify(value))[0]!)!)).toEqual(value);
      }),
      RUNS,
    );
  });
});

/** Every node with its path and its parent's span. */
function* walk(
  node: YamlNode,
  path: (string | number)[] = [],
): Generator<[YamlNode, (string | number)[], YamlNode | undefined]> {
  yield [node, path, undefined];
  for (const { name, value } of node.entries()) {
    for (const [n, p, parent] of walk(value, [...path, name])) yield [n, p, parent ?? node];
  }
  for (const [i, item] of node.items().entries()) {
    for (const [n, p, parent] of walk(item, [...path, i])) yield [n, p, parent ?? node];
  }
}

test("spans lie within each other, and located ones decode to the value", () => {
  fc.assert(
    fc.property(values, fc.integer({ min: 2, max: 4 }), (value, indent) => {
      const text = `# above\n${stringify(value, { version: "1.1", indent, aliasDuplicateObjects: false })}`;
      const document = read(text)[0];
      if (!document?.root) return;
      for (const [node, path, parent] of walk(document.root)) {
        expect(node.span.start).toBeGreaterThanOrEqual(parent?.span.start ?? document.span.start);
        expect(node.span.end).toBeLessThanOrEqual(parent?.span.end ?? document.span.end);
        const located = locate(document, path);
        expect(located?.exists).toBe(true);
        expect(located?.node.value).toEqual(node.value);
        expect(
          path.reduce<unknown>((v, step) => (v as Record<string | number, unknown>)[step], document.value),
        ).toEqual(node.value);
        if (node.kind !== "scalar" || node.style === "literal" || node.style === "folded") continue;
        const own = text.slice(node.span.start, node.span.end);
        if (own !== "") expect(read(` ${own}`)[0]?.value).toEqual(node.value);
      }
    }),
    RUNS,
  );
});

test("agrees with the yaml package on values and on the places of scalars", () => {
  fc.assert(
    fc.property(fc.array(values, { minLength: 1, maxLength: 3 }), fc.integer({ min: 2, max: 4 }), (all, indent) => {
      const options = { version: "1.1", indent, aliasDuplicateObjects: false, lineWidth: 40 } as const;
      const text = all.map((value) => `---\n${stringify(value, options)}`).join("");
      const theirs = parseAllDocuments(text, { version: "1.1" });
      const ours = read(text);
      expect(ours.length).toBe([...theirs].length);
      for (const [i, document] of [...theirs].entries()) {
        if (document.errors.length > 0) continue;
        const compare = (node: YamlNode | undefined, other: unknown): void => {
          if (isScalar(other)) {
            if (other.range && other.type !== "BLOCK_LITERAL" && other.type !== "BLOCK_FOLDED" && other.source !== "") {
              expect([node?.span.start, node?.span.end]).toEqual([other.range[0], other.range[1]]);
            }
          } else if (isMap(other)) {
            const entries = node?.entries() ?? [];
            expect(entries.length).toBe(other.items.length);
            for (const [j, pair] of other.items.entries()) {
              compare(entries[j]?.key, pair.key);
              compare(entries[j]?.value, pair.value);
            }
          } else if (isSeq(other)) for (const [j, item] of other.items.entries()) compare(node?.items()[j], item);
          else if (isAlias(other)) expect(node?.alias).toBeDefined();
        };
        compare(ours[i]?.root, document.contents);
      }
    }),
    RUNS,
  );
});
