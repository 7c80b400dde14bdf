import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expectGolden } from "./golden.js";
import { say as sayIn, shownIn } from "./say.js";

const root = join(__dirname, "..");
const folder = join(root, "testdata/simulation");
const shop = readdirSync(join(root, "examples/shop"), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".yaml"))
  .sort();
const files = Object.fromEntries([
  ["books.yaml", readFileSync(join(folder, "bookstore.yaml"), "utf8")],
  ["drain.yaml", readFileSync(join(folder, "drain.yaml"), "utf8")],
  ["hostile.yaml", 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "a\\e[31mb"}\n'],
  ["queries.txt", "["],
  ...shop.map((path) => [`shop/${path}`, readFileSync(join(root, "examples/shop", path), "utf8")]),
]);

/** What a command says, and its exit code. */
const say = (command: string, terminalWidth?: number): Promise<string> =>
  sayIn(`${command} --kubernetes-version 1.34`, { files, standardInput: files["books.yaml"], terminalWidth }).then(
    (said) => said.replace(" --kubernetes-version 1.34", ""),
  );

const ASKED: Readonly<Record<string, readonly string[]>> = {
  simulate: [
    "simulate books.yaml",
    "simulate --nodes 2 --assume-namespaces --sort books.yaml",
    "simulate --nodes 2 --sort --without ConfigMap/settings --without ServiceAccount/web books.yaml",
    "simulate --nodes 2 --verbose books.yaml",
  ],
  drain: [
    "simulate --nodes 2 --drain node-1 drain.yaml",
    "simulate --nodes 1 --drain node-1 drain.yaml",
    "simulate --nodes 1 --drain node-x drain.yaml",
  ],
  "simulate-shop": ["simulate --nodes 3:cpu=2,memory=8Gi,zones=3 shop"],
  "simulate-usage": [
    "simulate --nodes none books.yaml",
    "simulate --nodes 2:cpu=many books.yaml",
    "simulate --without Deployment/wbe books.yaml",
    "simulate --queries queries.txt books.yaml",
    "simulate --nods 2 books.yaml",
    "simulate absent.yaml",
    "describe",
    "describe deploy/wbe books.yaml",
    "describe gadgets/web books.yaml",
    "describe deploy/web --at noon books.yaml",
    "describe svc/kube/web books.yaml",
  ],
  describe: [
    "describe deploy/web books.yaml",
    "describe po web books.yaml --nodes 1:cpu=1",
    "describe svc/web books.yaml",
    "describe svc/database books.yaml",
    "describe sts database books.yaml",
    "describe cronjob/report --at 2025-03-28T12:00:00Z books.yaml",
    "describe secret/database books.yaml",
    "describe cm/settings books.yaml",
    "describe sa/books/web books.yaml",
    "describe role/reader books.yaml",
    "describe netpol/database books.yaml",
    "describe node/node-1 books.yaml",
    "describe ns/books books.yaml",
  ],
  "describe-shop": ["describe deploy/cart shop", "describe deploy/orders shop", "describe ing/shop shop"],
};

test.each(Object.entries(ASKED))("%s", async (name, commands) => {
  const said: string[] = [];
  for (const command of commands) said.push(await say(command));
  expectGolden(join(folder, `${name}.out`), said.join("\n"));
});

test("a narrow terminal", async () => {
  const said = await say("simulate --nodes 2 books.yaml", 60);
  expectGolden(join(folder, "narrow.out"), said);
  // What is a word of its own, as places are, is not broken.
  const long = said.split("\n").filter((line) => line.length > 60 && !line.includes("books.yaml"));
  expect(long).toEqual([]);
});

test("values of Secrets are never told", async () => {
  for (const command of ["describe secret/database", "describe deploy/web", "describe po/web", "simulate --verbose"])
    expect(await say(`${command} books.yaml`)).not.toMatch(/not-to-be-shown|bm90LXRvLWJl/);
});

test("JSON has the objects that are there, and not what was assumed among the documents", async () => {
  const said = await say("simulate --nodes 2 --assume-namespaces --output json books.yaml");
  const { documents, nodes } = JSON.parse(said.slice(said.indexOf("{"), said.lastIndexOf("}") + 1));
  expect(documents[0]).toMatchObject({ index: 0, kind: "Namespace", name: "books" });
  expect(nodes).toHaveLength(2);
});

test.each(["simulate", "describe"])("the documentation of %s shows what is said", async (page) => {
  const shown = shownIn(readFileSync(join(root, `docs/${page}.md`), "utf8"));
  expect(shown.length).toBeGreaterThan(0);
  for (const { command, said } of shown)
    expect(said).toBe((await say(command)).split("\n").slice(1, -2).join("\n").concat("\n"));
});

test("names do not reach the terminal as escape sequences", async () => {
  for (const command of ["simulate", "simulate --verbose", "describe cm/x"]) {
    const said = await say(`${command} hostile.yaml`);
    expect(said).toMatch(/exit code [12]/);
    expect(said.includes("\u001b")).toBe(false);
  }
  expect(await say("simulate hostile.yaml")).toContain("a␛[31mb");
});
