import { parseAllDocuments } from "yaml";
import { outcomeOf } from "../../outcome/outcome.js";
import { simulate } from "../../simulation/simulate.js";

const deployment = (name: string, replicas: number) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: app, image: "app:1"}]}`;

const autoscaler = (name: string, bounds: string, target = "{apiVersion: apps/v1, kind: Deployment, name: web}") => `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: ${name}}
spec: {scaleTargetRef: ${target}, ${bounds}}`;

function after(...documents: string[]) {
  const parsed = parseAllDocuments(documents.join("\n---\n")).map((document) => document.toJS());
  const simulation = simulate(parsed, { minor: 34 });
  const { horizontalPodAutoscalers = [], deployments = [] } = outcomeOf(simulation);
  return {
    deployments: deployments.map(({ name, replicas }) => `${name} ${replicas}`),
    autoscalers: horizontalPodAutoscalers.map(({ name, currentReplicas, desiredReplicas, conditions }) => {
      const reasons = (conditions as { reason: string }[]).map(({ reason }) => reason).sort();
      return `${name} ${currentReplicas} ${desiredReplicas} ${reasons.join(" ")}`;
    }),
  };
}

test.each([
  ["below", 1, "web 2", "a 2 2 FailedGetResourceMetric SucceededGetScale"],
  ["above", 9, "web 5", "a 5 5 FailedGetResourceMetric SucceededGetScale"],
  ["within", 3, "web 3", "a 3 0 FailedGetResourceMetric SucceededGetScale"],
  ["off", 0, "web 0", "a 0 0 ScalingDisabled SucceededGetScale"],
])("what is %s its bounds", (_, replicas, deployments, autoscalers) => {
  expect(after(deployment("web", replicas), autoscaler("a", "minReplicas: 2, maxReplicas: 5"))).toEqual({
    deployments: [deployments],
    autoscalers: [autoscalers],
  });
});

test("a target is found by its group and kind, and may come later", () => {
  const other = (target: string) =>
    after(autoscaler("a", "minReplicas: 2, maxReplicas: 5", target), deployment("web", 1));
  expect(other("{apiVersion: apps/v9, kind: Deployment, name: web}").deployments).toEqual(["web 2"]);
  expect(other("{apiVersion: other.example/v1, kind: Deployment, name: web}").autoscalers).toEqual([
    "a 0 0 FailedGetScale",
  ]);
});

test("several autoscalers of the same Pods say so; those that disagree come to an end all the same", () => {
  const bounds = "minReplicas: 2, maxReplicas: 5";
  expect(after(deployment("web", 3), autoscaler("a", bounds), autoscaler("b", bounds)).autoscalers).toEqual([
    "a 3 0 AmbiguousSelector SucceededGetScale",
    "b 3 0 AmbiguousSelector SucceededGetScale",
  ]);
  expect(
    after(deployment("web", 3), autoscaler("a", bounds), autoscaler("b", "minReplicas: 8, maxReplicas: 9")),
  ).toBeDefined();
});

test("a custom resource is scaled where its definition says how", () => {
  const definition = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: farms.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: farms, singular: farm, kind: Farm}
  versions:
    - name: v1
      served: true
      storage: true
      schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
      subresources: {scale: {specReplicasPath: .spec.size, statusReplicasPath: .status.size, labelSelectorPath: .spec.pods}}`;
  const farm = (pods: string) => `
apiVersion: example.com/v1
kind: Farm
metadata: {name: f}
spec: {size: 1, pods: "${pods}"}`;
  const target = "{apiVersion: example.com/v1, kind: Farm, name: f}";
  const scaled = (pods: string) =>
    after(definition, farm(pods), autoscaler("a", "minReplicas: 3, maxReplicas: 5", target)).autoscalers;
  expect(scaled("app=farm,tier in (a, b),!old")).toEqual(["a 3 3 FailedGetResourceMetric SucceededGetScale"]);
  expect(scaled("")).toEqual(["a 3 3 InvalidSelector SucceededGetScale"]);
});
