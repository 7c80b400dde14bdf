import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expectGolden } from "./golden.js";
import { say as sayIn, shownIn } from "./say.js";

const folder = join(__dirname, "../testdata/reach");
const manifests = readFileSync(join(folder, "shop.yaml"), "utf8");

/** What a command says about the manifests of testdata/reach, and its exit code. */
const say = (command: string): Promise<string> =>
  sayIn(command, { files: { "shop.yaml": manifests }, standardInput: manifests });

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
  const shown = shownIn(readFileSync(join(__dirname, "../docs/network.md"), "utf8"));
  expect(shown.length).toBeGreaterThan(0);
  for (const { command, said } of shown)
    expect(said.trimEnd()).toBe((await say(command)).split("\n").slice(1, -2).join("\n").trimEnd());
});
