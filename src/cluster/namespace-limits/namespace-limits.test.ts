import { dedent } from "../../../test/rule-tester.js";
import { readText } from "../../input/index.js";
import { Cluster, Resource } from "../index.js";
import { isReplacedFirst, limitsBrokenBy, podSecurityRefusal, quotaDemands, quotasThatRefuse } from "./index.js";

const FACTS: Readonly<
  Record<string, { readonly group: string; readonly plural: string; readonly namespaced: boolean }>
> = {
  Namespace: { group: "", plural: "namespaces", namespaced: false },
  LimitRange: { group: "", plural: "limitranges", namespaced: true },
  ResourceQuota: { group: "", plural: "resourcequotas", namespaced: true },
  Pod: { group: "", plural: "pods", namespaced: true },
  Secret: { group: "", plural: "secrets", namespaced: true },
  Deployment: { group: "apps", plural: "deployments", namespaced: true },
};

/** A cluster of files, each `path: text`. */
function clusterOf(files: Readonly<Record<string, string>> | string): Cluster {
  const resources = Object.entries(typeof files === "string" ? { "shop.yaml": files } : files).flatMap(([path, text]) =>
    readText(path, dedent(text)).manifests.map((manifest) => {
      const { kind } = manifest.value as { kind: string };
      return new Resource(manifest.value, manifest, { ...FACTS[kind]!, version: "v1", kind, custom: false });
    }),
  );
  return new Cluster(resources, { types: { minor: 34 } as never, externals: [] });
}

const namespace = (labels: string): string => `
  apiVersion: v1
  kind: Namespace
  metadata: {name: shop, labels: {${labels}}}
`;
const limitRange = (limits: string, at = "shop"): string => `
  apiVersion: v1
  kind: LimitRange
  metadata: {name: sizes, namespace: ${at}}
  spec: {limits: [{type: Container, ${limits}}]}
`;
const quota = (hard: string, rest = ""): string => `
  apiVersion: v1
  kind: ResourceQuota
  metadata: {name: most, namespace: shop}
  spec: {hard: {${hard}}${rest}}
`;
const pod = (resources: string, rest = ""): string => `
  apiVersion: v1
  kind: Pod
  metadata: {name: web, namespace: shop}
  spec: {containers: [{name: web, image: "shop/web:1.4", resources: {${resources}}}]${rest}}
`;
const deployment = (spec: string, resources = ""): string => `
  apiVersion: apps/v1
  kind: Deployment
  metadata: {name: api, namespace: shop}
  spec:
    ${spec}
    selector: {matchLabels: {app: api}}
    template:
      metadata: {labels: {app: api}}
      spec: {containers: [{name: api, image: "shop/api:1.4", resources: {${resources}}}]}
`;
const texts = <T extends { readonly text: string }>(found: readonly T[]): string[] => found.map(({ text }) => text);
const join = (...parts: string[]): string => parts.map(dedent).join("---\n");

describe("a LimitRange", () => {
  const broken = (files: Readonly<Record<string, string>> | string): string[] => {
    const cluster = clusterOf(files);
    return texts(cluster.podTemplates.flatMap((template) => limitsBrokenBy(template, cluster)));
  };

  test("bounds what it has filled in", () => {
    expect(broken(join(limitRange("default: {cpu: 2}, max: {cpu: 1}"), pod("")))).toEqual([
      'container "web" asks for 2 of cpu, more than the maximum of 1',
    ]);
    expect(broken(join(limitRange("max: {cpu: 1}"), pod("")))).toEqual([]);
  });

  test("says nothing of another namespace, or of a manifest that may be for another", () => {
    expect(broken(join(limitRange("max: {cpu: 1}", "tools"), pod("limits: {cpu: 4}")))).toEqual([]);
    expect(broken(join(limitRange("max: {cpu: 1}", '""'), pod("limits: {cpu: 4}")))).toEqual([]);
  });

  test("says nothing where there are variants of it", () => {
    const range = limitRange("max: {cpu: 1}");
    expect(broken({ "a/x.yaml": range, "b/y.yaml": range, "c.yaml": pod("limits: {cpu: 4}") })).toEqual([]);
  });
});

