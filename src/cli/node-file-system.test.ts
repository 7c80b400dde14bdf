import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readInput } from "../input/index.js";
import { nodeFileSystem } from "./node-file-system.js";

const POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\n";
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kubeproof-files-"));
  mkdirSync(join(folder, "k/sub"), { recursive: true });
  writeFileSync(join(folder, "k/a.yaml"), POD);
  writeFileSync(join(folder, "k/sub/b.yaml"), POD);
  writeFileSync(join(folder, "secret.yaml"), POD);
  symlinkSync("..", join(folder, "k/sub/up"));
  symlinkSync("../secret.yaml", join(folder, "k/out.yaml"));
  symlinkSync("self", join(folder, "k/self"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("reads a tree, and not what links lead to outside it", () => {
  const input = readInput(nodeFileSystem, { paths: [join(folder, "k")], root: folder });
  expect(input.files.map(({ path }) => path.slice(folder.length))).toEqual(["/k/a.yaml", "/k/sub/b.yaml"]);
  expect(input.skipped.map(({ path, reason }) => [path.slice(folder.length), reason])).toEqual([
    ["/k/out.yaml", "outside"],
  ]);
  expect(input.unreadable).toEqual([]);
});

test("says in words what cannot be read", () => {
  expect(() => nodeFileSystem.readFile(join(folder, "none"))).toThrow("There is no such file or folder");
  expect(() => nodeFileSystem.readFolder(join(folder, "k/a.yaml"))).toThrow("It is not a folder");
  expect(() => nodeFileSystem.readFile(join(folder, "k"))).toThrow("It is a folder");
  expect(nodeFileSystem.stat(join(folder, "k/self"))).toBeUndefined();
  expect(nodeFileSystem.realPath("a\0b")).toBeUndefined();
});

test("a device without end is given up", () => {
  expect(() => nodeFileSystem.readFile("/dev/zero")).toThrow("It has no end in sight");
});
