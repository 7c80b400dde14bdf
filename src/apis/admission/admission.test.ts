import fc from "fast-check";
import { admitObject, ClusterSoFar, type Verdict } from "../index.js";

/** The answers to objects that are applied one after the other. */
function applyAll(objects: readonly unknown[], minor = 34): Verdict[] {
  const cluster = new ClusterSoFar(minor);
  return objects.map((object) => {
    const verdict = admitObject(object, { minor, surroundings: cluster });
    if (verdict.object) cluster.apply(verdict.object);
    return verdict;
  });
}

const codes = (objects: readonly unknown[], minor?: number): number[] =>
  applyAll(objects, minor).map(({ code }) => code);

const namespace = (name: string, labels: Record<string, string> = {}) => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels },
});
const inShop = (apiVersion: string, kind: string, name: string, rest: object) => ({
  apiVersion,
  kind,
  metadata: { name, namespace: "shop" },
  ...rest,
});
const SAFE = {
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
};
const pod = (name: string, container: object = {}, spec: object = {}) =>
  inShop("v1", "Pod", name, { spec: { containers: [{ name: "app", image: "app:1", ...container }], ...spec } });
const quota = (hard: object, spec: object = {}) => inShop("v1", "ResourceQuota", "q", { spec: { hard, ...spec } });
const limits = (...items: object[]) => inShop("v1", "LimitRange", "l", { spec: { limits: items } });
const cpu = (request: string) => ({ resources: { requests: { cpu: request } } });

test("a namespace has to be there, and nothing twice", () => {
  const config = inShop("v1", "ConfigMap", "c", {});
  expect(codes([config, namespace("shop"), config, config, namespace("shop"), namespace("default")])).toEqual([
    404, 201, 201, 409, 409, 409,
  ]);
  const generated = { apiVersion: "v1", kind: "ConfigMap", metadata: { generateName: "c-" } };
  expect(codes([generated, generated])).toEqual([201, 201]);
  const review = inShop("authorization.k8s.io/v1", "LocalSubjectAccessReview", "", {
    metadata: { namespace: "shop" },
    spec: { user: "a", resourceAttributes: { namespace: "shop", verb: "get", resource: "pods" } },
  });
  expect(codes([review, review])).toEqual([201, 201]);
});

test("one object in two versions is the same object", () => {
  const budget = (apiVersion: string) => inShop(apiVersion, "PodDisruptionBudget", "b", { spec: { minAvailable: 1 } });
  const scaler = (apiVersion: string) =>
    inShop(apiVersion, "HorizontalPodAutoscaler", "h", {
      spec: { maxReplicas: 2, scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "d" } },
    });
  expect(codes([namespace("shop"), scaler("autoscaling/v1"), scaler("autoscaling/v2"), budget("policy/v1")])).toEqual([
    201, 201, 409, 201,
  ]);
});

test("Pods run under ServiceAccounts that are there, with their pull secrets", () => {
  const account = inShop("v1", "ServiceAccount", "builder", { imagePullSecrets: [{ name: "registry" }] });
  const built = pod("a", {}, { serviceAccountName: "builder" });
  const [, early, , late] = applyAll([namespace("shop"), built, account, built]);
  expect(early).toMatchObject({ code: 403, causes: [{ field: "spec.serviceAccountName" }] });
  expect(late?.object?.spec).toMatchObject({ imagePullSecrets: [{ name: "registry" }] });
});

test("LimitRanges give defaults, and say so", () => {
  const range = limits({ type: "Container", default: { cpu: "1" }, defaultRequest: { cpu: "500m" } });
  const [, , fine, tooMuch] = applyAll([namespace("shop"), range, pod("a"), pod("b", cpu("2"))]);
  expect(fine?.object).toMatchObject({
    metadata: {
      annotations: { "kubernetes.io/limit-ranger": expect.stringContaining("cpu request for container app") },
    },
    spec: { containers: [{ resources: { requests: { cpu: "500m" }, limits: { cpu: "1" } } }] },
  });
  expect(tooMuch?.code).toBe(422);
});

