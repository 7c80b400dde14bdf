import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expectGolden } from "./golden.js";
import { say as sayIn, shownIn } from "./say.js";

const folder = join(__dirname, "../testdata/can-i");
const manifests = readFileSync(join(folder, "rbac.yaml"), "utf8");

/** What a command says about the manifests of testdata/can-i, and its exit code. */
const say = (command: string): Promise<string> =>
  sayIn(`${command} --kubernetes-version 1.34`, { files: { "rbac.yaml": manifests }, standardInput: manifests }).then(
    (said) => said.replace(" --kubernetes-version 1.34", ""),
  );

const ASKED: Readonly<Record<string, readonly string[]>> = {
  yes: [
    "can-i get pods --as jane -n shop rbac.yaml",
    "can-i get po/web-1 --as jane -n shop rbac.yaml",
    "can-i get pods/log --as jane -n shop rbac.yaml",
    "can-i get pods --subresource log --as jane -n shop rbac.yaml",
    "can-i get pods/web-1/log --as jane -n shop rbac.yaml",
    "can-i get deploy --as x --as-group developers -n shop rbac.yaml",
    "can-i list services --serviceaccount shop/orders rbac.yaml",
    "can-i list services --as system:serviceaccount:shop:orders rbac.yaml",
    "can-i get configmap/settings --as jane -n shop rbac.yaml",
    "can-i get nodes --as-group operators rbac.yaml",
    "can-i get /metrics --as x --as-group operators rbac.yaml",
    "can-i get /logs/a --as x --as-group operators rbac.yaml",
    "can-i delete bsk -A --as x --as-group operators rbac.yaml",
    "can-i delete baskets.v1.shop.example.com --as x --as-group operators rbac.yaml",
    "can-i create roles --as bob rbac.yaml",
    "can-i get pods --as x --as-group system:masters rbac.yaml",
    "can-i get ns/default --as bob rbac.yaml",
  ],
  no: [
    "can-i get pods --as jane rbac.yaml",
    "can-i get pods --as jnae -n shop rbac.yaml",
    "can-i delete pods --as jane -n shop rbac.yaml",
    "can-i create pods/exec --as jane -n shop rbac.yaml",
    "can-i get configmaps --as jane -n shop rbac.yaml",
    "can-i get secrets --as jane -n shop rbac.yaml",
    "can-i get ingresses --as jane -n shop rbac.yaml",
    "can-i get pods --as eve -n shop rbac.yaml",
    "can-i get nodes --as bob rbac.yaml",
    "can-i get nodes --as bob -n shop rbac.yaml",
    "can-i get pods -A --as jane rbac.yaml",
    "can-i get /metrics --as jane rbac.yaml",
    "can-i read pods --as jane -n shop rbac.yaml",
    "can-i get gadgets.example.com --as jane rbac.yaml",
    "can-i get pods --quiet --as eve rbac.yaml",
  ],
  usage: [
    "can-i get pods rbac.yaml",
    "can-i --as jane",
    "can-i get podz --as jane rbac.yaml",
    "can-i get gadgets --as jane rbac.yaml",
    "can-i get pods/a/b/c --as jane rbac.yaml",
    "can-i get pods -n a -A --as jane rbac.yaml",
    "can-i get pods --serviceaccount orders rbac.yaml",
    "can-i get pods --as jane --serviceaccount shop/orders rbac.yaml",
    "can-i get pods --as jane absent.yaml",
    "who-can get",
  ],
  list: [
    "can-i --list --as jane rbac.yaml",
    "can-i --list --all --as jane rbac.yaml",
    "can-i --list --as system:kube-scheduler rbac.yaml",
    "can-i --list -A --as x --as-group operators rbac.yaml",
    "can-i --list --as bbo rbac.yaml",
  ],
  "who-can": [
    "who-can get pods rbac.yaml",
    "who-can get pods -n shop rbac.yaml",
    "who-can get pods -A rbac.yaml",
    "who-can get nodes rbac.yaml",
    "who-can get configmaps/settings -n shop rbac.yaml",
    "who-can get configmaps/other -n shop rbac.yaml",
    "who-can get /metrics rbac.yaml",
    "who-can impersonate users --all rbac.yaml",
    "who-can * * --all rbac.yaml",
  ],
  json: [
    "can-i get pods --as jane -n shop --output json rbac.yaml",
    "can-i get nodes --as bob --output json rbac.yaml",
    "can-i --list --as-group operators -A --output json rbac.yaml",
    "who-can list nodes --output json rbac.yaml",
  ],
};

test.each(Object.entries(ASKED))("%s", async (name, commands) => {
  const said: string[] = [];
  for (const command of commands) said.push(await say(command));
  expectGolden(join(folder, `${name}.out`), said.join("\n"));
});

test("manifests are read from standard input", async () => {
  const piped = await say("can-i get pods --as jane -n shop -");
  expect(piped.replaceAll("-:", "rbac.yaml:").replaceAll(/ {2,}/g, " ").split("\n").slice(1)).toEqual(
    (await say("can-i get pods --as jane -n shop rbac.yaml")).replaceAll(/ {2,}/g, " ").split("\n").slice(1),
  );
});

test("the documentation shows what is said", async () => {
  const shown = shownIn(readFileSync(join(__dirname, "../docs/authorization.md"), "utf8"));
  expect(shown.length).toBeGreaterThan(0);
  const body = (said: string): string => said.split("\n").slice(1, -2).join("\n").replaceAll(/ {2,}/g, "  ");
  for (const { command, said } of shown)
    expect(said.trimEnd().replaceAll(/ {2,}/g, "  ")).toBe(body(await say(command)).trimEnd());
});
