import fc from "fast-check";
import { findFences } from "./markdown.js";
import { readText } from "./read-input.js";

const POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\n";
const indented = (text: string, by: number) => text.replace(/^(?=.)/gm, " ".repeat(by));

test.each([
  "yaml",
  "yml",
  "YAML",
  "json",
  "yaml:pod.yaml",
  'yaml title="pod.yaml"',
  "{.yaml}",
  "yaml {linenos=table}",
  "yaml{1,3}",
  " yaml",
])("a fence marked %j is read", (info) => {
  expect(readText("a.md", `# Text\n\n\`\`\`${info}\n${POD}\`\`\`\n`).manifests).toHaveLength(1);
});

test.each(["", "bash", "yamllint", "json5", "text yaml", "helm"])("a fence marked %j is not", (info) => {
  expect(findFences(`\`\`\`${info}\n${POD}\`\`\`\n`)).toEqual([]);
});

test("a fence ends with its own mark, at least as long, or with the text", () => {
  expect(findFences("````yaml\na: |\n ```\n````\n")[0]!.span).toEqual({ start: 9, end: 19 });
  expect(findFences("~~~yaml\na: 1\n```\nb: 2")[0]!.span).toEqual({ start: 8, end: 21 });
});

test("what is commented out is not read", () => {
  expect(findFences(`<!--\n\`\`\`yaml\n${POD}\`\`\`\n-->\n<!-- x -->\n\`\`\`yaml\na: 1\n\`\`\`\n`)).toHaveLength(1);
});

test("an indented fence has its documents split and its spans in the file", () => {
  const text = `1. Apply:\n   \`\`\`yaml\n${indented(`${POD}---\n${POD.replace("shop", "cart")}`, 3)}   \`\`\`\n`;
  const input = readText("a.md", text);
  expect(input.manifests.map(({ value, document }) => [value.metadata, document.index])).toEqual([
    [{ name: "shop" }, 0],
    [{ name: "cart" }, 1],
  ]);
  const name = input.manifests[1]!.document.root!.entries()[2]!.value.entries()[0]!.value;
  expect(text.slice(name.span.start, name.span.end)).toBe("cart");
});

describe("fragments", () => {
  const read = (body: string, info = "yaml") => readText("a.md", `\`\`\`${info}\n${body}\`\`\`\n`);

  test("are checked as YAML and no more", () => {
    const input = read("spec:\n  replicas: [\n");
    expect(input.manifests).toEqual([]);
    expect(input.documents[0]!.document.problems.length).toBeGreaterThan(0);
    expect(input.skipped.map(({ reason }) => reason)).toEqual(["fragment"]);
  });

  test.each([
    ["left out lines", `${POD}...\nspec: {}\n`],
    ["left out lines in a comment", `${POD}spec:\n  # ...\n`],
    ["commands", `kubectl apply -f - <<EOF\n${POD}EOF\n`],
    ["a template", `${POD}spec: {{ x }}\n`],
    ["a Hugo shortcode", '{{< codenew file="pod.yaml" >}}\n'],
    ["an object without a name", "apiVersion: v1\nkind: Pod\nspec: {}\n"],
    ["a part of a Deployment", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {replicas: 2}\n"],
  ])("%s: nothing is said", (_, body) => {
    const input = read(body);
    expect(input.manifests).toEqual([]);
    expect(input.documents).toEqual([]);
    expect(input.skipped).toHaveLength(1);
  });

  test("alternatives under the same key are no mistake, nor is JSON that is no manifest", () => {
    expect(read("tag: 1\n\ntag: 2\n").documents).toEqual([]);
    expect(read('{"a": }\n', "json").documents).toEqual([]);
  });
});

test("spans stay inside their fence and name what they cover, whatever stands around", () => {
  const prose = fc.array(
    fc.constantFrom("text", "", "* item", "> quote", "`code`", "    code", "| a | b |", "---", "<!-- note -->"),
    { maxLength: 4 },
  );
  const fence = fc.record({
    mark: fc.constantFrom("```", "~~~", "`````"),
    indent: fc.integer({ min: 0, max: 6 }),
    info: fc.constantFrom("yaml", "yml", "json", "bash", ""),
    name: fc.stringMatching(/^x[a-z]{1,8}$/),
    second: fc.boolean(),
    newline: fc.constantFrom("\n", "\r\n"),
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(prose, fence), { maxLength: 5 }), (parts) => {
      const wanted: string[] = [];
      const text = parts
        .map(([lines, { mark, indent, info, name, second, newline }]) => {
          const names = second && info !== "json" ? [name, `${name}2`] : [name];
          const body = names
            .map((n) =>
              info === "json"
                ? `{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "${n}"}}`
                : `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${n}`,
            )
            .join("\n---\n");
          if (/yaml|yml|json/.test(info)) wanted.push(...names);
          return `${lines.join("\n")}\n\n${indented(`${mark}${info}\n${body}\n${mark}`, indent)}\n`.replaceAll(
            "\n",
            newline,
          );
        })
        .join("");
      const input = readText("a.md", text);
      const fences = findFences(text);
      expect(input.manifests.map(({ value }) => (value.metadata as { name: string }).name)).toEqual(wanted);
      expect(input.manifests.map(({ document }) => document.index)).toEqual(wanted.map((_, i) => i));
      for (const { document } of input.manifests) {
        const { span, root } = document;
        expect(fences.some((one) => one.span.start <= span.start && span.end <= one.span.end)).toBe(true);
        for (const entry of root!.entries()) {
          expect(text.slice(entry.key.span.start, entry.key.span.end).replaceAll('"', "")).toBe(entry.name);
          if (entry.value.kind === "scalar")
            expect(text.slice(entry.value.span.start, entry.value.span.end).replaceAll('"', "")).toBe(
              entry.value.value,
            );
        }
        expect(document.problems).toEqual([]);
      }
    }),
    { numRuns: 300 },
  );
});
