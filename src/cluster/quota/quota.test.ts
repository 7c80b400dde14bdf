import { parseAllDocuments } from "yaml";
import { outcomeOf } from "../outcome/outcome.js";
import { simulate } from "../simulation/simulate.js";

const quota = (name: string, hard: string, more = "") => `
apiVersion: v1
kind: ResourceQuota
metadata: {name: ${name}}
spec: {hard: ${hard}${more}}`;

const pod = (name: string, spec: string, annotations = "{}") => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, annotations: ${annotations}}
spec: ${spec}`;

const definition = (name: string, kind = name) => `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ${name.toLowerCase()}s.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: ${name.toLowerCase()}s, singular: ${name.toLowerCase()}, kind: ${kind}}
  versions:
    - name: v1
      served: true
      storage: true
      schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}`;

const custom = (kind: string, name: string, annotations = "{}") => `
apiVersion: example.com/v1
kind: ${kind}
metadata: {name: ${name}, annotations: ${annotations}}`;

const outcome = (...documents: string[]) =>
  outcomeOf(
    simulate(
      parseAllDocuments(documents.join("\n---\n")).map((document) => document.toJS()),
      { minor: 34 },
    ),
  );
const used = (...documents: string[]) =>
  Object.fromEntries((outcome(...documents).resourceQuotas ?? []).map((entry) => [entry.name, entry.used]));
const codes = (...documents: string[]) => outcome(...documents).documents!.map(({ code }) => code);

test("what nothing counts is not said to be used", () => {
  const hard =
    '{limits.example.com/gpu: "1", requests.example.com/gpu: "1", count/foos.example.com: "1", secrets: "1"}';
  expect(used(quota("q", hard), quota("none", '{count/foos.example.com: "1"}'))).toEqual({
    q: { "requests.example.com/gpu": "0", secrets: "0" },
    none: undefined,
  });
});

test("what is defaulted, ended or out of scope counts as it should", () => {
  const ended = '{simulate.kubeproof.dev/complete: "true"}';
  const node = `
apiVersion: v1
kind: Node
metadata: {name: n}
status: {capacity: {cpu: "4", memory: 8Gi, pods: "110"}}`;
  const limited = "{containers: [{name: app, image: 'app:1', resources: {limits: {cpu: 500m}}}]}";
  const plain = "{containers: [{name: app, image: 'app:1'}]}";
  expect(
    used(
      node,
      quota("all", '{pods: "9", count/pods: "9"}'),
      quota("best", '{pods: "9"}', ", scopes: [BestEffort]"),
      quota("rest", '{requests.cpu: "9", limits.cpu: "9"}', ", scopes: [NotBestEffort]"),
      pod("a", limited),
      pod("b", plain),
      pod("c", limited, ended),
    ),
  ).toEqual({
    all: { pods: "2", "count/pods": "3" },
    best: { pods: "1" },
    rest: { "requests.cpu": "500m", "limits.cpu": "500m" },
  });
});

test("a quota on a new kind lets nothing in until the controllers have seen the kind", () => {
  const hard = '{count/farms.example.com: "2"}';
  const waiting = '{simulate.kubeproof.dev/wait: "40"}';
  expect(codes(definition("Farm"), custom("Farm", "a"), quota("q", hard), custom("Farm", "b"))).toEqual([
    201, 201, 201, 403,
  ]);
  const documents = [
    definition("Farm"),
    quota("q", hard),
    custom("Farm", "a", waiting),
    custom("Farm", "b"),
    custom("Farm", "c"),
  ];
  expect(codes(...documents)).toEqual([201, 201, 201, 201, 403]);
  expect(used(...documents)).toEqual({ q: { "count/farms.example.com": "2" } });
});

describe("definitions", () => {
  const conditions = (...documents: string[]) =>
    outcome(...documents).customResourceDefinitions!.map(
      (entry) =>
        `${entry.name} ${(entry.conditions as { type: string; reason: string }[]).map(({ reason }) => reason).join(" ")}`,
    );
  const remove = (name: string) => `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ${name}, annotations: {simulate.kubeproof.dev/op: delete}}`;

  test("that want a name of another's make no kind, until that one is gone", () => {
    const documents = [definition("Farm"), definition("Field", "Farm")];
    expect(conditions(...documents)).toEqual([
      "farms.example.com NoConflicts InitialNamesAccepted",
      "fields.example.com ListKindConflict NotAccepted",
    ]);
    const later = [...documents, custom("Farm", "a"), remove("farms.example.com"), custom("Farm", "b")];
    expect(conditions(...later)).toEqual(["fields.example.com NoConflicts InitialNamesAccepted"]);
    expect(outcome(...later).gone!.map(({ kind, name }) => `${kind} ${name}`)).toContain("Farm a");
    expect(codes(...later).at(-1)).toBe(201);
  });
});
