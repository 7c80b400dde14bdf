import type { Resource } from "../resource.js";
import { NearNames } from "./near-names.js";

const named = (name: string, namespace = ""): Resource => ({ name, namespace }) as Resource;
const any = (): boolean => true;

test("finds slips among many names, at the beginning and at the end", () => {
  const names = new NearNames(Array.from({ length: 5000 }, (_, i) => named(`service-${i}-config`)));
  expect(names.nearest("service-4711-confg", any)?.name).toBe("service-4711-config");
  expect(names.nearest("servce-4711-config", any)?.name).toBe("service-4711-config");
  expect(names.nearest("frontend", any)).toBeUndefined();
});

test("offers only what passes, and what every cluster has", () => {
  const names = new NearNames([named("api", "a"), named("api", "b"), named("${NAME}")]);
  expect(names.nearest("apj", ({ namespace }) => namespace === "b")?.resource?.namespace).toBe("b");
  expect(names.nearest("apj", () => false)).toBeUndefined();
  expect(names.nearest("veiw", any, ["view", "edit"])).toEqual({ name: "view", slip: false, resource: undefined });
  expect(names.unnamed).toHaveLength(1);
});

test("a shared ending makes no likeness; dashes and capitals make no difference", () => {
  const names = new NearNames([named("chap-secret"), named("db-password")]);
  expect(names.nearest("hf-secret", any)).toBeUndefined();
  expect(names.nearest("dbPassword", any)?.name).toBe("db-password");
});
