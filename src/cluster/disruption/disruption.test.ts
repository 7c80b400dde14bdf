import { parseAllDocuments } from "yaml";
import { outcomeOf } from "../outcome/outcome.js";
import { simulate } from "../simulation/simulate.js";
import { drain } from "./drain.js";

const node = (name: string, pods = 110) => `
apiVersion: v1
kind: Node
metadata: {name: ${name}, labels: {kubernetes.io/hostname: ${name}}}
status: {capacity: {cpu: "4", memory: 8Gi, pods: "${pods}"}}`;

const workload = (
  kind: string,
  name: string,
  replicas: number,
  spec = "{containers: [{name: app, image: 'app:1'}]}",
  annotations = "{}",
) => `
apiVersion: apps/v1
kind: ${kind}
metadata: {name: ${name}}
spec:
  ${kind === "DaemonSet" ? "" : `replicas: ${replicas}`}
  ${kind === "StatefulSet" ? `serviceName: ${name}` : ""}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}, annotations: ${annotations}}
    spec: ${spec}`;

const budget = (name: string, spec: string, selector = "{matchLabels: {app: web}}") => `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: ${name}}
spec: {${spec}, selector: ${selector}}`;

const play = (...documents: string[]) =>
  simulate(
    parseAllDocuments(documents.join("\n---\n")).map((document) => document.toJS()),
    { minor: 34 },
  );

const budgetsOf = (...documents: string[]) =>
  (outcomeOf(play(...documents)).podDisruptionBudgets ?? []) as {
    name: string;
    expectedPods: number;
    currentHealthy: number;
    desiredHealthy: number;
    disruptionsAllowed: number;
    conditions: { reason: string }[];
    evictions: { count: number; pod: string; code: number }[];
  }[];

test.each([
  ["minAvailable: 2", 5, 2, 3],
  ["minAvailable: 50%", 5, 3, 2],
  ["minAvailable: 100%", 5, 5, 0],
  ["maxUnavailable: 30%", 5, 3, 2],
  ["maxUnavailable: 7", 5, 0, 5],
  ["minAvailable: 9", 5, 9, 0],
])("%s of %d Pods", (spec, replicas, desired, allowed) => {
  const [found] = budgetsOf(node("n"), workload("Deployment", "web", replicas), budget("b", spec));
  expect(found).toMatchObject({ expectedPods: replicas, desiredHealthy: desired, disruptionsAllowed: allowed });
  expect(found!.evictions).toEqual([expect.objectContaining({ count: replicas, code: allowed > 0 ? 201 : 429 })]);
});

test("what controllers want is not known of kinds that do not scale", () => {
  const [found] = budgetsOf(node("n"), workload("DaemonSet", "web", 1), budget("b", "maxUnavailable: 1"));
  expect(found).toMatchObject({ expectedPods: 0, disruptionsAllowed: 0, conditions: [{ reason: "SyncFailed" }] });
  expect(found!.evictions[0]).toMatchObject({ code: 429 });
});

test("Pods that are not ready go, where the budget says so or is met without them", () => {
  const sick = workload("Deployment", "sick", 1, undefined, '{simulate.kubeproof.dev/never-ready: "true"}');
  const all = "{matchExpressions: [{key: app, operator: Exists}]}";
  const codes = (spec: string) =>
    budgetsOf(node("n"), sick, workload("Deployment", "web", 1), budget("b", spec, all))[0]!.evictions.map(
      ({ pod, code }) => `${pod} ${code}`,
    );
  expect(codes("minAvailable: 1")).toEqual(["sick-<hash>-* 201", "web-<hash>-* 429"]);
  expect(codes("minAvailable: 2")).toEqual(["sick-<hash>-* 429", "web-<hash>-* 429"]);
  expect(codes("minAvailable: 2, unhealthyPodEvictionPolicy: AlwaysAllow")).toEqual([
    "sick-<hash>-* 201",
    "web-<hash>-* 429",
  ]);
});

describe("draining a node", () => {
  const drained = (...documents: string[]) => {
    const { cluster } = play(...documents);
    const found = drain(cluster, "n1")!;
    const fates = found.pods.map(({ pod, fate }) => `${pod.metadata.labels?.app ?? pod.metadata.name} ${fate}`);
    return { fates: fates.sort(), homeless: found.homeless.length };
  };

  test("moves what has room elsewhere, one by one", () => {
    const documents = [node("n1"), workload("Deployment", "web", 3), budget("b", "maxUnavailable: 1"), node("n2")];
    expect(drained(...documents)).toEqual({ fates: ["web evicted", "web evicted", "web evicted"], homeless: 0 });
  });

  test("stops at a budget when what is evicted finds no place", () => {
    const documents = [node("n1"), workload("Deployment", "web", 3), budget("b", "maxUnavailable: 1"), node("n2", 1)];
    expect(drained(...documents)).toEqual({ fates: ["web blocked", "web evicted", "web evicted"], homeless: 1 });
  });

  test("leaves DaemonSets, and Pods of nobody", () => {
    const bare = "apiVersion: v1\nkind: Pod\nmetadata: {name: bare}\nspec: {containers: [{name: app, image: 'app:1'}]}";
    expect(drained(node("n1"), workload("DaemonSet", "agent", 1), bare)).toEqual({
      fates: ["agent stays", "bare bare"],
      homeless: 0,
    });
  });

  test("of a node that is not there says nothing", () => {
    expect(drain(play(node("n1")).cluster, "n9")).toBeUndefined();
  });
});
