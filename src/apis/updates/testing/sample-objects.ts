type Fields = Readonly<Record<string, unknown>>;

const named = (apiVersion: string, kind: string, rest: Fields, name = "a"): Fields => ({
  apiVersion,
  kind,
  metadata: { name },
  ...rest,
});
const inDefault = (apiVersion: string, kind: string, rest: Fields, name = "a"): Fields => ({
  ...named(apiVersion, kind, rest),
  metadata: { name, namespace: "default" },
});
const pod = (more: Fields = {}) => ({ containers: [{ name: "a", image: "a:1" }], ...more });
const workload = (more: Fields = {}) => ({
  spec: {
    selector: { matchLabels: { app: "a" } },
    template: { metadata: { labels: { app: "a" } }, spec: pod() },
    ...more,
  },
});
const job = (more: Fields = {}) => ({ spec: { template: { spec: pod({ restartPolicy: "Never" }) }, ...more } });
const service = (more: Fields = {}) => ({ spec: { selector: { app: "a" }, ports: [{ port: 80 }], ...more } });

/** One object of each kind, to be changed. */
export const OBJECTS: Readonly<Record<string, Fields>> = {
  ConfigMap: inDefault("v1", "ConfigMap", { data: { a: "1" } }),
  Secret: inDefault("v1", "Secret", { data: { a: "YQ==" } }),
  Deployment: inDefault("apps/v1", "Deployment", workload()),
  DaemonSet: inDefault("apps/v1", "DaemonSet", workload()),
  ReplicaSet: inDefault("apps/v1", "ReplicaSet", workload()),
  StatefulSet: inDefault("apps/v1", "StatefulSet", workload({ serviceName: "a" })),
  Job: inDefault("batch/v1", "Job", job()),
  "Indexed Job": inDefault("batch/v1", "Job", job({ completionMode: "Indexed", completions: 2, parallelism: 2 })),
  CronJob: inDefault("batch/v1", "CronJob", { spec: { schedule: "0 * * * *", jobTemplate: job() } }),
  Pod: inDefault("v1", "Pod", { spec: pod({ automountServiceAccountToken: false }) }),
  "Pod with token": inDefault("v1", "Pod", { spec: pod() }),
  Service: inDefault("v1", "Service", service({ clusterIP: "10.0.0.1" })),
  LoadBalancer: inDefault("v1", "Service", service({ type: "LoadBalancer", loadBalancerClass: "example.com/a" })),
  PersistentVolumeClaim: inDefault("v1", "PersistentVolumeClaim", {
    spec: { accessModes: ["ReadWriteOnce"], storageClassName: "a", resources: { requests: { storage: "1Gi" } } },
  }),
  PersistentVolume: named("v1", "PersistentVolume", {
    spec: { accessModes: ["ReadWriteOnce"], capacity: { storage: "1Gi" }, hostPath: { path: "/a" } },
  }),
  StorageClass: named("storage.k8s.io/v1", "StorageClass", { provisioner: "a" }),
  CSIDriver: named("storage.k8s.io/v1", "CSIDriver", { spec: {} }),
  VolumeAttachment: named("storage.k8s.io/v1", "VolumeAttachment", {
    spec: { attacher: "a", nodeName: "a", source: { persistentVolumeName: "a" } },
  }),
  RoleBinding: inDefault("rbac.authorization.k8s.io/v1", "RoleBinding", {
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "a" },
    subjects: [{ kind: "ServiceAccount", name: "a", namespace: "default" }],
  }),
  IngressClass: named("networking.k8s.io/v1", "IngressClass", { spec: { controller: "example.com/a" } }),
  PriorityClass: named("scheduling.k8s.io/v1", "PriorityClass", { value: 1 }),
  RuntimeClass: named("node.k8s.io/v1", "RuntimeClass", { handler: "a" }),
  EndpointSlice: inDefault("discovery.k8s.io/v1", "EndpointSlice", { addressType: "IPv4", endpoints: [] }),
  ResourceQuota: inDefault("v1", "ResourceQuota", { spec: { hard: { pods: "1" } } }),
  Namespace: named("v1", "Namespace", {}, "a"),
  Node: named("v1", "Node", {}),
  Lease: inDefault("coordination.k8s.io/v1", "Lease", { spec: { holderIdentity: "a" } }),
  NetworkPolicy: inDefault("networking.k8s.io/v1", "NetworkPolicy", { spec: { podSelector: {} } }),
  PodDisruptionBudget: inDefault("policy/v1", "PodDisruptionBudget", {
    spec: { minAvailable: 1, selector: { matchLabels: { app: "a" } } },
  }),
  HorizontalPodAutoscaler: inDefault("autoscaling/v2", "HorizontalPodAutoscaler", {
    spec: { maxReplicas: 2, scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "a" } },
  }),
  ResourceClaimTemplate: inDefault("resource.k8s.io/v1", "ResourceClaimTemplate", {
    spec: { spec: { devices: { requests: [{ name: "a", exactly: { deviceClassName: "a" } }] } } },
  }),
  CustomResourceDefinition: named(
    "apiextensions.k8s.io/v1",
    "CustomResourceDefinition",
    {
      spec: {
        group: "example.com",
        scope: "Namespaced",
        names: { kind: "Widget", plural: "widgets" },
        versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } }],
      },
    },
    "widgets.example.com",
  ),
};