test.each<[string, object, object, number]>([
  ["within", { min: { cpu: "100m" } }, cpu("100m"), 201],
  ["below the minimum", { min: { cpu: "100m" } }, cpu("99m"), 403],
  ["without a request", { type: "Pod", min: { memory: "1Mi" } }, cpu("1"), 403],
  ["without a limit", { type: "Pod", max: { cpu: "1" } }, cpu("1"), 403],
  [
    "within the ratio",
    { maxLimitRequestRatio: { cpu: "2" } },
    { resources: { requests: { cpu: 1 }, limits: { cpu: 2 } } },
    201,
  ],
  [
    "above the ratio",
    { maxLimitRequestRatio: { cpu: "2" } },
    { resources: { requests: { cpu: 1 }, limits: { cpu: 3 } } },
    403,
  ],
])("a container %s of a LimitRange", (_, item, container, code) => {
  expect(codes([namespace("shop"), limits({ type: "Container", ...item }), pod("a", container)])).toEqual([
    201,
    201,
    code,
  ]);
});

test("quotas count what is there before and after, and ask Pods to say what they need", () => {
  const hard = { "requests.cpu": "1", configmaps: "2", "count/pods": "3" };
  const config = (name: string) => inShop("v1", "ConfigMap", name, {});
  const objects = [namespace("shop"), pod("a", cpu("600m")), quota(hard), pod("b"), pod("c", cpu("500m"))];
  expect(codes([...objects, pod("d", cpu("400m")), config("one"), config("two")])).toEqual([
    201, 201, 201, 403, 403, 201, 201, 403,
  ]);
});

