import { admitDelete, admitObject, admitUpdate, ClusterSoFar } from "../index.js";
import { OBJECTS } from "./testing/sample-objects.js";

type Fields = Record<string, unknown>;

/** The value at a path of names and indexes is replaced; undefined takes it away. */
function changed(object: unknown, changes: Readonly<Record<string, unknown>>): Fields {
  const copy = JSON.parse(JSON.stringify(object)) as Fields;
  for (const [path, value] of Object.entries(changes)) {
    const steps = path.split("/");
    let place: Fields = copy;
    for (const step of steps.slice(0, -1)) {
      place[step] ??= {};
      place = place[step] as Fields;
    }
    if (value === undefined) delete place[steps.at(-1)!];
    else place[steps.at(-1)!] = value;
  }
  return copy;
}

/** What the server answers when the stored sample is changed so: `200`, or the code and each cause. */
function answer(name: string, changes: Fields, { minor = 34, stored = {}, ...options }: Row[3] = {}): string {
  const surroundings = new ClusterSoFar(minor);
  const made = admitObject(OBJECTS[name], { minor, surroundings });
  expect(made.causes).toEqual([]);
  const old = changed(made.object, stored);
  surroundings.apply(old);
  const value = options.operation === "apply" ? changed(head(old), changes) : changed(old, changes);
  const before = JSON.stringify([value, old]);
  const verdict = admitUpdate(value, old, { minor, surroundings, currentVersion: true, ...options });
  expect(JSON.stringify([value, old])).toBe(before);
  return [
    verdict.code,
    ...verdict.causes.map(({ reason, field }) => `${reason.replace("FieldValue", "")} ${field}`),
  ].join(", ");
}

const head = ({ apiVersion, kind, metadata }: Fields): Fields => {
  const { name, namespace } = metadata as Fields;
  return { apiVersion, kind, metadata: { name, namespace } };
};

type Row = readonly [
  kind: string,
  changes: Fields,
  answer: string,
  options?: {
    minor?: number;
    operation?: "apply";
    lastApplied?: unknown;
    lastWritten?: unknown;
    currentVersion?: boolean;
    stored?: Fields;
  },
];

const BOUND = { stored: { status: { phase: "Bound", capacity: { storage: "1Gi" } }, "spec/volumeName": "pv" } };
const GATED = { stored: { "spec/schedulingGates": [{ name: "example.com/wait" }], "spec/nodeSelector": { a: "b" } } };
const FROZEN = { stored: { immutable: true } };
const SUSPENDED = { stored: { "spec/suspend": true } };
const CHOSEN = { stored: { "spec/clusterIP": undefined, "spec/clusterIPs": undefined } };
const SENT = { currentVersion: false };
const TWICE = [
  { name: "a", port: 80, nodePort: 30080 },
  { name: "b", port: 81, nodePort: 30080 },
];
const NODE_AFFINITY = {
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key: "a", operator: "Exists" }] }],
    },
  },
};

