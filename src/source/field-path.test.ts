import fc from "fast-check";
import { formatPath, joinPath, parsePath } from "./field-path.js";

test.each([
  ["spec.template.spec.containers[0].image", ["spec", "template", "spec", "containers", 0, "image"]],
  ["metadata.labels[app.kubernetes.io/name]", ["metadata", "labels", "app.kubernetes.io/name"]],
  ["data[tls.crt]", ["data", "tls.crt"]],
  ["", []],
])("%s", (path, steps) => expect(parsePath(path)).toEqual(steps));

test("what is written is read back", () => {
  const step = fc.oneof(
    fc.nat(1000),
    fc.stringMatching(/^[A-Za-z0-9./_-]+$/).filter((key) => !/^\d+$/.test(key)),
  );
  fc.assert(fc.property(fc.array(step), (steps) => expect(parsePath(formatPath(steps))).toEqual(steps)));
});

test("joining is the same as joining the steps", () => {
  expect(joinPath("spec", "ports[0]")).toBe("spec.ports[0]");
  expect(joinPath("spec.ports", "[0]")).toBe("spec.ports[0]");
  expect(joinPath("", "spec")).toBe("spec");
  expect(joinPath("items[3]", "")).toBe("items[3]");
});
