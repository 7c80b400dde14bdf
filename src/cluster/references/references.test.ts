import { readText } from "../../input/index.js";
import { collectCustomTypes, loadTypes } from "../../schema/index.js";
import { Cluster } from "../cluster.js";
import { POD_TEMPLATE_PATHS } from "../pods/pod-template.js";
import { type KubernetesObject, Resource } from "../resource.js";
import { compilePattern, EVERY_ITEM } from "./object-paths.js";
import { REFERENCE_FACTS, type Scope, SELECTOR_FACTS } from "./reference-facts.js";

function clusterOf(text: string): Cluster {
  const types = loadTypes(34, collectCustomTypes([]));
  const resources = readText("example.yaml", text).manifests.map((manifest) => {
    const { facts, doubtful } = types.decode(manifest.value);
    return new Resource(manifest.value as KubernetesObject, manifest, facts, doubtful);
  });
  return new Cluster(resources, { types, externals: [] });
}

const describeReferences = (cluster: Cluster, index = 0): string[] =>
  cluster.references.from(cluster.resources[index]!).map((reference) => {
    const { at, group, kind, namespace, name, keys, optional, lookup } = reference;
    const target = `${group && `${group}/`}${kind}/${namespace === undefined ? "" : `${namespace}/`}${name}`;
    const wanted = keys.map((key) => ` ${key.at}=${key.name}`).join("");
    return `${at} -> ${target}${wanted}${optional ? " optional" : ""} ${lookup.state}`;
  });

test("reads names and keys wherever a Pod has them", () => {
  const cluster = clusterOf(`
apiVersion: batch/v1
kind: CronJob
metadata: {name: report, namespace: shop}
spec:
  schedule: "@daily"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          serviceAccountName: reporter
          priorityClassName: system-cluster-critical
          imagePullSecrets: [{name: registry}]
          initContainers:
            - {name: wait, image: "wait:1", envFrom: [{secretRef: {name: db, optional: true}}]}
          containers:
            - name: report
              image: "report:1"
              env:
                - {name: A, value: plain}
                - {name: B, valueFrom: {configMapKeyRef: {name: report, key: b}}}
          volumes:
            - {name: a, secret: {secretName: tls, items: [{key: tls.crt, path: c}, {key: tls.key, path: k}]}}
            - {name: b, projected: {sources: [{serviceAccountToken: {path: t}}, {configMap: {name: ca}}]}}
            - {name: c, emptyDir: {}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: report, namespace: shop}
data: {b: "1"}
`);
  const spec = "spec.jobTemplate.spec.template.spec";
  expect(describeReferences(cluster).sort()).toEqual(
    [
      `${spec}.serviceAccountName -> ServiceAccount/shop/reporter absent`,
      `${spec}.priorityClassName -> scheduling.k8s.io/PriorityClass/system-cluster-critical unknown`,
      `${spec}.imagePullSecrets[0].name -> Secret/shop/registry absent`,
      `${spec}.initContainers[0].envFrom[0].secretRef.name -> Secret/shop/db optional absent`,
      `${spec}.containers[0].env[1].valueFrom.configMapKeyRef.name -> ConfigMap/shop/report ${spec}.containers[0].env[1].valueFrom.configMapKeyRef.key=b present`,
      `${spec}.volumes[0].secret.secretName -> Secret/shop/tls ${spec}.volumes[0].secret.items[0].key=tls.crt ${spec}.volumes[0].secret.items[1].key=tls.key absent`,
      `${spec}.volumes[1].projected.sources[1].configMap.name -> ConfigMap/shop/ca absent`,
    ].sort(),
  );
  expect(cluster.references.to(cluster.resources[1]!).map(({ from }) => from.ref)).toEqual(['CronJob "report"']);
});

test("reads the kind of the target, where the object gives it", () => {
  const cluster = clusterOf(`
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: a}
spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: extensions/v1beta1, kind: Deployment, name: a}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: b}
spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: b}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: c, namespace: shop}
roleRef: {kind: ClusterRole, name: view}
subjects:
  - {kind: ServiceAccount, name: own}
  - {kind: ServiceAccount, name: far, namespace: ci}
  - {kind: User, name: jane}
`);
  expect(describeReferences(cluster, 0)).toEqual(["spec.scaleTargetRef.name -> apps/Deployment//a absent"]);
  expect(describeReferences(cluster, 1)).toEqual(["spec.scaleTargetRef.name -> argoproj.io/Rollout//b absent"]);
  expect(describeReferences(cluster, 2)).toEqual([
    "roleRef.name -> rbac.authorization.k8s.io/ClusterRole/view unknown",
    "subjects[0].name -> ServiceAccount/shop/own absent",
    // The input shows nothing of that namespace.
    "subjects[1].name -> ServiceAccount/ci/far unknown",
  ]);
});

