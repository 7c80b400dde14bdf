import { dedent } from "../../../test/rule-tester.js";
import { type Input, readText } from "../../input/index.js";
import { areAppliedTogether, Cluster, duplicatesIn, Resource, selectionIn, selectorOverlaps } from "../index.js";

/** A cluster of files, each `path: text`. */
function clusterOf(files: Readonly<Record<string, string>>): Cluster {
  const resources = Object.entries(files).flatMap(([path, text]) => {
    const input: Input = readText(path, dedent(text));
    return input.manifests.map((manifest) => new Resource(manifest.value, manifest, undefined));
  });
  return new Cluster(resources, { types: { minor: 34 } as never, externals: [] });
}

const pod = (name: string, labels: string, namespace = ""): string => `
  apiVersion: v1
  kind: Pod
  metadata: {name: ${name}, labels: {${labels}}${namespace && `, namespace: ${namespace}`}}
  spec: {containers: [{name: app, image: "shop:1.4"}]}
`;
const service = (name: string, selector: string, namespace = ""): string => `
  apiVersion: v1
  kind: Service
  metadata: {name: ${name}${namespace && `, namespace: ${namespace}`}}
  spec: {selector: {${selector}}, ports: [{port: 80}]}
`;
const deployment = (name: string, labels: string, namespace = ""): string => `
  apiVersion: apps/v1
  kind: Deployment
  metadata: {name: ${name}${namespace && `, namespace: ${namespace}`}}
  spec:
    selector: {matchLabels: {${labels}}}
    template:
      metadata: {labels: {${labels}}}
      spec: {containers: [{name: app, image: "shop:1.4"}]}
`;

function selectionOf(files: Readonly<Record<string, string>>): string {
  const cluster = clusterOf(files);
  const [first] = cluster.ofGroupKind("", "Service");
  const { selector } = first!.spec as unknown as { selector: Record<string, string> };
  const found = selectionIn(cluster, { matchLabels: selector }, first!, first!.name);
  return found.state === "none" ? `none, ${found.closest?.pod.ref ?? "nothing close"}` : found.state;
}

describe("what a selector finds", () => {
  test.each([
    ["in the same file", { "a.yaml": `${service("s", "app: web")}---${pod("p", "app: web")}` }, "some"],
    ["in another folder", { "a/s.yaml": service("s", "app: web"), "b/p.yaml": pod("p", "app: web") }, "some"],
    [
      "in a namespace, by a template that names none",
      { "s.yaml": service("s", "app: web", "prod"), "p.yaml": pod("p", "app: web") },
      "some",
    ],
    [
      "not in another namespace",
      {
        "s.yaml": service("s", "app: web", "prod"),
        "p.yaml": `${pod("p", "app: web", "dev")}---${pod("q", "app: api", "prod")}`,
      },
      "none, nothing close",
    ],
    ["no Pods at all in the input", { "s.yaml": service("s", "app: web") }, "unknown"],
    [
      "unrelated Pods of another folder",
      { "a/s.yaml": service("s", "app: web"), "b/p.yaml": pod("p", "app: ledger") },
      "unknown",
    ],
    [
      "unrelated Pods of the same folder",
      { "a/s.yaml": service("s", "app: web"), "a/p.yaml": pod("p", "app: ledger") },
      "none, nothing close",
    ],
    [
      "a slip, in another folder",
      { "a/s.yaml": service("s", "app: ledgre"), "b/p.yaml": pod("p", "app: ledger") },
      'none, Pod "p"',
    ],
    [
      "one of three pairs differs",
      { "a/s.yaml": service("s", "app: a, tier: b, env: c"), "b/p.yaml": pod("p", "app: a, tier: b, env: x") },
      'none, Pod "p"',
    ],
    [
      "a workload of the same name",
      { "a/s.yaml": service("web", "app: web"), "b/d.yaml": deployment("web", "k8s-app: web") },
      'none, Deployment "web"',
    ],
    [
      "a placeholder in a template",
      { "s.yaml": `${service("s", "app: web")}---${pod("p", "app: '${APP}'")}` },
      "unknown",
    ],
    [
      "a control plane component",
      {
        "s.yaml": `${service("s", "component: kube-scheduler", "kube-system")}---${pod("p", "app: x", "kube-system")}`,
      },
      "unknown",
    ],
    [
      "a Helm release anywhere",
      {
        "s.yaml": `${service("s", "app: web", "prod")}---${pod("p", "app: ledger", "prod")}`,
        "h.yaml": "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web, namespace: flux}\n",
      },
      "unknown",
    ],
    [
      "a custom resource that makes no Pods",
      {
        "s.yaml": `${service("s", "app: web", "prod")}---${pod("p", "app: ledger", "prod")}`,
        "m.yaml":
          "apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: {name: web, namespace: prod}\n",
      },
      "none, nothing close",
    ],
    [
      "a label of a StatefulSet's controller, for another set's Pods",
      {
        "a.yaml": `${service("s", "statefulset.kubernetes.io/pod-name: db-x-0")}---${deployment("db", "app: db").replace("kind: Deployment", "kind: StatefulSet")}`,
      },
      "none, nothing close",
    ],
  ])("%s", (_, files, expected) => {
    expect(selectionOf(files as Record<string, string>)).toBe(expected);
  });
});

