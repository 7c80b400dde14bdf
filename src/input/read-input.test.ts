import { readInput } from "./read-input.js";
import { type MemoryEntry, MemoryFileSystem } from "./testing/memory-file-system.js";

const POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\n";

function read(
  files: Record<string, MemoryEntry>,
  paths: string[],
  more: Partial<Parameters<typeof readInput>[1]> = {},
) {
  const input = readInput(new MemoryFileSystem(files), { paths, root: "/work", ...more });
  const taken: Record<string, string> = {};
  for (const { source } of input.manifests) taken[source.path] = "manifest";
  for (const { path, reason } of input.skipped) taken[path] = reason;
  return { ...input, taken };
}

describe("Helm charts", () => {
  const chart = {
    "shop/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
    "shop/Chart.lock": "a: b",
    "shop/values.yaml": POD,
    "shop/values-prod.yaml": POD,
    "shop/ci/test.yaml": "a: 1",
    "shop/templates/web/pod.yaml": POD,
    "shop/crds/cart.yaml": POD,
    "shop/charts/db/Chart.yaml": "apiVersion: v2\nname: db\nversion: 1.0.0\n",
    "shop/charts/db/templates/pod.yaml": POD,
    "shop/examples/pod.yaml": POD,
  };
  const taken = {
    "shop/Chart.yaml": "helm-chart",
    "shop/values.yaml": "helm-values",
    "shop/values-prod.yaml": "helm-values",
    "shop/ci/test.yaml": "helm-values",
    "shop/templates/web/pod.yaml": "helm-template",
    "shop/crds/cart.yaml": "manifest",
    "shop/charts/db/Chart.yaml": "helm-chart",
    "shop/charts/db/templates/pod.yaml": "helm-template",
    "shop/examples/pod.yaml": "manifest",
  };

  test("a file is what its place in the chart makes of it", () => {
    expect(read(chart, ["shop"]).taken).toEqual(taken);
  });

  test("also when it is given alone", () => {
    for (const [path, as] of Object.entries(taken)) expect(read(chart, [path]).taken).toEqual({ [path]: as });
  });
});

