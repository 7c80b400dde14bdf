import { join } from "node:path";
import type { Host } from "./host.js";
import { run } from "./main.js";
import { nodeFileSystem } from "./node-file-system.js";

const bookstore = join(__dirname, "../../testdata/graph/bookstore");

async function graph(
  ...argv: string[]
): Promise<{ code: number; out: string; err: string; files: Map<string, string> }> {
  let out = "";
  let err = "";
  const files = new Map<string, string>();
  const host: Host = {
    fileSystem: nodeFileSystem,
    workingDirectory: bookstore,
    environment: {},
    terminalWidth: undefined,
    progressVisible: false,
    readStandardInput: () => new TextEncoder().encode("apiVersion: v1\nkind: Service\nmetadata: {name: only}\n"),
    writeFile: (path, text) => void files.set(path, text),
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  };
  const code = await run(["graph", ...argv], host);
  return { code, out, err, files };
}

test("prints Mermaid, and writes files where asked to", async () => {
  const { code, out } = await graph(bookstore);
  expect(code).toBe(0);
  expect(out).toMatch(/^flowchart LR\n/);
  const { out: nothing, files } = await graph(bookstore, "-o", "json=a.json", "-o", "html=a.html");
  expect(nothing).toBe("");
  expect([...files.keys()]).toEqual(["a.json", "a.html"]);
});

test("reads standard input", async () => {
  expect((await graph("-")).out).toContain("Service<br/>only");
});

test("draws what is around an object", async () => {
  const { out } = await graph(bookstore, "--focus", "service/books/stock", "--depth", "0", "-o", "json");
  expect(JSON.parse(out).nodes.map(({ id }: { id: string }) => id)).toEqual(["core/Service/books/stock"]);
});

test.each([
  [["--focus", "Deployment/shopp"], 'Did you mean "Deployment/shop"?'],
  [["--focus", "shop"], "--focus takes Kind/name"],
  [["--kind", "Deploymnt"], 'Did you mean "Deployment"?'],
  [["--namespace", "book"], 'Did you mean "books"?'],
  [["--depth", "2"], "--depth goes with --focus"],
  [["--focus", "Service/stock", "--depth", "far"], "--depth takes a number of steps"],
  [["--output", "png"], "--output takes mermaid"],
])("%j is a mistake in the call", async (argv, message) => {
  const { code, out, err } = await graph(bookstore, ...argv);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain(message);
});

test("a path that is not there", async () => {
  expect((await graph(join(bookstore, "nowhere"))).code).toBe(2);
});
