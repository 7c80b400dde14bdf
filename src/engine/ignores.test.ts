import { lint } from "../api.js";

/** The lines on which image-tag-latest still speaks. */
const spoken = (text: string): number[] =>
  lint({
    texts: [{ path: "a.yaml", text }],
    config: { extends: [], rules: { "image-tag-latest": "error" } },
  }).diagnostics.map(({ source, span }) => source.position(span.start).line);

const POD = (first: string, second: string): string => `apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
${first}
${second}
`;
const A = "    - {name: a, image: a}";
const B = "    - {name: b, image: b}";

test.each([
  ["on the line", POD(`${A}   # kubeproof-ignore image-tag-latest`, B), [7]],
  ["above the line", POD(`    # kubeproof-ignore image-tag-latest -- for now\n${A}`, B), [8]],
  [
    "above other comments and an empty line",
    POD(`    # kubeproof-ignore image-tag-latest\n    # why\n\n${A}`, B),
    [10],
  ],
  ["of what is below", POD(A, B).replace("spec:", "# kubeproof-ignore image-tag-latest\nspec:"), []],
  ["of the whole file", `# kubeproof-ignore-file image-tag-latest\n${POD(A, B)}`, []],
  ["of the whole document", `---\n# kubeproof-ignore image-tag-latest\n${POD(A, B)}---\n${POD(A, B)}`, [16, 17]],
  ["of another rule", POD(`${A}   # kubeproof-ignore privileged`, B), [6, 7]],
  ["in a text", POD(`    - {name: a, image: a, args: ["# kubeproof-ignore image-tag-latest"]}`, B), [6, 7]],
  [
    "by annotation",
    POD(A, B).replace("{name: a}", "{name: a, annotations: {kubeproof.dev/ignore: image-tag-latest}}"),
    [],
  ],
])("an ignore %s", (_, text, lines) => expect(spoken(text)).toEqual(lines));

test("ten thousand ignores take no longer than they must", () => {
  const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n${Array.from({ length: 10_000 }, (_, i) => `  # kubeproof-ignore r${i}\n  k${i}: v\n`).join("")}`;
  expect(lint({ texts: [{ path: "a.yaml", text }] }).diagnostics).toHaveLength(10_000);
});
