import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Host } from "../src/cli/host.js";
import { run } from "../src/cli/main.js";
import { nodeFileSystem } from "../src/cli/node-file-system.js";
import { expectGolden } from "./golden.js";

const folder = join(__dirname, "../testdata/admit");

/** What `kubeproof admit` says of a manifest of testdata/admit, handed to it on standard input. */
const admit = async (name: string, ...flags: string[]): Promise<string> =>
  (await admitPaths(["-"], name, flags)).replaceAll(/^(\s*)-:(?=\d)/gm, `$1${name}:`);

async function admitPaths(paths: readonly string[], stdin: string, flags: readonly string[] = []): Promise<string> {
  let out = "";
  const host: Host = {
    fileSystem: nodeFileSystem,
    workingDirectory: folder,
    environment: {},
    terminalWidth: undefined,
    progressVisible: false,
    readStandardInput: () => readFileSync(join(folder, stdin)),
    writeFile: () => undefined,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      out += text;
    },
  };
  await run(["admit", ...paths, "--kubernetes-version", "1.34", ...flags], host);
  return out;
}

const manifests = readdirSync(folder).filter((name) => name.endsWith(".yaml"));

test.each(manifests)("%s", async (name) => {
  expectGolden(join(folder, name.replace(".yaml", ".out")), await admit(name, "--verbose"));
});

test("the documentation shows what is said", async () => {
  const text = readFileSync(join(__dirname, "../docs/admit.md"), "utf8");
  const shown = [...text.matchAll(/^```console\n\$ kubeproof admit (\S+)\n([\s\S]*?)^```$/gm)];
  expect(shown.length).toBeGreaterThan(0);
  for (const [, name, said] of shown) expect(said).toBe(await admit(name!));
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