test("quotas count only what their scopes take in", () => {
  const scoped = quota({ pods: "0" }, { scopes: ["Terminating"] });
  const classed = (operator: string, values?: string[]) =>
    quota({ pods: "0" }, { scopeSelector: { matchExpressions: [{ scopeName: "PriorityClass", operator, values }] } });
  const high = { apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", metadata: { name: "high" }, value: 1 };
  const start = [namespace("shop"), high];
  expect(codes([...start, scoped, pod("a"), pod("b", {}, { activeDeadlineSeconds: 5 })]).slice(3)).toEqual([201, 403]);
  const both = [pod("a"), pod("b", {}, { priorityClassName: "high" })];
  expect(codes([...start, classed("In", ["high"]), ...both]).slice(3)).toEqual([201, 403]);
  expect(codes([...start, classed("NotIn", ["low"]), ...both]).slice(3)).toEqual([403, 403]);
  expect(codes([...start, classed("DoesNotExist"), ...both]).slice(3)).toEqual([403, 201]);
});

test("default classes are filled in", () => {
  const storage = {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name: "fast", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
    provisioner: "example.com/p",
  };
  const claim = inShop("v1", "PersistentVolumeClaim", "c", {
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
  });
  const [, , stored] = applyAll([namespace("shop"), storage, claim]);
  expect(stored?.object?.spec).toMatchObject({ storageClassName: "fast" });
});

const PROFILE = { type: "Unconfined" };
const refusedBy = (
  level: string,
  version: string | undefined,
  container: object,
  spec: object,
  minor = 34,
): boolean => {
  const labels = {
    "pod-security.kubernetes.io/enforce": level,
    ...(version && { "pod-security.kubernetes.io/enforce-version": version }),
  };
  const answers = applyAll([namespace("shop", labels), pod("a", container, spec)], minor);
  expect(answers[1]?.code).toBe(answers[1]?.allowed ? 201 : 403);
  return !answers[1]!.allowed;
};

/** Each with the level that refuses it, in a container that is safe but for that. */
test.each<[string, string, object, object]>([
  ["hostPID", "baseline", {}, { hostPID: true }],
  ["hostPath", "baseline", {}, { volumes: [{ name: "v", hostPath: { path: "/" } }] }],
  ["hostPort", "baseline", { ports: [{ containerPort: 1, hostPort: 1 }] }, {}],
  ["a host in a probe", "baseline", { livenessProbe: { tcpSocket: { port: 1, host: "a" } } }, {}],
  ["a host in a hook", "baseline", { lifecycle: { preStop: { httpGet: { port: 1, host: "a" } } } }, {}],
  ["NET_ADMIN", "baseline", { securityContext: { ...SAFE, capabilities: { add: ["NET_ADMIN"], drop: ["ALL"] } } }, {}],
  ["an SELinux user", "baseline", { securityContext: { ...SAFE, seLinuxOptions: { user: "u" } } }, {}],
  ["no AppArmor", "baseline", { securityContext: { ...SAFE, appArmorProfile: PROFILE } }, {}],
  ["no seccomp", "baseline", { securityContext: { ...SAFE, seccompProfile: PROFILE } }, {}],
  ["a sysctl", "baseline", {}, { securityContext: { sysctls: [{ name: "kernel.msgmax", value: "1" }] } }],
  ["CHOWN", "restricted", { securityContext: { ...SAFE, capabilities: { add: ["CHOWN"], drop: ["ALL"] } } }, {}],
  ["nothing dropped", "restricted", { securityContext: { ...SAFE, capabilities: {} } }, {}],
  ["escalation", "restricted", { securityContext: { ...SAFE, allowPrivilegeEscalation: true } }, {}],
  ["root allowed", "restricted", { securityContext: { ...SAFE, runAsNonRoot: undefined } }, {}],
  ["user 0", "restricted", { securityContext: { ...SAFE, runAsUser: 0 } }, {}],
  ["no profile", "restricted", { securityContext: { ...SAFE, seccompProfile: undefined } }, {}],
  ["NFS", "restricted", {}, { volumes: [{ name: "v", nfs: { server: "a", path: "/" } }] }],
])("Pod Security: %s is refused by %s", (_, level, container, spec) => {
  const safe = { securityContext: SAFE, ...container };
  expect(refusedBy("restricted", undefined, safe, spec)).toBe(true);
  expect(refusedBy("baseline", undefined, safe, spec)).toBe(level === "baseline");
  expect(refusedBy("privileged", undefined, safe, spec)).toBe(false);
});

test("Pod Security: versions, Windows, what is safe", () => {
  const sysctl = { securityContext: { sysctls: [{ name: "net.ipv4.tcp_rmem", value: "1" }] } };
  expect(refusedBy("restricted", undefined, { securityContext: SAFE }, {})).toBe(false);
  expect(refusedBy("baseline", "v1.31", {}, sysctl)).toBe(true);
  expect(refusedBy("baseline", "v1.32", {}, sysctl)).toBe(false);
  const probe = { livenessProbe: { tcpSocket: { port: 1, host: "a" } } };
  expect(refusedBy("baseline", "v1.33", probe, {})).toBe(false);
  const windows = { os: { name: "windows" }, securityContext: { runAsNonRoot: true } };
  expect(refusedBy("restricted", "v1.25", {}, windows)).toBe(false);
  expect(refusedBy("restricted", "v1.24", {}, windows)).toBe(true);
  const root = { securityContext: { ...SAFE, runAsNonRoot: undefined, runAsUser: 0 } };
  const unmasked = { securityContext: { ...SAFE, procMount: "Unmasked" } };
  const own = { hostUsers: false };
  expect(refusedBy("restricted", undefined, root, own)).toBe(true);
  expect(refusedBy("restricted", undefined, root, own, 35)).toBe(false);
  expect(refusedBy("restricted", "v1.34", root, own, 35)).toBe(true);
  expect(refusedBy("baseline", undefined, unmasked, own, 35)).toBe(false);
  expect(refusedBy("restricted", undefined, unmasked, own, 35)).toBe(true);
  const image = { volumes: [{ name: "v", image: { reference: "a:1" } }] };
  expect(refusedBy("restricted", "v1.30", { securityContext: SAFE }, image, 35)).toBe(false);
});

test("Pod Security warns of templates, also where it only enforces", () => {
  const deployment = (name: string, template: object) =>
    inShop("apps/v1", "Deployment", name, {
      spec: { selector: { matchLabels: { a: "b" } }, template: { metadata: { labels: { a: "b" } }, spec: template } },
    });
  const bad = deployment("bad", { hostIPC: true, containers: [{ name: "a", image: "a:1" }] });
  const [, answer] = applyAll([namespace("shop", { "pod-security.kubernetes.io/enforce": "baseline" }), bad]);
  expect(answer).toMatchObject({ allowed: true, warnings: [expect.stringContaining("hostIPC")] });
});

test("Services do not get what another has asked for", () => {
  const service = (name: string, clusterIP: string, nodePort: number) =>
    inShop("v1", "Service", name, { spec: { type: "NodePort", clusterIP, ports: [{ port: 1, nodePort }] } });
  const [, , address, port] = applyAll([
    namespace("shop"),
    service("a", "10.96.0.9", 30_001),
    service("b", "10.96.0.9", 30_002),
    service("c", "10.96.0.8", 30_001),
  ]);
  expect(address).toMatchObject({ code: 422, causes: [{ field: "spec.clusterIPs" }] });
  expect(port).toMatchObject({ code: 422, causes: [{ field: "spec.ports[0].nodePort" }] });
});

const definition = (name: string, properties: object, version: object = {}) => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: `${name}.example.com` },
  spec: {
    group: "example.com",
    scope: "Cluster",
    names: { kind: "Widget", plural: name },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: "object", properties: { spec: { type: "object", properties } } } },
        ...version,
      },
    ],
  },
});
const widget = (name: string, rest: object) => ({
  apiVersion: "example.com/v1",
  kind: "Widget",
  metadata: { name },
  ...rest,
});