describe("a quota", () => {
  const refusals = (text: string): string[] => {
    const cluster = clusterOf(text);
    return texts(cluster.podTemplates.flatMap((template) => quotasThatRefuse(template, cluster)));
  };
  const demands = (text: string): string[] =>
    quotaDemands(clusterOf(text)).map(({ resource, least, exceeded, stuck }) =>
      [resource, least, ...(exceeded ? ["exceeded"] : []), ...stuck.map(({ deployment: { name } }) => name)].join(" "),
    );

  test("asks for what it limits", () => {
    expect(refusals(join(quota("limits.memory: 1Gi"), pod("requests: {memory: 1Mi}")))).toEqual([
      'ResourceQuota "most" asks for limits.memory, which "web" does not set',
    ]);
    expect(refusals(join(quota("limits.memory: 1Gi"), limitRange("default: {memory: 1Mi}"), pod("")))).toEqual([]);
  });

  test("is not asked about Pods out of its scopes, nor by a class that the cluster may give", () => {
    expect(refusals(join(quota("cpu: 1", ", scopes: [BestEffort]"), pod("requests: {cpu: 4}")))).toEqual([]);
    expect(refusals(join(quota("cpu: 1", ", scopes: [PriorityClass]"), pod("requests: {cpu: 4}")))).toEqual([]);
  });

  test("counts replicas, and no Pod that ends", () => {
    const three = deployment("replicas: 3", "requests: {cpu: 500m}");
    expect(demands(join(quota("cpu: 1"), three))).toEqual(["cpu 1500m exceeded"]);
    expect(demands(join(quota("cpu: 1"), pod("requests: {cpu: 4}", ", restartPolicy: Never")))).toEqual([]);
  });

  test("without room for one Pod more keeps a Deployment from being updated", () => {
    expect(demands(join(quota("pods: 3"), deployment("replicas: 3")))).toEqual(["pods 3 api"]);
    expect(demands(join(quota("pods: 4"), deployment("replicas: 4")))).toEqual(["pods 4"]);
    expect(demands(join(quota("pods: 1"), deployment("strategy: {type: Recreate}")))).toEqual(["pods 1"]);
  });
});

test.each([
  ["replicas: 1", true],
  ["replicas: 4", false],
  ["strategy: {rollingUpdate: {maxUnavailable: 1}}", false],
  ["strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0}}", false],
  ["strategy: {type: Recreate}", false],
])("whether %j starts a new Pod first: %p", (spec, expected) => {
  const cluster = clusterOf(deployment(spec));
  const [owner] = cluster.resources;
  const replicas = (owner!.spec as { replicas?: number } | undefined)?.replicas ?? 1;
  expect(isReplacedFirst(owner!, replicas, cluster)).toBe(expected);
});

describe("Pod Security", () => {
  const RESTRICTED = "pod-security.kubernetes.io/enforce: baseline";
  const refusalOf = (files: Readonly<Record<string, string>> | string): unknown => {
    const cluster = clusterOf(files);
    const refusal = podSecurityRefusal(cluster.podTemplates[0]!, cluster);
    return refusal && [refusal.policy, ...texts(refusal.violations)];
  };
  const privileged = pod("", ", hostPID: true");

  test("is what the labels of the namespace enforce", () => {
    expect(refusalOf(join(namespace(RESTRICTED), privileged))).toEqual(["baseline", "hostPID"]);
    expect(refusalOf(join(namespace("a: b"), privileged))).toBeUndefined();
    expect(refusalOf(join(namespace(RESTRICTED), pod("")))).toBeUndefined();
  });

  test("is not known where one of several variants of the namespace takes the Pod", () => {
    const files = { "dev/ns.yaml": namespace("a: b"), "prod/ns.yaml": namespace(RESTRICTED), "web.yaml": privileged };
    expect(refusalOf(files)).toBeUndefined();
  });
});
