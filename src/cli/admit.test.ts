import type { FileSystem } from "../input/index.js";
import type { Host } from "./host.js";
import { run } from "./main.js";

async function admit(text: string, ...flags: string[]) {
  let out = "";
  const nothing = (): never => {
    throw new Error("nothing there");
  };
  const fileSystem: FileSystem = {
    readFile: nothing,
    readFolder: nothing,
    stat: () => undefined,
    realPath: () => undefined,
  };
  const host: Host = {
    fileSystem,
    workingDirectory: "/",
    environment: {},
    terminalWidth: undefined,
    progressVisible: false,
    readStandardInput: () => Buffer.from(text),
    writeFile: nothing,
    out: (written) => {
      out += written;
    },
    err: (written) => {
      out += written;
    },
  };
  const code = await run(["admit", "-", ...flags], host);
  return {
    code,
    out,
    lines: () =>
      out
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
  };
}

const OBJECTS = `apiVersion: v1
kind: ConfigMap
metadata: {name: A_}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: b
  labels: {x: "1", x: "2"}
datum: {}
---
apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {k: 1}}
  - {apiVersion: v1, kind: ConfigMap, metadata: {name: d}}
---
a: [
`;

test("a line for each object, each cause at its place", async () => {
  const { code, out, lines } = await admit(OBJECTS, "--output", "json", "--isolated");
  expect(code).toBe(1);
  const seen = lines().map(({ line, name, code, causes }) => [
    line,
    name,
    code,
    ...causes.map((cause: { field: string; range: { start: { line: number; column: number } } }) => {
      const { start } = cause.range;
      return `${cause.field} ${start.line}:${start.column}`;
    }),
  ]);
  expect(seen).toEqual([
    [1, "A_", 422, "metadata.name 3:18"],
    [5, "b", 400, "metadata.labels.x 9:20", "datum 10:1"],
    [15, "c", 400, "data.k 15:70"],
    [16, "d", 201],
    [18, undefined, 400, expect.stringMatching(/^ 18:/)],
  ]);
  expect(out).not.toContain("undefined");
});

const CLASS = "{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: high}, value: 7}";
const POD =
  "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {priorityClassName: high, containers: [{name: a, image: a}]}}";

test("objects meet each other as if applied in order, unless they are isolated", async () => {
  const together = await admit(`${CLASS}\n---\n${POD}\n`, "--output", "json");
  expect(together.lines()[1].object.spec.priority).toBe(7);
  expect(together.code).toBe(0);
  const alone = await admit(`${CLASS}\n---\n${POD}\n`, "--output", "json", "--isolated");
  expect(alone.lines()[1]).toMatchObject({ allowed: false, code: 403 });
});

test("for people", async () => {
  const { out } = await admit(OBJECTS);
  expect(out).toContain(
    '-:1:1 ConfigMap "A_" would be refused (422 Invalid)\n\n  -:3:18 error FieldValueInvalid  metadata.name',
  );
  expect(out).toMatch(/\n4 refused, 1 allowed\n$/);
});

test("an empty list is an object that no server has as a kind", async () => {
  const { lines } = await admit("{apiVersion: v1, kind: List, items: []}", "--output", "json");
  expect(lines()).toMatchObject([{ code: 404, reason: "NoMatch" }]);
});

test("an unknown version is a usage error", async () => {
  expect((await admit("", "--kubernetes-version", "1.99")).code).toBe(2);
});
