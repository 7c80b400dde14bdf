import type { FileSystem } from "../input/index.js";
import { findConfig } from "./index.js";

const fileSystem = (files: readonly string[], folders: readonly string[] = []): FileSystem => ({
  readFile: () => new Uint8Array(),
  readFolder: () => [],
  realPath: (path) => path,
  stat: (path) =>
    files.includes(path) ? { type: "file", size: 1 } : folders.includes(path) ? { type: "folder", size: 0 } : undefined,
});

test.each([
  [["/a/kubeproof.yaml"], "/a/b/c", "/a/kubeproof.yaml"],
  [["/a/kubeproof.yaml", "/a/b/.kubeproof.yml"], "/a/b/c", "/a/b/.kubeproof.yml"],
  [["/.kubeproof.yaml"], "/a/b", "/.kubeproof.yaml"],
  [["/kubeproof.yml"], "/", "/kubeproof.yml"],
  [["C:/repo/kubeproof.yaml"], "C:/repo/k8s", "C:/repo/kubeproof.yaml"],
])("%j from %s", (files, from, path) => {
  expect(findConfig(fileSystem(files), from)).toEqual({ state: "found", path });
});

test("none up to the root", () => {
  expect(findConfig(fileSystem(["/b/kubeproof.yaml"], ["/a/kubeproof.yaml"]), "/a/c")).toEqual({ state: "none" });
});

test("two in one folder contend", () => {
  const found = findConfig(fileSystem(["/a/kubeproof.yaml", "/a/.kubeproof.yaml"]), "/a/b");
  expect(found).toEqual({
    state: "ambiguous",
    message: "Both kubeproof.yaml and .kubeproof.yaml are in /a; keep one, or name one with --config",
  });
});
