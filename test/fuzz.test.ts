import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { RULES } from "../rules/index.js";
import { lint } from "../src/api.js";
import { readInput, readText } from "../src/input/index.js";
import { MemoryFileSystem } from "../src/input/testing/memory-file-system.js";
import { dedent } from "./rule-tester.js";

// What anybody may hand over must neither throw nor hang, and what is found must lie in the text. The same texts every
// time; `FUZZ_SEED=7 FUZZ_RUNS=20000 npx jest test/fuzz` looks further.
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const RUNS = Number(process.env.FUZZ_RUNS ?? 400);
/** Far above what a text of this size takes, so that a slow machine does not fail. */
const LONGEST = 20_000;

const shop = join(__dirname, "../examples/shop");
const bases: unknown[] = readFileSync(join(__dirname, "../testdata/conformance/schema/bases.jsonl"), "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => (JSON.parse(line) as { object: unknown }).object);

/** The examples of every rule, an application, and objects of every kind. */
const seeds: string[] = [
  ...RULES.flatMap((rule) => [...Object.values(rule.examples.bad), ...Object.values(rule.examples.good)]).map(
    (example) => dedent(typeof example === "string" ? example : example.manifests),
  ),
  ...readdirSync(shop, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(yaml|md)$/.test(name))
    .sort()
    .map((name) => readFileSync(join(shop, name), "utf8")),
  ...bases.map((object) => JSON.stringify(object, undefined, 2)),
];

/** What breaks readers: marks of YAML, JSON, Markdown and templates, and values no field expects. */
const PIECES = [
  ..."{}[],:-?&*!|>'\"%@`#~<\\\t\n\r\0",
  "\n---\n",
  "\n...\n",
  "\n- ",
  ": ",
  "\n  ",
  "\n    ",
  "\r\n",
  "\u2028",
  "\uFEFF",
  "\u00A0",
  "\uD800",
  "“",
  "null",
  "~",
  "{}",
  "[]",
  '""',
  "''",
  "0x1F",
  "017",
  "1e999",
  "-1",
  ".inf",
  ".nan",
  "9999999999999999999",
  "yes",
  "2001-01-01",
  "1:30",
  "<<: ",
  "<<: *a",
  "&a ",
  "*a",
  "*missing",
  "!!binary ",
  "!!str ",
  "!t ",
  "? ",
  "|-\n",
  ">+\n",
  "$patch: delete",
  "{{ x }}",
  "{% x %}",
  "${X}",
  "\n```yaml\n",
  "\n```\n",
  "apiVersion: v1",
  "kind: List\nitems:\n- ",
  "metadata:\n",
  "__proto__: ",
  "constructor: ",
  "toString",
  "spec: 3",
  "name: [1]",
  "sops: {mac: x}",
  "# kubeproof-ignore ",
  "[".repeat(200),
  "{a: ".repeat(200),
  "- ".repeat(200),
  "9".repeat(400),
];

/** A small generator of numbers: the same seed, the same texts. */
function makeRandom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

function mutate(text: string, random: (below: number) => number): string {
  let result = text;
  for (let times = 1 + random(4); times > 0; times--) {
    const at = random(result.length + 1);
    const end = Math.min(result.length, at + 1 + random(random(10) === 0 ? 2000 : 20));
    switch (random(7)) {
      case 0:
        result = result.slice(0, at);
        break;
      case 1:
        result = result.slice(0, at) + result.slice(end);
        break;
      case 2:
        result = result.slice(0, end) + result.slice(at, end).repeat(1 + random(5)) + result.slice(end);
        break;
      case 3: {
        const other = seeds[random(seeds.length)]!;
        const from = random(other.length + 1);
        result = result.slice(0, at) + other.slice(from, from + random(500)) + result.slice(end);
        break;
      }
      case 4:
        result =
          result.slice(0, at) + String.fromCharCode(random(random(2) === 0 ? 128 : 0x10000)) + result.slice(at + 1);
        break;
      default:
        result = result.slice(0, at) + PIECES[random(PIECES.length)]! + result.slice(random(2) === 0 ? at : end);
    }
  }
  return result.slice(0, LONGEST);
}

const ODD_VALUES: readonly unknown[] = [
  null,
  "",
  " ",
  0,
  -1,
  1.5,
  1e300,
  true,
  [],
  {},
  [null],
  [[]],
  [{}],
  { a: null },
  "a",
  "\u{1F600}",
  "x".repeat(300),
  "*",
  "1Gi",
  "-5",
  "0.5.0",
  "${X}",
  "http",
  { name: "a" },
  { matchLabels: null },
];

/** Puts odd values at random places of a JSON value: what decoding lets through, rules meet. */
function distort(value: unknown, random: (below: number) => number): unknown {
  if (random(25) === 0) return ODD_VALUES[random(ODD_VALUES.length)];
  if (Array.isArray(value)) {
    const items = value.map((item) => distort(item, random));
    return random(10) === 0 ? [...items, ...items] : items;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(() => random(30) > 0)
      .map(([key, inner]) => [key, distort(inner, random)]),
  );
}

/** Runs over the texts of a generator, each within its time; a failure shows the text. */
function over(
  next: (random: (below: number) => number) => string,
  check: (text: string, random: (below: number) => number) => void,
): void {
  for (let run = 0; run < RUNS; run++) {
    const random = makeRandom(SEED * 1_000_003 + run);
    const text = next(random);
    try {
      check(text, random);
    } catch (error) {
      throw new Error(`Run ${run} of seed ${SEED}, text ${JSON.stringify(text)}`, { cause: error });
    }
  }
}

const anySeed = (random: (below: number) => number): string => mutate(seeds[random(seeds.length)]!, random);

function lintAndCheck(path: string, text: string): void {
  const result = lint({ texts: [{ path, text }], config: { extends: ["strict"] } });
  expect(result.faults).toEqual([]);
  for (const { span, source, related } of result.diagnostics)
    for (const place of [{ span, source }, ...related]) {
      expect(place.span.start).toBeGreaterThanOrEqual(0);
      expect(place.span.end).toBeGreaterThanOrEqual(place.span.start);
      expect(place.span.end).toBeLessThanOrEqual(place.source.text.length);
    }
}

test("mutated manifests are linted without a fault, and findings lie in the text", () => {
  over(anySeed, (text, random) => {
    if (random(4) === 0) lintAndCheck("a.md", `\`\`\`yaml\n${text}\n\`\`\`\n`);
    else lintAndCheck("a.yaml", text);
  });
});

test("objects with odd values are linted without a fault", () => {
  over(
    (random) =>
      Array.from({ length: 1 + random(4) }, () => JSON.stringify(distort(bases[random(bases.length)], random))).join(
        "\n",
      ),
    (text) => lintAndCheck("a.jsonl", text),
  );
});

test("whatever a text is taken for, nothing of it is lost", () => {
  over(anySeed, (text, random) => {
    const path = ["a.yaml", "Kustomization", "kustomization.yaml", "values.yaml", "a.jsonl", "a.md", "a.txt"][
      random(7)
    ]!;
    const input = readText(path, text);
    expect(input.documents.length + input.skipped.length).toBeGreaterThan(0);
  });
});

test("random bytes are read", () => {
  over(
    (random) => Array.from({ length: random(300) }, () => String.fromCharCode(random(256))).join(""),
    (text, random) => {
      const head = [[], [0xff, 0xfe], [0xfe, 0xff], [0xef, 0xbb, 0xbf], [...Buffer.from("apiVersion: v1\nkind: ")]][
        random(5)
      ]!;
      const fs = new MemoryFileSystem({ "a.yaml": new Uint8Array([...head, ...Buffer.from(text, "latin1")]) });
      const input = readInput(fs, { paths: ["."], root: "/work" });
      expect(input.documents.length + input.skipped.length).toBeGreaterThan(0);
    },
  );
});

test("a kustomization of any content is read for what it says of others", () => {
  const kustomization =
    "resources: [a.yaml]\npatches:\n- path: p.yaml\nconfigMapGenerator:\n- name: a\n  files: [x=y]\n  envs: [a.env]\nhelmCharts:\n- valuesFile: v.yaml\n";
  over(
    (random) => mutate(kustomization, random),
    (text) => {
      const fs = new MemoryFileSystem({
        "kustomization.yaml": text,
        "a.yaml": "kind: Pod\nmetadata: {}\n",
        ".gitignore": text,
      });
      readInput(fs, { paths: ["a.yaml", "."], root: "/work" });
    },
  );
});

test.each([
  ["a mistake laid above the marker of its document", "a: b\n---\n: c\n"],
  [
    "a kind without apiVersion whose fields are of other types",
    "kind: Pod\nmetadata: {labels: [a]}\nspec: {containers: [{name: [a], image: {b: c}, volumeMounts: [{name: {a: b}}]}]}\n",
  ],
  [
    "an unseen kind whose Pod template is of other types",
    "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: a}\nspec: {template: {spec: {containers: 3, volumes: [1]}}}\n",
  ],
  [
    "a broken Service that a rule meets from its Pod",
    'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  selector: {app: a}\n  ports:\n    80, targetPort: "80"}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {app: a}}\nspec: {containers: [{name: a, image: "a:1"}]}\n',
  ],
])("found once: %s", (_, text) => lintAndCheck("a.yaml", text));
