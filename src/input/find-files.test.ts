import { findFiles } from "./find-files.js";
import { type MemoryEntry, MemoryFileSystem } from "./testing/memory-file-system.js";

function find(
  files: Record<string, MemoryEntry>,
  paths: string[],
  more: { context?: string[]; excludes?: (path: string) => boolean } = {},
) {
  const found = findFiles(new MemoryFileSystem(files), {
    paths,
    context: more.context ?? [],
    excludes: more.excludes ?? (() => false),
    root: "/work",
    stdinName: "-",
  });
  return { ...found, paths: found.files.map(({ path }) => path) };
}

test("a folder gives the files with a manifest's name, sorted, below it", () => {
  const files = {
    "k/b.yaml": "",
    "k/a/z.yml": "",
    "k/a.json": "",
    "k/x.md": "",
    "k/x.txt": "",
    "k/bin": "",
    "k/Kustomization": "",
    "other.yaml": "",
  };
  expect(find(files, ["k"]).paths).toEqual(["k/Kustomization", "k/a.json", "k/a/z.yml", "k/b.yaml", "k/x.md"]);
});

test("paths are reported as given, tidied", () => {
  const files = { "k/a.yaml": "" };
  expect(find(files, ["./k/"]).paths).toEqual(["k/a.yaml"]);
  expect(find(files, ["."]).paths).toEqual(["k/a.yaml"]);
  expect(find(files, ["/work/k"]).paths).toEqual(["/work/k/a.yaml"]);
  expect(find(files, ["k/../k/a.yaml"]).paths).toEqual(["k/a.yaml"]);
});

test("arguments keep their order, and a file reached twice is read once", () => {
  const files = { "a/1.yaml": "", "b/2.yaml": "" };
  expect(find(files, ["b", "a", "b/2.yaml", "/work/a/1.yaml", "."]).paths).toEqual(["b/2.yaml", "a/1.yaml"]);
});

test("a named file is read whatever its name and .gitignore", () => {
  const files = { ".gitignore": "*", "k/pod.txt": "" };
  expect(find(files, ["k/pod.txt"]).paths).toEqual(["k/pod.txt"]);
});

test("what is given as context is not reported, unless it is given as a path too", () => {
  const found = find({ "a.yaml": "", "b.yaml": "" }, ["a.yaml"], { context: ["."] });
  expect(found.files.map(({ path, reported }) => [path, reported])).toEqual([
    ["a.yaml", true],
    ["b.yaml", false],
  ]);
});

test("version control and packages of others are not entered", () => {
  const files = {
    ".git/a.yaml": "",
    "node_modules/p/a.yaml": "",
    "vendor/modules.txt": "",
    "vendor/a.yaml": "",
    "k/vendor/a.yaml": "",
    ".github/a.yaml": "",
  };
  expect(find(files, ["."]).paths).toEqual([".github/a.yaml", "k/vendor/a.yaml"]);
  expect(find(files, ["node_modules/p"]).paths).toEqual(["node_modules/p/a.yaml"]);
});

describe(".gitignore", () => {
  test("each level has a say, the innermost the last", () => {
    const files = {
      ".gitignore": "*.gen.yaml\n/out/\n",
      "a/.gitignore": "!keep.gen.yaml",
      "a/keep.gen.yaml": "",
      "a/x.gen.yaml": "",
      "out/a.yaml": "",
      "a/out/b.yaml": "",
    };
    const found = find(files, ["."]);
    expect(found.paths).toEqual(["a/keep.gen.yaml", "a/out/b.yaml"]);
    expect(found.skipped).toEqual([{ path: "a/x.gen.yaml", reason: "ignored" }]);
  });

  test("the files of the folders above count, up to the repository's", () => {
    const files = {
      "/work/.gitignore": "a.yaml",
      "repo/.git/HEAD": "",
      "repo/.gitignore": "b.yaml",
      "repo/k/a.yaml": "",
      "repo/k/b.yaml": "",
      "repo/k/c.yaml": "",
    };
    expect(find(files, ["repo/k"]).paths).toEqual(["repo/k/a.yaml", "repo/k/c.yaml"]);
  });

  test("an ignored folder that is named is read, by the rules that remain", () => {
    const files = {
      ".git/HEAD": "",
      ".gitignore": "out/\n*.tmp.yaml",
      "out/a.yaml": "",
      "out/b.tmp.yaml": "",
      "out/out/c.yaml": "",
    };
    expect(find(files, ["out"]).paths).toEqual(["out/a.yaml"]);
  });
});

