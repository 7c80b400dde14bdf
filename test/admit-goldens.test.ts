import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { nodeFileSystem } from "../src/cli/node-file-system.js";
import { expectGolden } from "./golden.js";
import { answer, shownIn } from "./say.js";

const folder = join(__dirname, "../testdata/admit");

/** What `kubeproof admit` says of a manifest of testdata/admit, handed to it on standard input. */
const admit = async (name: string, ...flags: string[]): Promise<string> =>
  (await admitPaths(["-"], name, flags)).replaceAll(/^(\s*)-:(?=\d)/gm, `$1${name}:`);

const admitPaths = (paths: readonly string[], stdin: string, flags: readonly string[] = []): Promise<string> =>
  answer(["admit", ...paths, "--kubernetes-version", "1.34", ...flags].join(" "), {
    files: nodeFileSystem,
    workingDirectory: folder,
    standardInput: readFileSync(join(folder, stdin), "utf8"),
  });

const manifests = readdirSync(folder).filter((name) => name.endsWith(".yaml"));

test.each(manifests)("%s", async (name) => {
  expectGolden(join(folder, name.replace(".yaml", ".out")), await admit(name, "--verbose"));
});

test("the documentation shows what is said", async () => {
  const shown = shownIn(readFileSync(join(__dirname, "../docs/admit.md"), "utf8"));
  expect(shown.length).toBeGreaterThan(0);
  for (const { command, said } of shown) expect(said).toBe(await admit(command.replace("admit ", "")));
});

test("no value of a Secret is shown, and colours only where they are asked for", async () => {
  const plain = await admit("shop.yaml", "--verbose");
  expect(plain).not.toMatch(/hunter2|aHVudGVyMg|\u001b/);
  expect(await admit("shop.yaml", "--color", "always")).toContain("\u001b[");
});

test("files are read as lint reads them: examples in Markdown, no patches, standard input in its turn", async () => {
  const ok = join(folder, "../ok");
  const out = await admitPaths([join(ok, "notes.md"), "-", join(ok, "operator-scaffold/default")], "web.yaml");
  expect(out.match(/^\S+ .* would be/gm)?.map((line) => line.replace(`${ok}/`, ""))).toEqual([
    'notes.md:13:3 ConfigMap "notes" would be',
    '-:1:1 Namespace "shop" would be',
    '-:7:1 Deployment "shop/web" would be',
    '-:18:1 Pod "shop/debug" would be',
    '-:28:1 ConfigMap "shpo/settings" would be',
    '-:32:1 Service "shop/web" would be',
  ]);
});