const ROWS: Row[] = [
  ["ConfigMap", { "data/a": "2" }, "200"],
  ["ConfigMap", { "data/a": "2" }, "422, Forbidden data", FROZEN],
  ["ConfigMap", { immutable: undefined }, "422, Forbidden immutable", FROZEN],
  ["ConfigMap", { "metadata/labels": { "-": "x" } }, "422, Invalid metadata.labels"],
  ["ConfigMap", { "metadata/labels": { a: "b" } }, "200", FROZEN],
  ["ConfigMap", { "metadata/uid": "other" }, "409, Forbidden metadata.uid", { stored: { "metadata/uid": "one" } }],
  ["ConfigMap", { unknown: 1 }, "400, FieldUnknown unknown"],
  ["ConfigMap", { unknown: 1 }, "500, FieldUnknown unknown", { operation: "apply" }],
  [
    "ConfigMap",
    { "metadata/finalizers": ["example.com/new"] },
    "422, Forbidden metadata.finalizers",
    { stored: { "metadata/deletionTimestamp": "2025-01-01T00:00:00Z" } },
  ],
  ["Secret", { "data/a": "Yg==" }, "200"],
  ["Secret", { type: "example.com/other" }, "422, Invalid type"],
  ["Secret", { data: {} }, "422, Forbidden data", FROZEN],
  ["Deployment", { "spec/replicas": 5 }, "200"],
  ["Deployment", { "spec/replicas": -1 }, "422, Invalid spec.replicas"],
  [
    "Deployment",
    { "spec/selector/matchLabels": { app: "b" }, "spec/template/metadata/labels": { app: "b" } },
    "422, Invalid spec.selector",
  ],
  [
    "Deployment",
    { "spec/selector/matchLabels": { app: "b" } },
    "422, Invalid spec.template.metadata.labels, Invalid spec.selector",
  ],
  [
    "DaemonSet",
    { "spec/selector/matchLabels/b": "c", "spec/template/metadata/labels/b": "c" },
    "422, Invalid spec.selector",
  ],
  ["ReplicaSet", { "spec/replicas": 0 }, "200"],
  ["StatefulSet", { "spec/replicas": 0, "spec/minReadySeconds": 3 }, "200"],
  ["StatefulSet", { "spec/serviceName": "other" }, "422, Forbidden spec"],
  ["StatefulSet", { "spec/podManagementPolicy": "Parallel" }, "422, Forbidden spec"],
  ["StatefulSet", { "spec/revisionHistoryLimit": 3 }, "200"],
  ["StatefulSet", { "spec/revisionHistoryLimit": 3 }, "422, Forbidden spec", { minor: 32 }],
  ["Job", { "spec/parallelism": 3 }, "200"],
  ["Job", { "spec/completions": 3 }, "422, Invalid spec.completions"],
  ["Job", { "spec/backoffLimit": 1, "spec/suspend": true }, "200"],
  ["Job", { "spec/template/spec/containers/0/image": "b:1" }, "422, Invalid spec.template"],
  ["Job", { "spec/template/spec/nodeSelector": { a: "b" } }, "422, Invalid spec.template"],
  ["Job", { "spec/template/spec/nodeSelector": { a: "b" } }, "200", SUSPENDED],
  ["Job", { "spec/template/spec/affinity": NODE_AFFINITY }, "200", SUSPENDED],
  ["Job", { "spec/template/spec/hostNetwork": true }, "422, Invalid spec.template", SUSPENDED],
  [
    "Job",
    { "spec/template/spec/nodeSelector": { a: "b" } },
    "422, Invalid spec.template",
    { stored: { "spec/suspend": true, "status/startTime": "2025-01-01T00:00:00Z" } },
  ],
  ["Indexed Job", { "spec/completions": 3, "spec/parallelism": 3 }, "200"],
  ["Indexed Job", { "spec/completions": 3 }, "422, Invalid spec.completions"],
  ["Indexed Job", { "spec/completions": 3, "spec/parallelism": 3 }, "422, Invalid spec.completions", { minor: 26 }],
  ["CronJob", { "spec/schedule": "* * * * *", "spec/suspend": true }, "200"],
  ["CronJob", { "spec/schedule": "never" }, "422, Invalid spec.schedule"],
  ["Pod", { "spec/containers/0/image": "b:1" }, "200"],
  ["Pod", { "spec/containers/0/command": ["b"] }, "422, Forbidden spec"],
  ["Pod", { "spec/containers": [] }, "422, Required spec.containers, Forbidden spec.containers"],
  ["Pod", { "spec/activeDeadlineSeconds": 5 }, "200"],
  [
    "Pod",
    { "spec/activeDeadlineSeconds": 5 },
    "422, Invalid spec.activeDeadlineSeconds",
    { stored: { "spec/activeDeadlineSeconds": 4 } },
  ],
  ["Pod", {}, "200", { stored: { "spec/nodeName": "n" } }],
  ["Pod", { "spec/nodeName": undefined }, "422, Forbidden spec", { stored: { "spec/nodeName": "n" } }],
  [
    "Pod",
    { "spec/tolerations": [] },
    "422, Forbidden spec.tolerations",
    { stored: { "spec/tolerations": [{ key: "a", operator: "Exists" }] } },
  ],
  ["Pod", { "spec/tolerations/2": { key: "a", operator: "Exists" } }, "200"],
  ["Pod", { "spec/schedulingGates": [{ name: "example.com/new" }] }, "422, Forbidden spec.schedulingGates[0].name"],
  ["Pod", { "spec/schedulingGates": [] }, "200", GATED],
  ["Pod", { "spec/nodeSelector/c": "d" }, "200", GATED],
  ["Pod", { "spec/nodeSelector": { c: "d" } }, "422, Invalid spec.nodeSelector", GATED],
  ["Pod", { "spec/nodeSelector/c": "d" }, "422, Forbidden spec"],
  ["Pod", { "spec/affinity": NODE_AFFINITY }, "200", GATED],
  ["Pod with token", {}, "422, Forbidden spec"],
  ["Pod with token", { "metadata/labels": { a: "b" } }, "200", { operation: "apply" }],
  ["Service", { "spec/ports/0/port": 81 }, "200"],
  ["Service", { "spec/clusterIP": "10.0.0.9", "spec/clusterIPs": ["10.0.0.9"] }, "422, Invalid spec.clusterIPs[0]"],
  ["Service", { "spec/clusterIP": undefined, "spec/clusterIPs": undefined }, "200"],
  ["Service", { "spec/clusterIP": "None", "spec/clusterIPs": ["None"] }, "422, Invalid spec.clusterIPs[0]"],
  ["Service", { "spec/type": "NodePort" }, "200"],
  ["Service", { "spec/type": "ExternalName", "spec/externalName": "a.example" }, "200"],
  ["Service", { "spec/type": "ExternalName" }, "422, Required spec.externalName"],
  ["Service", { "spec/ports/0/port": 81 }, "200", CHOSEN],
  ["Service", { "spec/clusterIP": "10.0.0.7" }, "200", CHOSEN],
  ["Service", { "spec/clusterIPs": ["10.0.0.7"] }, "200", CHOSEN],
  ["Service", { "spec/clusterIP": "None" }, "422, Invalid spec.clusterIPs[0]", CHOSEN],
  ["Service", { "spec/type": "ExternalName", "spec/externalName": "a.example" }, "200", CHOSEN],
  ["Service", { "spec/type": "NodePort", "spec/ports": TWICE }, "500, InternalError spec.ports[1].nodePort"],
  ["ConfigMap", { "metadata/resourceVersion": "x" }, "500, InternalError metadata.resourceVersion", SENT],
  [
    "ConfigMap",
    { "metadata/resourceVersion": "7" },
    "409, Forbidden metadata.resourceVersion",
    { currentVersion: false, stored: { "metadata/resourceVersion": "8" } },
  ],
  ["Lease", { "spec/holderIdentity": "b" }, "422, Invalid metadata.resourceVersion", SENT],
  ["Lease", { "spec/holderIdentity": "b", "metadata/resourceVersion": "7" }, "200", SENT],
  ["ConfigMap", { "metadata/generateName": "a=b" }, "422, Invalid metadata.generateName"],
  ["ConfigMap", { "metadata/deletionGracePeriodSeconds": 1 }, "422, Invalid metadata.deletionGracePeriodSeconds"],
  ["LoadBalancer", { "spec/loadBalancerClass": "example.com/b" }, "422, Invalid spec.loadBalancerClass"],
  ["LoadBalancer", { "spec/type": "ClusterIP" }, "200", { operation: "apply" }],
  ["PersistentVolumeClaim", { "spec/accessModes": ["ReadOnlyMany"] }, "422, Forbidden spec"],
  ["PersistentVolumeClaim", { "spec/resources/requests/storage": "2Gi" }, "422, Forbidden spec"],
  [
    "PersistentVolumeClaim",
    { "spec/resources/requests/storage": "2Gi" },
    "403, Forbidden spec.resources.requests.storage",
    BOUND,
  ],
  [
    "PersistentVolumeClaim",
    { "spec/resources/requests/storage": "1Mi" },
    "422, Forbidden spec.resources.requests.storage",
    BOUND,
  ],
  ["PersistentVolumeClaim", { "spec/volumeMode": "Block" }, "422, Forbidden spec, Invalid volumeMode"],
  ["PersistentVolumeClaim", { "spec/volumeName": "pv" }, "200"],
  ["PersistentVolumeClaim", { "spec/volumeName": "other" }, "422, Forbidden spec", BOUND],
  ["PersistentVolumeClaim", { "spec/storageClassName": "b" }, "422, Forbidden spec"],
  ["PersistentVolumeClaim", { "metadata/labels": { a: "b" } }, "200", BOUND],
  ["PersistentVolume", { "spec/capacity/storage": "2Gi" }, "200"],
  ["PersistentVolume", { "spec/hostPath/path": "/b" }, "422, Forbidden spec.persistentvolumesource"],
  ["PersistentVolume", { "spec/persistentVolumeReclaimPolicy": "Delete" }, "200"],
  ["StorageClass", { allowVolumeExpansion: true }, "200"],
  ["StorageClass", { provisioner: "b", parameters: { a: "b" } }, "422, Forbidden parameters, Forbidden provisioner"],
  ["StorageClass", { volumeBindingMode: "WaitForFirstConsumer" }, "422, Invalid volumeBindingMode"],
  ["CSIDriver", { "spec/attachRequired": false }, "422, Invalid spec.attachedRequired"],
  ["CSIDriver", { "spec/fsGroupPolicy": "None" }, "200"],
  ["VolumeAttachment", { "spec/nodeName": "b" }, "422, Invalid spec"],
  ["RoleBinding", { "roleRef/name": "b" }, "422, Invalid roleRef"],
  ["RoleBinding", { subjects: [] }, "200"],
  ["IngressClass", { "spec/controller": "example.com/b" }, "422, Invalid spec.controller"],
  ["PriorityClass", { value: 5, description: "b" }, "422, Forbidden value"],
  ["PriorityClass", { preemptionPolicy: "Never" }, "422, Invalid preemptionPolicy"],
  ["RuntimeClass", { handler: "b" }, "422, Invalid handler"],
  ["EndpointSlice", { addressType: "IPv6", endpoints: [] }, "422, Invalid addressType"],
  ["ResourceQuota", { "spec/hard/pods": "9" }, "200"],
  ["ResourceQuota", { "spec/scopes": ["BestEffort"] }, "422, Invalid spec.scopes"],
  ["Namespace", { "metadata/labels/a": "b", "spec/finalizers": [] }, "200"],
  ["Node", { "spec/unschedulable": true }, "200"],
  ["Node", { "spec/providerID": "b" }, "200"],
  ["Node", { "spec/providerID": "b" }, "422, Forbidden spec.providerID", { stored: { "spec/providerID": "a" } }],
  ["Lease", { "spec/holderIdentity": "b" }, "200"],
  ["NetworkPolicy", { "spec/podSelector/matchLabels": { a: "b" } }, "200"],
  ["PodDisruptionBudget", { "spec/minAvailable": 2, "spec/selector": { matchLabels: { a: "b" } } }, "200"],
  [
    "HorizontalPodAutoscaler",
    { "spec/maxReplicas": 0, "spec/minReplicas": 0 },
    "422, Invalid spec.minReplicas, Invalid spec.maxReplicas, Forbidden spec.metrics",
  ],
  ["ResourceClaimTemplate", { "spec/spec/devices/requests/0/name": "b" }, "422, Invalid spec"],
  ["CustomResourceDefinition", { "spec/scope": "Cluster" }, "422, Invalid spec.scope"],
  ["CustomResourceDefinition", { "spec/names/shortNames": ["w"] }, "200"],
  ["CustomResourceDefinition", { "spec/versions/0/name": "v2" }, "422, Invalid status.storedVersions[0]"],
];