test("custom resources are defaulted and validated", () => {
  const properties = {
    size: { type: "integer", default: 3, minimum: 1 },
    note: { type: "string" },
    free: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
    items: {
      type: "array",
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["k"],
      items: { type: "object", required: ["k"], properties: { k: { type: "string" } } },
    },
  };
  const status = { subresources: { status: {} }, deprecated: true };
  const [, filled, unknown, wrong, badMeta] = applyAll([
    definition("widgets", properties, status),
    widget("a", { spec: { size: null, note: null, free: { x: null } } }),
    widget("b", { spec: { sise: 1 }, metadata: { name: "b", lables: {} } }),
    widget("C", { spec: { size: 0, items: [{ k: "a" }, { k: "a" }] } }),
    widget("d", { metadata: { name: "d", labels: 5 } }),
  ]);
  expect(filled?.object?.spec).toEqual({ size: 3, free: { x: null } });
  expect(filled?.warnings).toHaveLength(1);
  expect(unknown?.causes.map(({ reason, field }) => `${reason} ${field}`)).toEqual([
    "FieldUnknown metadata.lables",
    "FieldUnknown spec.sise",
  ]);
  expect(wrong?.causes.map(({ field }) => field)).toEqual(["metadata.name", "spec.size", "spec.items[1]"]);
  expect(badMeta).toMatchObject({ code: 400, causes: [{ field: "metadata.labels" }] });
});

test("a definition that wants another's names makes no kind", () => {
  const [, second, first] = applyAll([definition("widgets", { a: {} }), definition("gadgets", {}), widget("a", {})]);
  expect(second?.allowed).toBe(true);
  expect(first?.allowed).toBe(true);
});

test("objects of any shape, met by others, make nothing throw", () => {
  const objects: readonly object[] = [
    namespace("shop"),
    limits({ type: "Container", max: { cpu: "1" } }),
    quota({ cpu: "1", pods: "2" }),
    definition("widgets", { a: { type: "string", default: "x" } }),
    pod("a", cpu("1")),
    widget("a", { spec: { a: "b" } }),
    inShop("v1", "Service", "s", { spec: { type: "NodePort", ports: [{ port: 1 }] } }),
  ];
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.jsonValue(), fc.nat(), (which, seed, value, again) => {
      const changed = objects.map((object, i) =>
        i === which % objects.length ? replaceOne(object, seed, value) : object,
      );
      applyAll([...changed, ...changed.slice(again % changed.length)]);
    }),
    { numRuns: 300 },
  );
});

/** A copy with another value in one place. */
function replaceOne(object: object, seed: number, value: unknown): unknown {
  const copy: unknown = structuredClone(object);
  const places: (() => void)[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    for (const key of Object.keys(node)) {
      const owner = node as Record<string, unknown>;
      places.push(() => {
        owner[key] = value;
      });
      walk(owner[key]);
    }
  };
  walk(copy);
  places[seed % places.length]?.();
  return copy;
}