describe("kustomizations", () => {
  const files = {
    "app/kustomization.yaml": `
resources: [deploy.yaml, both.yaml]
patches:
- path: patch.yaml
- path: both.yaml
- patch: |-
    a: b
patchesStrategicMerge: [merge.yaml, "a: b\\nc: d"]
patchesJson6902: [{path: ops.json, target: {kind: Pod}}]
replacements: [{path: replace.yaml}]
configurations: [names.yaml]
transformers: [transform]
helmCharts: [{name: x, valuesFile: chart-settings.yaml}]
configMapGenerator:
- name: settings
  literals: [LEVEL=debug, "URL=http://a=b"]
  files: [config.yaml, app.conf=files/app.txt]
  envs: [app.env]
- name: unknown
  envs: [missing.env]
- literals: [a=b]
secretGenerator:
- name: tls
  namespace: shop
  files: [tls.crt]
`,
    "app/app.env": "\uFEFF# comment\nHOST=db\n\n PORT=1\nALONE\n",
    "app/deploy.yaml": POD,
    "app/both.yaml": POD,
    "app/patch.yaml": POD,
    "app/merge.yaml": POD,
    "app/ops.json": "[]",
    "app/replace.yaml": POD,
    "app/names.yaml": POD,
    "app/transform/t.yaml": POD,
    "app/chart-settings.yaml": POD,
    "app/config.yaml": POD,
  };
  const taken = {
    "app/kustomization.yaml": "kustomization",
    "app/deploy.yaml": "manifest",
    "app/both.yaml": "manifest",
    "app/patch.yaml": "kustomize-patch",
    "app/merge.yaml": "kustomize-patch",
    "app/ops.json": "kustomize-patch",
    "app/replace.yaml": "kustomize-data",
    "app/names.yaml": "kustomize-data",
    "app/transform/t.yaml": "kustomize-data",
    "app/chart-settings.yaml": "helm-values",
    "app/config.yaml": "kustomize-data",
  };

  test("a file is what the kustomization takes it for", () => {
    expect(read(files, ["app"]).taken).toEqual(taken);
  });

  test("also when it is given alone, and when the kustomization is in another folder", () => {
    for (const [path, as] of Object.entries(taken)) expect(read(files, [path]).taken).toEqual({ [path]: as });
    const apart = { "base/p.yaml": POD, "over/kustomization.yaml": "patches: [{path: ../base/p.yaml}]" };
    expect(read(apart, ["."]).taken["base/p.yaml"]).toBe("kustomize-patch");
  });

  test("a file of a patch's name that no kustomization has as a resource is one", () => {
    const taken = read(
      {
        "app/kustomization.yaml": "resources: [job-patch.yaml]\n# patches: [{path: auth_patch.yaml}]",
        "app/job-patch.yaml": POD,
        "app/auth_patch.yaml": POD,
        "app/patches/auth.yaml": POD,
        "app/dispatch.yaml": POD,
        "other/patch.yaml": POD,
      },
      ["."],
    ).taken;
    expect(Object.keys(taken).filter((path) => taken[path] === "kustomize-patch")).toEqual([
      "app/auth_patch.yaml",
      "app/patches/auth.yaml",
    ]);
  });

  test("the patches that reach a file are known, also those of overlays and components", () => {
    const input = read(
      {
        "over/kustomization.yaml":
          'resources: [../base]\ncomponents: [../debug]\npatches: [{path: proxy.yaml}]\npatchesStrategicMerge: ["a: b\\nc: d"]',
        "over/proxy.yaml": "spec: {ports: []}",
        "debug/kustomization.yaml":
          "kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\npatches: [{patch: 'x: y'}]",
        "base/kustomization.yaml": "resources: [pod.yaml]",
        "base/pod.yaml": POD,
        "base/other.yaml": POD,
      },
      ["."],
    );
    expect(input.manifests.map(({ source, patches }) => [source.path, patches])).toEqual([
      ["base/other.yaml", undefined],
      ["base/pod.yaml", ["a: b\nc: d", "spec: {ports: []}", "x: y"]],
    ]);
  });

  test("the images that a kustomization replaces are known", () => {
    const input = read(
      {
        "over/kustomization.yaml":
          "resources: [../base]\nimages: [{name: controller, newTag: v1.4}, {name: unchanged}]",
        "base/kustomization.yaml": "resources: [pod.yaml]",
        "base/pod.yaml": POD,
      },
      ["."],
    );
    expect(input.manifests[0]?.replacedImages).toEqual(["controller"]);
  });

  test("what gets its selectors from a kustomization is marked, through folders and circles", () => {
    const input = read(
      {
        "over/kustomization.yaml": "commonLabels: {app: a}\nresources: [../base]",
        "base/kustomization.yaml": "resources: [pod.yaml, ../over]",
        "base/pod.yaml": POD,
        "labels/kustomization.yaml": "labels: [{pairs: {a: b}}]\nresources: [pod.yaml]",
        "labels/pod.yaml": POD,
      },
      ["."],
    );
    expect(input.manifests.map(({ source, selectorsAdded }) => [source.path, selectorsAdded])).toEqual([
      ["base/pod.yaml", true],
      ["labels/pod.yaml", undefined],
    ]);
  });

  test("what generators make exists, with the keys that can be known", () => {
    expect(read(files, ["app"]).externals).toEqual([
      {
        kind: "ConfigMap",
        name: "settings",
        keys: ["LEVEL", "URL", "config.yaml", "app.conf", "HOST", "PORT", "ALONE"],
      },
      { kind: "ConfigMap", name: "unknown" },
      { kind: "Secret", name: "tls", namespace: "shop", keys: ["tls.crt"] },
    ]);
  });

  test("the keys of one object are gathered over bases and overlays", () => {
    const generator = (literal: string) => `configMapGenerator: [{name: a, literals: [${literal}]}]`;
    const input = read({ "base/kustomization.yaml": generator("A=1"), "over/kustomization.yaml": generator("B=2") }, [
      ".",
    ]);
    expect(input.externals).toEqual([{ kind: "ConfigMap", name: "a", keys: ["A", "B"] }]);
  });

  test("nothing outside the working directory's tree is read for it", () => {
    const fs = new MemoryFileSystem({
      "/etc/secret.env": "PASSWORD=x",
      "app/kustomization.yaml": "configMapGenerator: [{name: a, envs: [../../etc/secret.env, /etc/secret.env]}]",
    });
    expect(readInput(fs, { paths: ["app"], root: "/work" }).externals).toEqual([{ kind: "ConfigMap", name: "a" }]);
    expect(fs.read.filter((path) => path.startsWith("/etc"))).toEqual([]);
  });

  test("a patch of a type does not lose what is not a patch beside it", () => {
    const input = read(
      {
        "kustomization.yaml": "patches: [3, {path: [x]}, null]\nresources: 7\nconfigMapGenerator: {a: b}",
        "a.yaml": POD,
      },
      ["."],
    );
    expect(input.taken["a.yaml"]).toBe("manifest");
  });
});

