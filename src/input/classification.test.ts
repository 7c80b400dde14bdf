import { readText } from "./read-input.js";
import type { SkipReason } from "./skipped.js";

const POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec: {containers: [{name: app, image: shop}]}\n";

/** name of the case: path, text, and what it is taken for. */
const CASES: Record<string, [path: string, text: string, taken: SkipReason | "manifest"]> = {
  "a manifest": ["a.yaml", POD, "manifest"],
  "a manifest in JSON": ["a.json", '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}}', "manifest"],
  "a manifest in a flow mapping": ["a.yaml", "{apiVersion: v1, kind: Pod, metadata: {name: a}}", "manifest"],
  "a manifest indented as a whole": ["a.yaml", POD.replace(/^/gm, "  ").trimEnd(), "manifest"],
  "a manifest with quoted keys": ["a.yaml", "\"apiVersion\": v1\n'kind': Pod\nmetadata: {name: a}\n", "manifest"],
  "a manifest without kind": ["a.yaml", "apiVersion: v1\nmetadata: {name: a}\nspec: {}\n", "manifest"],
  "a manifest without apiVersion": ["a.yaml", "kind: Pod\nmetadata: {name: a}\nspec: {}\n", "manifest"],
  "a manifest without both": ["a.yaml", "metadata: {name: a}\nspec: {containers: []}\n", "manifest"],
  "apiVersion misspelt": ["a.yaml", "apiversion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n", "manifest"],
  "kind without apiVersion, of nobody's": ["a.yaml", "kind: Addons\nmetadata: {name: a}\nspec: {}\n", "not-a-manifest"],
  "a Drone pipeline by content": [
    "ci.yaml",
    "kind: pipeline\ntype: docker\nname: default\nsteps: []\n",
    "not-a-manifest",
  ],
  "a custom resource": ["a.yaml", "apiVersion: shop.example/v1\nkind: Cart\nmetadata: {name: a}\n", "manifest"],
  "a Flux Kustomization": [
    "kustomization.yaml",
    "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: a}\nspec: {}\n",
    "manifest",
  ],
  "a placeholder in a quoted value": ["a.yaml", POD.replace("image: shop", 'image: "{{ .Image }}"'), "manifest"],
  "a placeholder within a plain value": ["a.yaml", POD.replace("name: shop", "name: app-{{ .Name }}"), "manifest"],
  "marks in a block scalar": [
    "a.yaml",
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  x: |-\n    {{ if .A }}\n    b: {{ .C }}\n\n    {{- end }}\n  y: z\n",
    "manifest",
  ],
  "marks in a block scalar of a list item": [
    "a.yaml",
    "apiVersion: a.b/v1\nkind: X\nmetadata: {name: a}\nspec:\n- a: |\n    {{ x }}\n- |\n  {{ y }}\n- name: b\n  run: >-\n    {{ z }}\n",
    "manifest",
  ],
  "marks in a quoted text of several lines": [
    "a.yaml",
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  x: \"first\n    {{ second }}\n    third\"\n  y: 'it''s\n    {{ x }}'\n",
    "manifest",
  ],
  "marks in a plain text of several lines": [
    "a.yaml",
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  x: Pod\n    {{ $labels.pod }} failed\n    {{ $value }} times\n  y: z\n",
    "manifest",
  ],
  "marks in a comment": ["a.yaml", `# {{ x }}\n${POD}# {%\n`, "manifest"],
  "a Flux variable": ["a.yaml", POD.replace("name: shop", "name: ${APP:=shop}"), "manifest"],
  "a GitHub expression in a value": ["a.yaml", POD.replace("image: shop", "image: ${{ env.IMAGE }}"), "manifest"],
  "a line of Go template": ["a.yaml", `{{- if .Values.x }}\n${POD}{{- end }}\n`, "go-template"],
  "a value of Go template": ["a.yaml", POD.replace("kind: Pod", "kind: {{ .Kind }}"), "go-template"],
  "an item of Go template": ["a.yaml", `${POD}x:\n- {{ .A }}\n`, "go-template"],
  "Go template in a flow list": ["a.yaml", `${POD}x: [a, {{ .A }}]\n`, "go-template"],
  "a line of Go template below a value": [
    "a.yaml",
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  {{ .L }}\n",
    "go-template",
  ],
  "a trimming line below a value": [
    "a.yaml",
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n    {{- x }}\n",
    "go-template",
  ],
  "Go template in JSON": ["a.json", '{"apiVersion": "v1", "kind": {{ .Kind }}}', "go-template"],
  Jinja: ["a.yaml", `{% if x %}\n${POD}{% endif %}\n`, "jinja-template"],
  "unquoted placeholders": ["a.yaml", POD.replace("name: shop", "name: @NAME@"), "placeholder-template"],
  ytt: ["a.yaml", POD.replace("name: shop", "name: #@ data.values.name"), "ytt-template"],
  "Helm values": ["values-prod.yaml", "image: {tag: 1}\nreplicas: 2\n", "helm-values"],
  "a chart's description": ["Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n", "helm-chart"],
  "a Compose file": ["compose.yaml", "services:\n  db: {image: postgres}\n", "compose"],
  "a Compose file of another name": ["stack.yml", "version: '3'\nservices:\n  web:\n    build: .\n", "compose"],
  "a GitHub workflow": [".github/workflows/ci.yml", "on: push\njobs: {}\n", "workflow"],
  "a GitHub workflow elsewhere": ["ci.yml", "name: CI\non:\n  push:\njobs:\n  a: {runs-on: x}\n", "workflow"],
  "GitLab CI": [".gitlab-ci.yml", "stages: [build]\n", "workflow"],
  "a kustomization": ["k.yaml", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n", "kustomization"],
  "a kustomization by its name": ["kustomization.yaml", "resources:\n- a.yaml\n", "kustomization"],
  "a patch directive": ["p.yaml", `${POD}x:\n- {name: a, $patch: delete}\n`, "kustomize-patch"],
  "the word of a patch directive": ["p.yaml", POD.replace("image: shop", 'image: "$patch"'), "manifest"],
  "a JSON patch": ["p.yaml", "- op: replace\n  path: /spec/replicas\n  value: 3\n", "kustomize-patch"],
  "a JSON patch in JSON": ["p.json", '[{"op": "remove", "path": "/spec"}]', "kustomize-patch"],
  kubeconfig: ["config", "apiVersion: v1\nkind: Config\nclusters: []\n", "local-configuration"],
  kubeadm: ["a.yaml", "apiVersion: kubeadm.k8s.io/v1beta4\nkind: InitConfiguration\n", "local-configuration"],
  Backstage: [
    "catalog-info.yaml",
    "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: a}\n",
    "local-configuration",
  ],
  "a tool's kind without metadata": [
    "a.yaml",
    "apiVersion: release-notes/v2\nkind: feature\nissue: [1]\n",
    "local-configuration",
  ],
  "a Kubernetes kind without metadata": ["a.yaml", "apiVersion: v1\nkind: Pod\nspec: {}\n", "manifest"],
  "an OpenAPI document": ["api.yaml", "openapi: 3.0.0\ninfo: {}\npaths:\n  kind: x\n", "not-a-manifest"],
  "an Ansible playbook": ["site.yml", "- hosts: all\n  tasks: []\n", "not-a-manifest"],
  "a package description": [
    "package.json",
    '{"name": "a", "version": "1", "dependencies": {"kind": "1"}}',
    "not-a-manifest",
  ],
  "a JSON list": ["a.json", '[{"apiVersion": "v1", "kind": "Pod"}]', "not-a-manifest"],
  prose: ["a.txt", "This text tells of kind: and apiVersion: in passing.\n", "not-a-manifest"],
  nothing: ["a.yaml", "", "empty"],
  "comments alone": ["a.yaml", "# nothing\n---\n# here\n", "empty"],
};

test.each(Object.entries(CASES))("%s", (_, [path, text, taken]) => {
  const input = readText(path, text);
  if (taken === "manifest") {
    expect(input.skipped).toEqual([]);
    expect(input.manifests).toHaveLength(1);
  } else {
    expect(input.skipped.map(({ reason }) => reason)).toEqual([taken]);
    expect(input.documents).toEqual([]);
    expect(input.manifests).toEqual([]);
  }
});

test("the documents of a file are told one by one", () => {
  const config = "apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\n";
  const input = readText("a.yaml", `${POD}---\n${config}---\n---\na: 1\n---\n${POD}`);
  expect(input.manifests.map(({ document }) => document.index)).toEqual([0, expect.any(Number)]);
  expect(input.skipped.map(({ reason }) => reason)).toEqual(["local-configuration", "not-a-manifest"]);
  expect(input.skipped.every(({ document }) => document)).toBe(true);
});

test("an encrypted Secret is left alone and known to exist, with its keys", () => {
  const input = readText(
    "secret.yaml",
    "apiVersion: v1\nkind: Secret\nmetadata: {name: db, namespace: shop}\nstringData: {password: 'ENC[AES256_GCM,data:x]'}\nsops: {mac: x, version: 3.9.0}\n",
  );
  expect(input.skipped).toEqual([{ path: "secret.yaml", reason: "sops" }]);
  expect(input.externals).toEqual([{ kind: "Secret", namespace: "shop", name: "db", keys: ["password"] }]);
});

describe("broken documents", () => {
  test("a manifest that cannot be decoded keeps its identity and its problems", () => {
    const input = readText("a.yaml", `${POD}---\napiVersion: v1\nkind: Service\nmetadata:\n  name: "open\n`);
    expect(input.manifests.map(({ value }) => value.kind)).toEqual(["Pod", "Service"]);
    expect(input.manifests[1]!.document.decodes).toBe(false);
    expect(input.documents).toHaveLength(2);
  });

  test("a broken document among manifests is reported though nobody can tell what it is", () => {
    const input = readText("a.yaml", `${POD}---\n"open: 1\n`);
    expect(input.documents.filter(({ document }) => !document.decodes)).toHaveLength(1);
  });

  test("a file that is no manifest has no problems", () => {
    expect(readText("values.yaml", "a: 'open\nb: [\n").documents).toEqual([]);
    expect(readText("a.yaml", "a: 'open\nb: [\n").skipped).toEqual([{ path: "a.yaml", reason: "not-a-manifest" }]);
  });
});

describe("lists", () => {
  test("the items of a List are objects at their place", () => {
    const input = readText(
      "a.yaml",
      `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: a}\n- kind: Service\n`,
    );
    expect(input.manifests.map(({ base, value }) => [base, value.apiVersion, value.kind])).toEqual([
      ["items[0]", "v1", "Pod"],
      ["items[1]", undefined, "Service"],
    ]);
  });

  test("the items of a typed list take apiVersion and kind from it", () => {
    const input = readText("a.yaml", "apiVersion: apps/v1\nkind: DeploymentList\nitems:\n- metadata: {name: a}\n- 3\n");
    expect(input.manifests.map(({ base, value }) => [base, value])).toEqual([
      ["items[0]", { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "a" } }],
    ]);
  });

  test("a kind that ends in List is no list for that", () => {
    const input = readText("a.yaml", "apiVersion: a.b/v1\nkind: AllowList\nmetadata: {name: a}\nspec: {items: []}\n");
    expect(input.manifests.map(({ base }) => base)).toEqual([""]);
  });

  test("lists nest, up to a depth", () => {
    const nested = (depth: number): unknown =>
      depth === 0
        ? { apiVersion: "v1", kind: "Pod", metadata: { name: "a" } }
        : { apiVersion: "v1", kind: "List", items: [nested(depth - 1)] };
    expect(readText("a.json", JSON.stringify(nested(2))).manifests[0]!.base).toBe("items[0].items[0]");
    expect(readText("a.json", JSON.stringify(nested(50))).manifests).toHaveLength(1);
  });
});

describe("JSON", () => {
  test("each line of JSON lines is a document at its place", () => {
    const line = (name: string) => `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"${name}"}}`;
    const text = `${line("a")}\n\n{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a}}\n${line("b")}\n`;
    const input = readText("a.jsonl", text);
    expect(input.documents.map(({ document }) => [document.index, document.decodes])).toEqual([
      [0, true],
      [1, false],
      [2, true],
    ]);
    const last = input.manifests.at(-1)!;
    expect(last.value.metadata).toEqual({ name: "b" });
    expect(text.slice(last.document.span.start, last.document.span.end)).toBe(line("b"));
  });

  test("lines that are no manifests are one line in the summary", () => {
    expect(readText("log.jsonl", '{"level":"info"}\n{"level":"warn"}\n').skipped).toEqual([
      { path: "log.jsonl", reason: "not-a-manifest" },
    ]);
  });
});