test("a claim template takes the place of a volume of its name", () => {
  const cluster = clusterOf(`
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers: [{name: db, image: "db:1"}]
      volumes: [{name: data, persistentVolumeClaim: {claimName: data}}, {name: x, configMap: {name: x}}]
  volumeClaimTemplates: [{metadata: {name: data}, spec: {storageClassName: fast}}]
`);
  expect(describeReferences(cluster)).toEqual([
    "spec.serviceName -> Service//db absent",
    "spec.volumeClaimTemplates[0].spec.storageClassName -> storage.k8s.io/StorageClass/fast unknown",
    "spec.template.spec.volumes[1].configMap.name -> ConfigMap//x absent",
  ]);
});

const HOMES = {
  object: { group: "", kind: "Pod", path: "" },
  podSpec: { group: "", kind: "Pod", path: "spec" },
  container: { group: "", kind: "Pod", path: "spec.containers[*]" },
};
const homeOf = (from: Scope) => (typeof from === "string" ? HOMES[from] : { ...from, path: "" });
const types = loadTypes(34, collectCustomTypes([]));
const served = new Set(types.kinds().map(({ group, kind }) => `${group}/${kind}`));

/** By served version, an object in which a field of a fact stands, and nothing else. */
function objectsWith({ from, at }: { readonly from: Scope; readonly at: string }, field: string): object[] {
  const { group, kind, path } = homeOf(from);
  const steps = compilePattern([path, at, field].filter(Boolean).join("."));
  const value = steps.reduceRight<unknown>(
    (below, step) => (step === EVERY_ITEM ? [below] : { [String(step)]: below }),
    "x",
  );
  return types
    .kinds()
    .filter((one) => one.group === group && one.kind === kind)
    .map(({ version }) => {
      const { metadata, ...rest } = structuredClone(value) as { metadata?: object };
      const apiVersion = group === "" ? version : `${group}/${version}`;
      return { apiVersion, kind, metadata: { name: "x", ...metadata }, ...rest };
    });
}

const fields = [
  ...REFERENCE_FACTS.map((fact) => ({
    fact,
    fields: [
      fact.name,
      fact.key,
      typeof fact.optional === "string" ? fact.optional : undefined,
      fact.when?.field,
      fact.member?.field,
      typeof fact.namespace === "object" ? fact.namespace.field : undefined,
    ],
  })),
  ...SELECTOR_FACTS.map((fact) => ({
    fact,
    fields: [
      fact.selector,
      ...(typeof fact.namespace === "object" ? [fact.namespace.selector, fact.namespace.names] : []),
    ],
  })),
]
  .filter(({ fact: { from } }) => served.has(`${homeOf(from).group}/${homeOf(from).kind}`))
  .flatMap(({ fact, fields }) =>
    fields
      .filter((field): field is string => field !== undefined)
      // A field of a map is any.
      .map((field) => (fact.at === "parameters" ? `[${field.replace(/[[\]]/g, "")}]` : field))
      .map((field) => [`${homeOf(fact.from).kind} ${fact.at} ${field}`, fact, field] as const),
  );

test.each(fields)("a served version has the field of the table: %s", (_, fact, field) => {
  const unknown = objectsWith(fact, field).map(
    (object) =>
      types.decode(object as Record<string, unknown>).problems.filter(({ code }) => code === "unknown-field").length,
  );
  expect(unknown).toContain(0);
});

test("every kind that makes Pods is read", () => {
  for (const { group, kind, path } of POD_TEMPLATE_PATHS) {
    const pod = { spec: { serviceAccountName: "x", containers: [] } };
    const nested = path.split(".").reduceRight<object>((below, step) => (step ? { [step]: below } : below), pod);
    const cluster = clusterOf(
      JSON.stringify({ apiVersion: group === "" ? "v1" : `${group}/v1`, kind, metadata: { name: "x" }, ...nested }),
    );
    expect(cluster.references.from(cluster.resources[0]!)).toMatchObject([{ kind: "ServiceAccount", name: "x" }]);
  }
});