describe("bytes", () => {
  test("UTF-16 with a byte order mark is text, a binary file is not", () => {
    const utf16 = new Uint8Array([0xff, 0xfe, ...Buffer.from(POD, "utf16le")]);
    const input = read({ "a.yaml": utf16, "b.yaml": new Uint8Array([1, 0, 2, 0, 0, 0, 7]) }, ["."]);
    expect(input.taken).toEqual({ "a.yaml": "manifest", "b.yaml": "not-text" });
  });

  test("bytes that are no UTF-8 are a problem of the document they are in", () => {
    const bytes = Buffer.concat([Buffer.from(`${POD}---\n${POD}x: `), Buffer.from([0xff, 0x0a])]);
    const input = read({ "a.yaml": bytes }, ["a.yaml"]);
    expect(input.documents.map(({ document }) => document.problems.map(({ code }) => code))).toEqual([
      [],
      ["bad-encoding"],
    ]);
  });

  test("a file beyond the bound is left alone", () => {
    expect(read({ "a.yaml": POD }, ["."], { maxFileSize: 10 }).taken).toEqual({ "a.yaml": "too-large" });
  });
});

describe("standard input", () => {
  const stdin = () => new TextEncoder().encode(POD);
  test("is read for -, once, under its name", () => {
    expect(read({}, ["-", "-"], { stdin }).manifests.map(({ source }) => source.path)).toEqual(["-"]);
    expect(read({}, ["-"], { stdin, stdinName: "k/pod.yaml" }).manifests[0]!.source.path).toBe("k/pod.yaml");
  });

  test("that is missing or breaks is told", () => {
    expect(read({}, ["-"]).unreadable).toEqual([{ path: "-", message: "There is no standard input" }]);
  });
});

test("files read as context give objects and no findings", () => {
  const input = read({ "a.yaml": POD, "b.yaml": POD, "values.yaml": "a: 1" }, ["a.yaml"], { context: ["."] });
  expect(input.manifests.map(({ source, reported }) => [source.path, reported])).toEqual([
    ["a.yaml", true],
    ["b.yaml", false],
  ]);
  expect(input.documents.map(({ reported }) => reported)).toEqual([true, false]);
  expect(input.skipped).toEqual([]);
});

test("a named file that gives nothing is told, whatever it is", () => {
  expect(read({ "README.md": "# Shop\n", "x.txt": "hello" }, ["README.md", "x.txt"]).taken).toEqual({
    "README.md": "not-a-manifest",
    "x.txt": "not-a-manifest",
  });
  expect(read({ "README.md": "# Shop\n" }, ["."]).skipped).toEqual([]);
});

test("progress runs from nothing to everything", () => {
  const seen: [number, number][] = [];
  read({ "a.yaml": POD, "b.yaml": POD }, ["."], { onProgress: (done, total) => seen.push([done, total]) });
  expect(seen).toEqual([
    [0, 2],
    [1, 2],
    [2, 2],
  ]);
});