test.each(ROWS.map((row) => ({ row })))("$row.0 changed in $row.1 is answered $row.2", ({ row }) => {
  const [kind, changes, expected, options] = row;
  expect(answer(kind, changes, options)).toBe(expected);
});

test("an update of what is not there is refused, unless the kind is made by it", () => {
  const options = { minor: 34, surroundings: new ClusterSoFar(34) };
  expect(admitUpdate(OBJECTS.ConfigMap, undefined, options).code).toBe(404);
  expect(admitUpdate(OBJECTS.RoleBinding, undefined, options).code).toBe(201);
  expect(admitUpdate(OBJECTS.ConfigMap, undefined, { ...options, operation: "apply" }).code).toBe(201);
});

test("status, uid and times are the stored object's, and the generation counts changes of the spec", () => {
  const options = { minor: 34, surroundings: new ClusterSoFar(34) };
  const made = admitObject(OBJECTS.Deployment, options).object!;
  const old = changed(made, { status: { replicas: 1 }, "metadata/uid": "u", "metadata/generation": 4 });
  const update = (changes: Fields) => admitUpdate(changed(OBJECTS.Deployment, changes), old, options).object;
  expect(update({ status: { replicas: 9 } })).toEqual(old);
  expect(update({ "spec/replicas": 3 })).toMatchObject({
    status: { replicas: 1 },
    metadata: { uid: "u", generation: 5 },
  });
  expect(update({ "metadata/labels": { a: "b" } })).toMatchObject({ metadata: { generation: 4 } });
});

