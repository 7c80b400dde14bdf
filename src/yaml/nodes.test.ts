import { SourceFile } from "../source/source-file.js";
import { locate, readDocuments, type YamlNode } from "./index.js";

const read = (text: string) => readDocuments(new SourceFile("a.yaml", text))[0]!;

/** `path: style "text"` of each scalar. */
function scalars(text: string): string[] {
  const document = read(text);
  const lines: string[] = [];
  const visit = (node: YamlNode, path: string): void => {
    if (node.kind === "scalar") lines.push(`${path} ${node.style} ${JSON.stringify(document.source.slice(node.span))}`);
    for (const { name, value } of node.entries()) visit(value, `${path}.${name}`);
    node.items().forEach((item, i) => {
      visit(item, `${path}[${i}]`);
    });
  };
  if (document.root) visit(document.root, "");
  return lines;
}

test("scalars have the place of their content, with quotes and headers", () => {
  expect(
    scalars(`plain: a b   # c
multi: one
  two
quoted: "x\\ny"
single: 'it''s'
tagged: !!str &x 1
literal: |-
  first
    second

folded: >+
  some
  text

none:
flow: [a, "b", {c: d, e}]
`),
  ).toEqual([
    '.plain plain "a b"',
    '.multi plain "one\\n  two"',
    '.quoted double-quoted "\\"x\\\\ny\\""',
    ".single single-quoted \"'it''s'\"",
    '.tagged plain "1"',
    '.literal literal "|-\\n  first\\n    second"',
    '.folded folded ">+\\n  some\\n  text\\n\\n"',
    '.none plain ""',
    '.flow[0] plain "a"',
    '.flow[1] double-quoted "\\"b\\""',
    '.flow[2].c plain "d"',
    '.flow[2].e plain ""',
  ]);
});

test("collections go from their first content to the end of their last", () => {
  const document = read("a:\n  - b: 1\n    c: [2]   # x\n\n  - d\n");
  const at = (path: string) => document.source.slice(locate(document, path)!.node.span);
  expect(at("a")).toBe("- b: 1\n    c: [2]   # x\n\n  - d");
  expect(at("a[0]")).toBe("b: 1\n    c: [2]");
  expect(at("a[0].c")).toBe("[2]");
  expect(document.source.slice(document.span)).toBe("a:\n  - b: 1\n    c: [2]   # x\n\n  - d");
});

test("an alias is the anchored node, with a place of its own", () => {
  const document = read("a: &x {b: 1}\nc: *x\n");
  const { node } = locate(document, "c")!;
  expect(node.kind).toBe("mapping");
  expect(document.source.slice(node.alias!)).toBe("*x");
  expect(document.source.slice(node.span)).toBe("{b: 1}");
  expect(locate(document, "c.b")!.node.value).toBe(1);
});

test("merged entries come last, and only where nothing overrides them", () => {
  const document = read("x: &x {a: 1, b: 2}\ny: &y {b: 3, c: 4}\nz:\n  <<: [*x, *y]\n  c: 5\n  d: 6\n");
  const { node } = locate(document, "z")!;
  expect(node.entries().map(({ name, value }) => [name, value.value])).toEqual([
    ["c", 5],
    ["d", 6],
    ["a", 1],
    ["b", 2],
  ]);
  expect(Object.fromEntries(node.entries().map(({ name, value }) => [name, value.value]))).toEqual(node.value);
});

test("of a key given twice the last one counts, for nodes too", () => {
  const document = read("a: 1\nb: 2\na: 3\n");
  expect(document.value).toEqual({ a: 3, b: 2 });
  expect(locate(document, "a")!.span).toEqual({ start: 13, end: 14 });
  expect(document.decodes).toBe(true);
});

test("keys are named as the API server names them", () => {
  const document = read("yes: 1\n0x10: 2\n1.50: 3\n1e6: 4\n~x: 5\n'null': 6\n__proto__: 7\n");
  expect(Object.keys(document.value as object)).toEqual(["16", "true", "1.5", "1e+06", "~x", "null", "__proto__"]);
  expect(document.root!.entries().map(({ name }) => name)).toEqual([
    "true",
    "16",
    "1.5",
    "1e+06",
    "~x",
    "null",
    "__proto__",
  ]);
});

test("comments are those of the document, and no others", () => {
  const documents = readDocuments(
    new SourceFile(
      "a.yaml",
      "# above\na: '# no' # yes\nb: |  # header\n  # no\nc: x#no\n# below\n--- # of the second\nd: [ # in\n]\n",
    ),
  );
  expect(documents.map((document) => document.comments().map(({ text }) => text))).toEqual([
    ["# above", "# yes", "# header", "# below"],
    ["# of the second", "# in"],
  ]);
});

test("documents are cut at --- alone, and JSON objects follow each other", () => {
  const values = (text: string) => readDocuments(new SourceFile("a.yaml", text)).map(({ value }) => value);
  expect(values("")).toEqual([]);
  expect(values("# only\n")).toEqual([]);
  expect(values("---\na: 1\n---\n\n--- # c\n- b\n---a\n")).toEqual([{ a: 1 }, undefined, ["b"]]);
  expect(values('{"a": 1}\n{"b": 2}{"c": 3}\n')).toEqual([{ a: 1 }, { b: 2 }, { c: 3 }]);
  expect(values("a: |\n  ---\n  x\nb: 1\n")).toEqual([{ a: "---\nx\n", b: 1 }]);
});

test("a region is read as if it stood alone, at its places in the text", () => {
  const text = "1. first\n\n   ```yaml\n   a: |\n     x\n      y\n   ---\n   b: [1]\n   ```\n";
  const start = text.indexOf("   a:");
  const documents = readDocuments(new SourceFile("a.md", text), { start, end: text.indexOf("   ```\n", start) });
  expect(documents.map(({ value }) => value)).toEqual([{ a: "x\n y\n" }, { b: [1] }]);
  const { span } = locate(documents[1]!, "b[0]")!;
  expect(text.slice(span.start, span.end)).toBe("1");
});
