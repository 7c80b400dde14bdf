import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Host } from "../src/cli/host.js";
import { run } from "../src/cli/main.js";
import { MemoryFileSystem } from "../src/input/testing/memory-file-system.js";
import { expectGolden } from "./golden.js";

const folder = join(__dirname, "../testdata/reach");
const manifests = readFileSync(join(folder, "shop.yaml"), "utf8");

/** What a command says about the manifests of testdata/reach, and its exit code. */
async function say(command: string): Promise<string> {
  let out = "";
  const take = (text: string): void => {
    out += text;
  };
  const host: Host = {
    fileSystem: new MemoryFileSystem({ "shop.yaml": manifests }),
    workingDirectory: "/work",
    environment: {},
    terminalWidth: undefined,
    progressVisible: false,
    readStandardInput: () => Buffer.from(manifests),
    writeFile: () => undefined,
    out: take,
    err: take,
  };
  const code = await run(command.split(" "), host);
  return `$ kubeproof ${command}\n${out}[exit code ${code}]\n`;
}

const ASKED: Readonly<Record<string, readonly string[]>> = {
  allowed: [
    "reach deploy/web svc/api shop.yaml",
    "reach deployment/web svc/api --port 80 shop.yaml",
    "reach shop/deployment/api sts/db --port 5432 shop.yaml",
    "reach 203.0.113.5 deploy/web shop.yaml",
    "reach node deploy/api --port http shop.yaml",
    "reach deploy/prometheus deploy/api --port metrics shop.yaml",
    "reach deploy/api svc/payments --port 443 shop.yaml",
  ],
  denied: [
    "reach deploy/prometheus deploy/api --port http shop.yaml",
    "reach deploy/web svc/db shop.yaml",
    "reach internet deploy/api --port 8080 shop.yaml",
    "reach sts/db internet --port 443 shop.yaml",
    "reach 203.0.113.200 deploy/web shop.yaml",
    "reach ing/shop svc/api shop.yaml",
    "reach internet ing/shop shop.yaml",
    "reach ns/monitoring sts/db shop.yaml",
    "reach deploy/web svc/payments --port 443 shop.yaml",
  ],
  unknown: ["reach ds/agent sts/db shop.yaml", "reach 203.0.113.0/24 deploy/web shop.yaml"],
  usage: [
    "reach deploy/wbe svc/api shop.yaml",
    "reach deploy/db svc/api shop.yaml",
    "reach deploy/web svc/api -n monitoring shop.yaml",
    "reach deploy/web shop.yaml",
    "reach deploy/web",
    "reach internet 10.0.0.1 shop.yaml",
    "reach 300.1.2.3 deploy/web shop.yaml",
    "reach deploy/web svc/api --port 81 shop.yaml",
    "reach deploy/web svc/api --port 99999 shop.yaml",
    "reach --port 80 shop.yaml",
  ],
  matrix: ["reach shop.yaml", "reach shop.yaml --output mermaid"],
  json: ["reach deploy/prometheus deploy/api --output json shop.yaml", "reach --matrix --output json shop.yaml"],
};

test.each(Object.entries(ASKED))("%s", async (name, commands) => {
  const said: string[] = [];
  for (const command of commands) said.push(await say(command));
  expectGolden(join(folder, `${name}.out`), said.join("\n"));
});

test("the documentation shows what is said", async () => {
  const text = readFileSync(join(__dirname, "../docs/network.md"), "utf8");
  const shown = [...text.matchAll(/^```console\n\$ kubeproof ([^\n]+)\n([\s\S]*?)^```$/gm)];
  expect(shown.length).toBeGreaterThan(0);
  for (const [, command, said] of shown)
    expect(said!.trimEnd()).toBe((await say(command!)).split("\n").slice(1, -2).join("\n").trimEnd());
});