test("what the cluster has chosen for a Service stays", () => {
  const options = { minor: 34, surroundings: new ClusterSoFar(34) };
  const { clusterIP: _, ...spec } = OBJECTS.Service!.spec as Fields;
  const service = { ...OBJECTS.Service, spec: { ...spec, type: "NodePort" } };
  const unknown = admitObject(service, options).object!;
  expect(admitUpdate(service, unknown, options).object).toEqual(unknown);
  const old = changed(unknown, {
    "spec/clusterIP": "10.0.0.7",
    "spec/clusterIPs": ["10.0.0.7"],
    "spec/ports/0/nodePort": 30080,
  });
  expect(admitUpdate(service, old, options).object).toEqual(old);
  expect(admitUpdate(changed(service, { "spec/type": "ClusterIP" }), old, options).object?.spec).toMatchObject({
    clusterIP: "10.0.0.7",
    ports: [{ port: 80, protocol: "TCP", targetPort: 80 }],
  });
});

test("namespaces that every cluster has are never deleted", () => {
  const namespace = (name: string) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
  expect(admitDelete(namespace("kube-system"), { minor: 34, exists: true }).code).toBe(403);
  expect(admitDelete(namespace("shop"), { minor: 34, exists: true }).code).toBe(200);
  expect(admitDelete(namespace("shop"), { minor: 34, exists: false }).code).toBe(404);
});
