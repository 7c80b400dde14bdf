import fc from "fast-check";
import { decodeText } from "../source/decode-text.js";
import { SourceFile } from "../source/source-file.js";
import { readDocuments, writeJson, type YamlDocument, type YamlNode } from "./index.js";

const RUNS = { numRuns: Number(process.env.FUZZ_RUNS ?? 300) };

const MANIFEST = `# a service
apiVersion: v1
kind: Service
metadata: {name: "shop", labels: &labels {app: shop, 'tier': web}}
spec:
  selector: *labels
  ports:
  - name: http   # by name
    port: 80
    targetPort: 0x1F90
  - {name: https, port: 443}
---
apiVersion: v1
kind: ConfigMap
data:
  key: !!str 1
  long: "over
    two lines"
  ? explicit
  : value
  text: |-
    first
      second

    third
  folded: >+
    some
    text

...
---
- [a, [b, {c: d}], e: f]
- <<: [*x, {a: 1}]
- >
 x
`;

/** Whatever the text: every part is read, and every span lies within it. */
function readAll(text: string): YamlDocument[] {
  const documents = readDocuments(new SourceFile("fuzz.yaml", text));
  for (const document of documents) {
    const within = ({ start, end }: { start: number; end: number }) => {
      // Without `expect`, which would take most of the time.
      if (start < 0 || end < start || end > text.length)
        throw new Error(`span ${start}-${end} of ${JSON.stringify(text)}`);
    };
    within(document.span);
    for (const { span, related = [] } of document.problems) {
      within(span);
      for (const other of related) within(other.span);
    }
    for (const { span, text: comment } of document.comments()) {
      within(span);
      expect(comment.startsWith("#")).toBe(true);
    }
    writeJson(document);
    if (document.root) visit(document.root, within, { left: 2000 });
  }
  return documents;
}

function visit(node: YamlNode, within: (span: { start: number; end: number }) => void, budget: { left: number }): void {
  if (budget.left-- < 0) return;
  within(node.span);
  for (const { key, value } of node.entries()) {
    visit(key, within, budget);
    visit(value, within, budget);
  }
  for (const item of node.items()) visit(item, within, budget);
}

test("random bytes are read without a fault", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const { text, problems } = decodeText(bytes);
      for (const { offset } of problems) expect(offset).toBeLessThanOrEqual(text.length);
      readAll(text);
    }),
    RUNS,
  );
});

test("random signs of YAML are read without a fault", () => {
  const signs = fc.string({
    unit: fc.constantFrom(..."ab:#-?,[]{}&*!|>'\"%@\\ \n\t\r<~1.\u0085\u2028\u00a0“"),
    maxLength: 40,
  });
  fc.assert(
    fc.property(signs, (text) => void readAll(text)),
    { numRuns: RUNS.numRuns * 5 },
  );
});

test("manifests cut off, mutated and spliced are read without a fault", () => {
  const offset = fc.nat(MANIFEST.length);
  const insert = fc.constantFrom(
    "",
    " ",
    "\n",
    "\t",
    ":",
    ": ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    '"',
    "'",
    "#",
    "&a ",
    "*a",
    "!",
    "|",
    ">",
    "---\n",
    "...\n",
    "? ",
    ",",
    "\u0000",
    "<<: ",
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(offset, fc.nat(3), insert), { maxLength: 4 }),
      offset,
      fc.boolean(),
      (edits, end, cut) => {
        let text = MANIFEST;
        for (const [at, remove, added] of edits) text = text.slice(0, at) + added + text.slice(at + remove);
        readAll(cut ? text.slice(0, end) : text);
      },
    ),
    { numRuns: RUNS.numRuns * 3 },
  );
});

test("what is broken in a document does not hide the next", () => {
  const offset = fc.nat(MANIFEST.length);
  fc.assert(
    fc.property(offset, (end) => {
      const documents = readDocuments(new SourceFile("a.yaml", `${MANIFEST.slice(0, end)}\n---\nkind: Last\n`));
      expect(documents.at(-1)?.value).toEqual({ kind: "Last" });
    }),
    RUNS,
  );
});

