import { join } from "node:path";
import fc from "fast-check";
import { RULES } from "../../../rules/index.js";
import { expectGolden } from "../../../test/golden.js";
import { nodeFileSystem } from "../../cli/node-file-system.js";
import type { Cluster } from "../../cluster/index.js";
import { resolveSettings } from "../../config/index.js";
import { lint } from "../../engine/lint.js";
import { type Input, readInput, readText } from "../../input/index.js";
import { buildGraph, GRAPH_FORMATS, type Graph, selectGraph } from "./index.js";

const testdata = join(__dirname, "../../../testdata/graph");
const ABOUT = { toolVersion: "0.0.0", kubernetesVersion: "1.34" };

function graphOf(input: Input): Graph {
  const { minor, setting, externals } = resolveSettings(undefined, RULES);
  let cluster: Cluster | undefined;
  const { diagnostics, faults } = lint(input, {
    minor,
    rules: RULES,
    setting,
    externals,
    onCluster: (made) => {
      cluster = made;
    },
  });
  expect(faults).toEqual([]);
  return buildGraph(cluster!, diagnostics);
}

const ofText = (text: string): Graph => graphOf(readText("app.yaml", text));
const write = async (format: string, graph: Graph): Promise<string> => (await GRAPH_FORMATS[format]!())(graph, ABOUT);
const ALL = { namespaces: [], kinds: [], problems: false };

const bookstore = graphOf(readInput(nodeFileSystem, { paths: [join(testdata, "bookstore")], root: testdata }));

test.each(Object.keys(GRAPH_FORMATS))("a small project as %s", async (format) => {
  const extension = { mermaid: "mmd" }[format] ?? format;
  const text = await write(format, bookstore);
  expectGolden(join(testdata, `bookstore.${extension}`), text.replaceAll(`${testdata}/`, ""));
});

test("no format shows a Secret's value", async () => {
  for (const format of Object.keys(GRAPH_FORMATS)) expect(await write(format, bookstore)).not.toContain("hunter2");
});

test("the order of the files changes nothing but which comes first of equal objects", () => {
  const files = ["a", "b", "c"].map((name) => `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\n`);
  const ids = (text: string): string[] => ofText(text).nodes.map(({ id }) => id);
  expect(ids(files.join("---\n"))).toEqual(ids([...files].reverse().join("---\n")));
});

const names = (graph: Graph): string[] => graph.nodes.map(({ kind, name }) => `${kind} ${name}`);

test("parts of a graph: by kind, around an object, with problems", () => {
  expect(names(selectGraph(bookstore, { ...ALL, kinds: ["service"] }))).toEqual(["Service shop", "Service stock"]);
  const focus = { ids: new Set(["core/Service/books/stock"]), depth: 1 };
  expect(names(selectGraph(bookstore, { ...ALL, focus }))).toEqual([
    "Deployment stock",
    "Ingress shop",
    "Service stock",
  ]);
  const missing = selectGraph(bookstore, { ...ALL, problems: true });
  expect(names(missing)).toContain("ConfigMap shop-setings");
  expect(names(missing)).not.toContain("Secret db");
  expect(selectGraph(bookstore, { ...ALL, namespaces: ["elsewhere"] }).nodes).toEqual([]);
});

/** Names as nobody would dare, in a graph with an edge and something missing. */
const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    '"]; click n0 "javascript:alert(1)',
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "`md` **x**",
    '\\" ]; evil [label="',
    "end\n  evil --> n1",
    "%%{init: {}}%%",
    "#quot;]",
    "]]>&amp;<b>",
    "\u202egnp.exe",
    "\\",
    "\\N\\l",
    "{{x}}",
  ),
);

function graphWith(name: string): Graph {
  const node = { apiVersion: name, kind: name, namespace: name, name, missing: false, problems: [] };
  const problem = { severity: "error" as const, rule: "a", message: name, help: name, file: name, line: 1 };
  return {
    nodes: [
      { ...node, id: `a/${name}`, place: { file: name, line: 1 }, problems: [problem] },
      { ...node, id: `missing:${name}`, missing: true, place: undefined },
    ],
    edges: [
      {
        from: `a/${name}`,
        to: `missing:${name}`,
        verb: name,
        field: name,
        label: name,
        line: 1,
        selector: name,
        keys: [name],
        made: name,
        missing: true,
      },
    ],
    outsiders: [{ from: `a/${name}`, verb: name, field: name, line: 1, target: name }],
  };
}

/** What stands outside of quotes: the same whatever the names are. */
const skeleton = (text: string, quoted: RegExp): string => text.replace(quoted, '""');

test("texts of any kind stay within their quotes", async () => {
  const plain = graphWith("name");
  const shapes = {
    // Within Mermaid's quotes nothing but letters, digits, a few signs, entities and the line break between texts.
    mermaid: /"(?:[\p{L}\p{N} ._/+,:=-]|#\d+;|<br\/>)*"/gu,
    dot: /"(?:[^"\\\n]|\\.)*"/g,
  };
  const expected = new Map<string, string>();
  for (const [format, quoted] of Object.entries(shapes))
    expected.set(format, skeleton(await write(format, plain), quoted));
  await fc.assert(
    fc.asyncProperty(hostile, async (name) => {
      for (const [format, quoted] of Object.entries(shapes))
        expect(skeleton(await write(format, graphWith(name)), quoted)).toBe(expected.get(format));
      expect(JSON.parse(await write("json", graphWith(name))).nodes).toHaveLength(2);
    }),
    { numRuns: 300 },
  );
});

test("markup of any kind stays text in the picture and on the page", async () => {
  const tags = (text: string): string[] => [...text.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/"[^"]*"/g, '""'));
  const count = { svg: 0, html: 0 };
  for (const format of ["svg", "html"] as const) count[format] = tags(await write(format, graphWith("name"))).length;
  await fc.assert(
    fc.asyncProperty(hostile, async (name) => {
      for (const format of ["svg", "html"] as const) {
        const text = await write(format, graphWith(name));
        expect(tags(text)).toHaveLength(count[format]);
        expect(text).not.toMatch(/[\u202a-\u202e]/);
      }
      const page = await write("html", graphWith(name));
      const data = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)![1]!;
      expect(data).not.toMatch(/[<>]/);
      expect(JSON.parse(data).nodes).toHaveLength(2);
    }),
    { numRuns: 150 },
  );
});

test("every node is placed by itself, whatever the edges", async () => {
  const size = fc.integer({ min: 1, max: 40 });
  const graphs = size.chain((n) =>
    fc
      .array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1)), { maxLength: 120 })
      .map((pairs) =>
        ofText(
          Array.from(
            { length: n },
            (_, i) =>
              `apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a${i}}\nsecrets: [${pairs.filter(([from]) => from === i).map(([, to]) => `{name: s${to}}`)}]\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: s${i}, ownerReferences: [${pairs.filter(([, to]) => to === i).map(([from]) => `{apiVersion: v1, kind: ServiceAccount, name: a${from}, uid: x}`)}]}\n`,
          ).join("---\n"),
        ),
      ),
  );
  const { arrange, NODE } = await import("./arrange.js");
  fc.assert(
    fc.property(graphs, (graph) => {
      const placed = [...arrange(graph).nodes.values()];
      expect(placed).toHaveLength(graph.nodes.length);
      for (const [i, a] of placed.entries())
        for (const b of placed.slice(i + 1))
          expect(Math.abs(a.x - b.x) >= NODE.width - 1 || Math.abs(a.y - b.y) >= NODE.height - 1).toBe(true);
    }),
    { numRuns: 40 },
  );
});