describe("duplicates", () => {
  const configMap = (value: string): string => `
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: shop}
    data: {a: "${value}"}
  `;
  const found = (files: Readonly<Record<string, string>>): string[] =>
    duplicatesIn(clusterOf(files)).map(
      ({ sameFile, identical }) => `${sameFile ? "file" : "folder"} ${identical ? "same" : "differs"}`,
    );

  test("are looked for in a file and in a folder, not across folders", () => {
    expect(found({ "k/a.yaml": `${configMap("1")}---${configMap("2")}` })).toEqual(["file differs"]);
    expect(found({ "k/a.yaml": configMap("1"), "k/b.yaml": configMap("1") })).toEqual(["folder same"]);
    expect(found({ "dev/a.yaml": configMap("1"), "prod/a.yaml": configMap("2") })).toEqual([]);
  });

  test("in a Markdown text are examples of their own", () => {
    const fence = (value: string): string => `\`\`\`yaml\n${dedent(configMap(value))}\`\`\`\n`;
    expect(duplicatesIn(clusterOf({ "README.md": `# One\n${fence("1")}\n# Two\n${fence("2")}` }))).toEqual([]);
  });
});

describe("overlapping selectors", () => {
  const names = (files: Readonly<Record<string, string>>): string[] =>
    selectorOverlaps(clusterOf(files)).map(({ first, again }) => `${first.owner.name}, ${again.owner.name}`);

  test("need each other's Pods, in one place", () => {
    const a = deployment("a", "app: shop");
    const b = deployment("b", "app: shop");
    expect(names({ "k/a.yaml": a, "k/b.yaml": b })).toEqual(["a, b"]);
    expect(names({ "k/a.yaml": a, "l/b.yaml": b })).toEqual([]);
    expect(names({ "k/a.yaml": a, "k/b.yaml": deployment("b", "app: shop, part: b") })).toEqual([]);
    expect(
      names({ "k/a.yaml": deployment("a", "app: shop", "prod"), "l/b.yaml": deployment("b", "app: shop", "prod") }),
    ).toEqual(["a, b"]);
  });

  test("of files that define the same object are alternatives", () => {
    const shared = service("web", "app: shop");
    expect(
      names({
        "k/a.yaml": `${deployment("a", "app: shop")}---${shared}`,
        "k/b.yaml": `${deployment("b", "app: shop")}---${shared}`,
      }),
    ).toEqual([]);
  });

  test("that are common in a folder show that its files are not applied together", () => {
    const each = Object.fromEntries(
      ["a", "b", "c", "d"].map((name) => [`k/${name}.yaml`, deployment(name, "app: shop")]),
    );
    expect(names(each)).toEqual([]);
    expect(names({ "k/all.yaml": Object.values(each).join("---") })).toEqual(["a, b", "a, c", "a, d"]);
  });

  test("one place is the folder, or a namespace that is named", () => {
    const cluster = clusterOf({
      "k/a.yaml": pod("a", "x: y", "prod"),
      "l/b.yaml": pod("b", "x: y", "prod"),
      "l/a.yaml": pod("c", "x: y", "prod"),
    });
    const [a, b, c] = cluster.resources;
    expect(areAppliedTogether(cluster, a!, b!)).toBe(true);
    expect(areAppliedTogether(cluster, a!, c!)).toBe(false);
  });
});

test("thousands of Services, Pods and policies of one label are matched in linear time", () => {
  const files: Record<string, string> = {};
  for (let i = 0; i < 3000; i++)
    files[`k/${i}.yaml`] =
      `${service(`s${i}`, `app: shop, part: p${i}x`, `ns${i}`)}---${deployment(`d${i}`, `app: shop, part: p${i}`, `ns${i}`)}`;
  const cluster = clusterOf(files);
  for (const each of cluster.ofGroupKind("", "Service")) {
    const { selector } = each.spec as unknown as { selector: Record<string, string> };
    expect(selectionIn(cluster, { matchLabels: selector }, each, each.name).state).toBe("none");
  }
  expect(selectorOverlaps(cluster)).toEqual([]);
});
