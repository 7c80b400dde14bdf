import { Cluster } from "../cluster.js";
import { type KubernetesObject, Resource } from "../resource.js";
import { bestEffortSpoilers, guaranteedSpoilers, qosOf } from "./qos.js";

type Amounts = Record<string, string | number>;
interface Resources {
  readonly requests?: Amounts;
  readonly limits?: Amounts;
}

const object = (value: object): Resource =>
  new Resource(value as KubernetesObject, {} as Resource["manifest"], undefined);
const pod = (spec: object, namespace?: string): Resource =>
  object({ apiVersion: "v1", kind: "Pod", metadata: { name: "p", namespace }, spec });
const containers = (...resources: (Resources | undefined)[]): object[] =>
  resources.map((r, i) => ({ name: `c${i}`, image: "x", resources: r }));
const limitRange = (item: object, namespace?: string): Resource =>
  object({
    apiVersion: "v1",
    kind: "LimitRange",
    metadata: { name: "l", namespace },
    spec: { limits: [{ type: "Container", ...item }] },
  });

const clusterOf = (minor: number, ...objects: Resource[]): Cluster =>
  new Cluster(objects, { types: { minor } as Cluster["types"], externals: [] });
const qos = (spec: object, minor = 34, ...others: Resource[]): string | undefined => {
  const cluster = clusterOf(minor, pod(spec), ...others);
  return qosOf(cluster.podTemplates[0]!, cluster);
};

const both = { cpu: "500m", memory: "1Gi" };

test.each<[string, Resources | undefined, string]>([
  ["nothing", undefined, "BestEffort"],
  ["zeros", { requests: { cpu: 0, memory: "0" }, limits: { cpu: "0m" } }, "BestEffort"],
  ["a GPU only", { limits: { "nvidia.com/gpu": 1 } }, "BestEffort"],
  ["storage only", { requests: { "ephemeral-storage": "1Gi" } }, "BestEffort"],
  ["a request", { requests: { cpu: "10m" } }, "Burstable"],
  ["one limit", { limits: { memory: "1Gi" } }, "Burstable"],
  ["limits, which default the requests", { limits: both }, "Guaranteed"],
  ["equal amounts written differently", { requests: { cpu: 0.5, memory: "1024Mi" }, limits: both }, "Guaranteed"],
  ["a lower request", { requests: { cpu: "400m" }, limits: both }, "Burstable"],
  ["a request of zero", { requests: { cpu: 0 }, limits: both }, "Burstable"],
])("%s", (_, resources, expected) => {
  expect(qos({ containers: containers(resources) })).toBe(expected);
});

test("every container counts, init containers and sidecars too, ephemeral ones not", () => {
  const good = containers({ limits: both });
  expect(qos({ containers: [...good, ...containers({ limits: { cpu: 1 } })] })).toBe("Burstable");
  expect(qos({ containers: good, initContainers: containers(undefined) })).toBe("Burstable");
  expect(qos({ containers: good, initContainers: [{ name: "s", restartPolicy: "Always" }] })).toBe("Burstable");
  expect(qos({ containers: good, ephemeralContainers: containers(undefined) })).toBe("Guaranteed");
});

test("a placeholder leaves the class open", () => {
  expect(qos({ containers: containers({ limits: { cpu: `\${CPU}`, memory: "1Gi" } }) })).toBeUndefined();
});

describe("resources of the Pod", () => {
  const spec = { containers: containers({ requests: { cpu: "100m" } }), resources: { limits: both } };
  test("count alone from 1.34 on", () => {
    expect(qos(spec, 33)).toBe("Burstable");
    expect(qos({ ...spec, containers: containers(undefined) })).toBe("Guaranteed");
  });
  test("their requests default to what the containers request", () => {
    expect(qos(spec)).toBe("Burstable");
    expect(qos({ ...spec, containers: containers({ requests: both }) })).toBe("Guaranteed");
  });
});

describe("a LimitRange", () => {
  const bare = { containers: containers(undefined) };
  test("of the namespace fills in", () => {
    expect(qos(bare, 34, limitRange({ default: both }))).toBe("Guaranteed");
    expect(qos(bare, 34, limitRange({ max: both }))).toBe("Guaranteed");
    expect(qos(bare, 34, limitRange({ min: both }))).toBe("Burstable");
    expect(qos(bare, 34, limitRange({ defaultRequest: { cpu: 1 } }))).toBe("Burstable");
  });
  test("that may be of the namespace leaves the class open", () => {
    expect(qos(bare, 34, limitRange({ default: both }, "prod"))).toBeUndefined();
    expect(qos({ containers: containers({ limits: both }) }, 34, limitRange({ default: both }, "prod"))).toBe(
      "Guaranteed",
    );
  });
});

test("spoilers name the container, the resource and the amounts", () => {
  const cluster = clusterOf(34, pod({ containers: containers({ requests: { cpu: "1" }, limits: { cpu: 2 } }) }));
  const template = cluster.podTemplates[0]!;
  expect(guaranteedSpoilers(template, cluster)).toEqual([
    { container: template.containers[0], resource: "cpu", reason: "request-below-limit", request: "1", limit: "2" },
    { container: template.containers[0], resource: "memory", reason: "no-limit" },
  ]);
  expect(bestEffortSpoilers(template, cluster)).toEqual([
    { container: template.containers[0], resource: "cpu", reason: "requested", what: "limits", amount: "2" },
  ]);
});