describe("links", () => {
  test("a linked file within the folder is read once, by its own name", () => {
    expect(find({ "k/a.yaml": { link: "z/real.yaml" }, "k/z/real.yaml": "" }, ["k"]).paths).toEqual(["k/z/real.yaml"]);
    expect(find({ "k/a.yaml": { link: ".data/real" }, "k/.data/real": "" }, ["k"]).paths).toEqual(["k/a.yaml"]);
  });

  test("a link that leads out is not followed, nor one that leads nowhere", () => {
    const found = find(
      {
        "k/a.yaml": { link: "../secret.yaml" },
        "secret.yaml": "",
        "k/all": { link: "/work" },
        "k/gone.yaml": { link: "x" },
      },
      ["k"],
    );
    expect(found.paths).toEqual([]);
    expect(found.skipped).toEqual([
      { path: "k/a.yaml", reason: "outside" },
      { path: "k/all", reason: "outside" },
      { path: "k/gone.yaml", reason: "unreadable", detail: "the link leads nowhere" },
    ]);
  });

  test("a cycle of folders ends", () => {
    expect(find({ "k/a.yaml": "", "k/loop": { link: "." }, "k/d/up": { link: ".." } }, ["k"]).paths).toEqual([
      "k/a.yaml",
    ]);
  });

  test("a link that is named is followed", () => {
    expect(find({ k: { link: "real" }, "real/a.yaml": "" }, ["k"]).paths).toEqual(["k/a.yaml"]);
    expect(find({ "p.yaml": { link: "/etc/pod.yaml" }, "/etc/pod.yaml": "" }, ["p.yaml"]).paths).toEqual(["p.yaml"]);
  });
});

describe("globs", () => {
  const files = { "k/a.yaml": "", "k/b.json": "", "k/n.tpl": "", "k/d/c.yaml": "", "[x].yaml": "" };
  test.each([
    ["k/*.yaml", ["k/a.yaml"]],
    ["k/**/*.yaml", ["k/a.yaml", "k/d/c.yaml"]],
    ["k/*", ["k/a.yaml", "k/b.json"]],
    ["k/*.tpl", ["k/n.tpl"]],
    ["k/{a,d/c}.yaml", ["k/a.yaml", "k/d/c.yaml"]],
    ["[x].yaml", ["[x].yaml"]],
    ["/work/k/?.yaml", ["/work/k/a.yaml"]],
  ])("%s", (glob, paths) => {
    const found = find(files, [glob]);
    expect(found.paths).toEqual(paths);
    expect(found.unreadable).toEqual([]);
  });

  test("one that finds nothing is a mistake, in the context it is not", () => {
    const found = find(files, ["k/*.yml"], { context: ["crds/*.yaml", "k/*.toml"] });
    expect(found.unreadable.map(({ path }) => path)).toEqual(["k/*.yml", "crds/*.yaml"]);
  });

  test("one that would take long to match is refused", () => {
    expect(find(files, ["k/*a*a*a*a*a.yaml"]).unreadable).toEqual([
      { path: "k/*a*a*a*a*a.yaml", message: 'The glob has more than 3 "*" in one name' },
    ]);
  });
});

test("what the configuration excludes is told, named files too", () => {
  const excludes = (path: string) => path === "k/gen" || path === "k/a.yaml";
  const found = find({ "k/a.yaml": "", "k/gen/b.yaml": "", "k/c.yaml": "" }, ["k"], { excludes });
  expect(found.paths).toEqual(["k/c.yaml"]);
  expect(found.skipped).toEqual([
    { path: "k/gen/", reason: "excluded" },
    { path: "k/a.yaml", reason: "excluded" },
  ]);
  expect(find({ "k/a.yaml": "" }, ["k/a.yaml"], { excludes }).skipped).toEqual([
    { path: "k/a.yaml", reason: "excluded" },
  ]);
});

test("a path that is not there is told with the nearest name", () => {
  const files = { "deploy/shop/a.yaml": "" };
  expect(find(files, ["deploi/shop"]).unreadable).toEqual([
    { path: "deploi/shop", message: 'There is no folder "deploi"; the nearest name is "deploy"' },
  ]);
  expect(find(files, ["deploy/shop/a.yml"]).unreadable).toEqual([
    { path: "deploy/shop/a.yml", message: 'There is no such file or folder; the nearest name is "deploy/shop/a.yaml"' },
  ]);
  expect(find(files, ["elsewhere"]).unreadable[0]!.message).toBe("There is no such file or folder");
  expect(find(files, [""]).unreadable).toHaveLength(1);
});
