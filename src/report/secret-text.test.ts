import { SourceFile } from "../source/source-file.js";
import { secretSpans } from "./secret-text.js";

/** The text with what is hidden replaced. */
function hide(text: string): string {
  let shown = "";
  let at = 0;
  for (const { start, end } of secretSpans(new SourceFile("a.yaml", text))) {
    shown += `${text.slice(at, start)}***`;
    at = end;
  }
  return shown + text.slice(at);
}

test.each([
  ["block style", "kind: Secret\nmetadata:\n  name: db\ndata:\n  a: c2VjcmV0\n  b: |\n    s3cret\ntype: Opaque\n"],
  ["data before kind", "data:\n  a: c2VjcmV0\nkind: Secret\nmetadata: {name: db}\n"],
  ["a misspelt field", 'kind: Secret\nstringdata:\n  a: "c2VjcmV0"\n'],
  ["a misspelt kind's case", "kind: secret\ndata:\n  a: c2VjcmV0\n"],
  ["flow style", "{kind: Secret, data: {a: c2VjcmV0}}\n"],
  ["flow style in several lines", "{kind: Secret,\n data: {\n a: c2VjcmV0}}\n"],
  ["minified JSON", '{"kind":"Secret","stringData":{"a":"s3cret"}}\n'],
  ["JSON", '{\n  "kind": "Secret",\n  "data": {\n    "a": "c2VjcmV0"\n  }\n}\n'],
  ["a list", "kind: List\nitems:\n- kind: Secret\n  data:\n    a: c2VjcmV0\n- kind: Pod\n"],
  ["a list, data first", "kind: List\nitems:\n- data:\n    a: c2VjcmV0\n  kind: Secret\n- kind: Pod\n"],
  ["unindented text that does not parse", "kind: Secret\ndata:\n  a: |\nc2VjcmV0\ns3cret: c2VjcmV0\n"],
  [
    "the last applied configuration",
    'kind: Secret\nmetadata:\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n      {"data":{"a":"c2VjcmV0"}}\n',
  ],
  ["Windows line ends", "kind: Secret\r\ndata:\r\n  a: c2VjcmV0\r\n"],
  ["a second document", "kind: Pod\n---\nkind: Secret\ndata:\n  a: c2VjcmV0\n---\nkind: Pod\n"],
])("hides the values in %s", (_, text) => {
  expect(hide(text)).not.toMatch(/c2VjcmV0|s3cret(?!:)/);
});

test("shows what is no secret", () => {
  const text = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db # the database\ntype: Opaque\nimmutable: true\n";
  expect(hide(text)).toBe(text);
  expect(hide("kind: Secret\ndata:\n  password: aGk=\n")).toBe("kind: Secret\ndata:\n  password: ***\n");
});

test.each([
  ["a ConfigMap beside it", "kind: ConfigMap\ndata:\n  a: b\n---\nkind: Secret\n"],
  ["a neighbour in a list", "items:\n- kind: Secret\n- kind: ConfigMap\n  data:\n    a: b\n"],
  ["a reference", "kind: Gateway\nspec:\n  refs:\n  - kind: Secret\n    name: tls\n    group: ''\n"],
  ["a reference in flow style", "kind: Gateway\nspec:\n  ref: {kind: Secret, name: tls}\n  data: x\n"],
  ["another kind", "kind: SecretStore\ndata:\n  a: b\n"],
])("leaves %s", (_, text) => {
  expect(hide(text)).toBe(text);
});

test("takes time in proportion to the text", () => {
  for (const line of ["kind: Secret\n", "{kind: Secret,\n", "- kind: Secret\n  data:\n    a: b\n"]) {
    secretSpans(new SourceFile("a.yaml", line.repeat(100_000)));
  }
});