test("a placeholder at the very beginning has its place within the text", () => {
  for (const text of ["{{}a", "{{}a}", "{{", "{%", "{{ x }} y"]) readAll(text);
});

describe("hostile texts cost little and end in one clear error", () => {
  const cases: Record<string, [text: string, code: string | undefined]> = {
    "deep brackets": ["[".repeat(1_000_000), "too-deep"],
    "deep braces": ['{"a":'.repeat(500_000), "too-deep"],
    "deep dashes": [`${"- ".repeat(100_000)}x`, "too-deep"],
    "deep explicit keys": [`${"? ".repeat(100_000)}x`, "too-deep"],
    "a staircase": [Array.from({ length: 12_000 }, (_, i) => `${" ".repeat(i)}a:\n`).join(""), "too-deep"],
    "billion laughs": [
      `a: &a [x,x,x,x,x,x,x,x,x,x]\n${[..."bcdefghij"].map((c, i) => `${c}: &${c} [${`*${"abcdefghij"[i]},`.repeat(10)}]\n`).join("")}`,
      "excessive-aliasing",
    ],
    "merged laughs": [
      `a: &a {k: 1}\n${Array.from({ length: 3000 }, (_, i) => `b${i}: {<<: [${"*a,".repeat(50)}]}\n`).join("")}`,
      "merge-override",
    ],
    "a chain of anchors": [
      Array.from({ length: 11_000 }, (_, i) => `- &a${i} [${i ? `*a${i - 1}` : 1}]\n`).join(""),
      undefined,
    ],
    "the same key over and over": ["a: 1\n".repeat(500_000), "duplicate-key"],
    "the same keys in one mapping": [`{${"a: 1, b: 2, ".repeat(200_000)}}`, "duplicate-key"],
    "many keys": [Array.from({ length: 200_000 }, (_, i) => `key${i}: ${i}\n`).join(""), undefined],
    "many keys on a line": [
      JSON.stringify(Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [`key${i}`, i]))),
      undefined,
    ],
    "a huge scalar": [`a: "${"x".repeat(10_000_000)}"`, undefined],
    "a huge plain scalar over lines": [`a: ${"word\n ".repeat(1_000_000)}`, undefined],
    "a huge key": [`${"x".repeat(5_000_000)}: 1`, "bad-key"],
    "quotes that are never closed": [`${'a: "b\n'.repeat(300_000)}`, "unclosed-quote"],
    "brackets that are never closed": ["a: [\n".repeat(300_000), undefined],
    "tabs everywhere": ["\ta\n".repeat(300_000), "tab-indentation"],
    "lines that are no keys": ["b: 1\n- x\n".repeat(200_000), "bad-indentation"],
    "control characters": ["\u0001".repeat(1_000_000), "bad-character"],
    "many documents": ["---\na: 1\n".repeat(200_000), undefined],
    "dashes in a row": ["--- ".repeat(500_000), undefined],
    "many anchors": [Array.from({ length: 200_000 }, (_, i) => `- &a${i} x\n- *a${i}\n`).join(""), undefined],
    "many digits": [`a: ${"1".repeat(1_000_000)}\nb: 0x${"f".repeat(1_000_000)}`, undefined],
    "many underscores": [`a: 1${"_".repeat(1_000_000)}x`, undefined],
    "escapes without end": [`a: "${"\\q".repeat(500_000)}"`, "bad-escape"],
    "blank lines": [`a: |\n${"\n".repeat(2_000_000)}  x`, undefined],
    comments: ["#\n".repeat(2_000_000), undefined],
    tags: ["!a ".repeat(500_000), undefined],
    "an alias as deep as it goes": [`${"&a [".repeat(5000)}x${"]".repeat(5000)}`, undefined],
  };
  test.each(Object.keys(cases))("%s", (name) => {
    const [text, code] = cases[name]!;
    const documents = readDocuments(new SourceFile("hostile.yaml", text));
    const problems = documents.flatMap((document) => document.problems);
    if (code) expect(problems.map((problem) => problem.code)).toContain(code);
    expect(problems.length).toBeLessThan(1100);
    if (documents[0]) writeJson(documents[0]);
  });
});
