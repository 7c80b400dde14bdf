import fc from "fast-check";
import { collectCustomTypes, type Decoded, loadTypes } from "./index.js";

const at = (minor: number) => loadTypes(minor, collectCustomTypes([]));
const types = at(34);
const deployment = (pod: Record<string, unknown>, spec: Record<string, unknown> = {}): Record<string, unknown> => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "api" },
  spec: {
    selector: { matchLabels: { app: "api" } },
    template: { metadata: { labels: { app: "api" } }, spec: { containers: [{ name: "api" }], ...pod } },
    ...spec,
  },
});
const codes = ({ problems }: Decoded): string[] => problems.map((problem) => `${problem.code} ${problem.path}`);

describe("kinds", () => {
  const problem = (apiVersion: string, kind: string, minor = 34) =>
    at(minor)
      .decode({ apiVersion, kind, metadata: { name: "x" } })
      .problems.find((p) => /kind|version/.test(p.code));

  test.each([
    ["apps/v1", "Ingress", "unknown-kind", "networking.k8s.io/v1", "Ingress"],
    ["v1", "Deployment", "unknown-kind", "apps/v1", "Deployment"],
    ["apps/v1", "Deploymnet", "unknown-kind", "apps/v1", "Deployment"],
    ["apps/v2", "Deployment", "unknown-kind", "apps/v1", "Deployment"],
    ["app/v1", "Deployment", "unknown-kind", "apps/v1", "Deployment"],
    ["networking.k8s.oi/v1", "Ingress", undefined, "", ""],
    ["rbac.authorization.k8s.io/v1", "Clusterrole", "unknown-kind", "rbac.authorization.k8s.io/v1", "ClusterRole"],
    ["v1", "Namespaces", "unknown-kind", "v1", "Namespace"],
    // Served as v1beta1 by the newest minor known: a later one may well serve v1.
    ["admissionregistration.k8s.io/v1", "MutatingAdmissionPolicy", undefined, "", ""],
    [
      "admissionregistration.k8s.io/v2beta1",
      "MutatingAdmissionPolicy",
      "unknown-kind",
      "admissionregistration.k8s.io/v1beta1",
      "MutatingAdmissionPolicy",
    ],
    ["policy/v1", "PodSecurityPolicy", "unknown-kind", "", ""],
  ])("%s %s: %s, nearest %s %s", (apiVersion, kind, code, nearestVersion, nearestKind) => {
    const found = problem(apiVersion, kind);
    expect(found?.code).toBe(code);
    if (found?.code === "unknown-kind")
      expect(found.nearest).toEqual(nearestKind ? { apiVersion: nearestVersion, kind: nearestKind } : undefined);
  });

  test("custom kinds that the input does not define are nobody's business", () => {
    for (const [apiVersion, kind] of [
      ["monitoring.coreos.com/v1", "ServiceMonitor"],
      ["gateway.networking.k8s.io/v1", "Gateway"],
      ["snapshot.storage.k8s.io/v1", "VolumeSnapshot"],
      ["metrics.k8s.io/v1beta1", "PodMetrics"],
      ["serving.knative.dev/v1", "Service"],
      ["kustomize.config.k8s.io/v1beta1", "Kustomization"],
      ["v1", "PodList"],
      ["v1", "List"],
    ] as const)
      expect([kind, problem(apiVersion, kind)]).toEqual([kind, undefined]);
  });

  test.each([
    [
      "extensions/v1beta1",
      "Ingress",
      34,
      { code: "removed-version", removedIn: 22, replacement: "networking.k8s.io/v1" },
    ],
    ["extensions/v1beta1", "Deployment", 34, { code: "removed-version", removedIn: 16, replacement: "apps/v1" }],
    ["batch/v1beta1", "CronJob", 34, { code: "removed-version", removedIn: 25, replacement: "batch/v1" }],
    ["policy/v1beta1", "PodSecurityPolicy", 34, { code: "removed-version", removedIn: 25, replacement: undefined }],
    [
      "autoscaling/v2beta2",
      "HorizontalPodAutoscaler",
      25,
      { code: "deprecated-version", deprecatedIn: 23, removedIn: 26, replacement: "autoscaling/v2" },
    ],
    [
      "autoscaling/v2beta2",
      "HorizontalPodAutoscaler",
      26,
      { code: "removed-version", removedIn: 26, replacement: "autoscaling/v2" },
    ],
    ["flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema", 28, undefined],
    [
      "flowcontrol.apiserver.k8s.io/v1beta3",
      "FlowSchema",
      31,
      { code: "deprecated-version", deprecatedIn: 29, removedIn: 32, replacement: "flowcontrol.apiserver.k8s.io/v1" },
    ],
    [
      "flowcontrol.apiserver.k8s.io/v1",
      "FlowSchema",
      28,
      { code: "version-not-served-yet", servedFrom: 29, replacement: "flowcontrol.apiserver.k8s.io/v1beta3" },
    ],
    ["v1", "Endpoints", 32, undefined],
    [
      "v1",
      "Endpoints",
      33,
      { code: "deprecated-version", deprecatedIn: 33, replacement: "discovery.k8s.io/v1 EndpointSlice" },
    ],
    ["networking.k8s.io/v1", "Ingress", 25, undefined],
  ])("%s %s at 1.%i", (apiVersion, kind, minor, expected) => {
    const found = problem(apiVersion, kind, minor);
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(expected);
  });

  test("facts and resources are those of the target", () => {
    expect(types.kind("networking.k8s.io/v1", "Ingress")).toEqual({
      group: "networking.k8s.io",
      version: "v1",
      kind: "Ingress",
      plural: "ingresses",
      namespaced: true,
      custom: false,
    });
    expect(types.resourcesOf("")?.get("pods/log")).toEqual(["get"]);
    expect(types.resourcesOf("")?.get("configmaps")).toContain("watch");
    expect(types.resourcesOf("apps")?.has("deployments/scale")).toBe(true);
    expect(types.resourcesOf("apps")?.has("pods")).toBe(false);
    expect(types.resourcesOf("monitoring.coreos.com")).toBeUndefined();
    expect(at(25).groups()).not.toContain("resource.k8s.io");
    expect(types.kinds().length).toBeGreaterThan(60);
  });

  test("an object without a kind is told so", () => {
    expect(codes(types.decode({ apiVersion: "v1" }))).toEqual(["missing-field kind"]);
    expect(codes(types.decode({ apiVersion: 1, kind: "Pod" }))).toEqual(["wrong-type apiVersion"]);
  });
});

describe("unknown fields", () => {
  const only = (value: Record<string, unknown>, minor = 34) => {
    const { problems } = at(minor).decode(value);
    expect(problems).toHaveLength(1);
    return problems[0];
  };

  test("the nearest name of the same type is offered, and what it stands for is not missing too", () => {
    const pod = { apiVersion: "v1", kind: "Pod", spec: { contaners: [{ name: "a" }] } };
    expect(only(pod)).toMatchObject({
      code: "unknown-field",
      path: "spec.contaners",
      nearest: "containers",
      parentType: "PodSpec",
    });
    expect(only(deployment({ nodeselector: {} }))).toMatchObject({ nearest: "nodeSelector" });
  });

  test.each([
    [
      "ports under securityContext",
      deployment({ containers: [{ name: "a", securityContext: { ports: [] } }] }),
      "spec.template.spec.containers[0].ports",
    ],
    ["image in the Pod spec", deployment({ image: "nginx" }), "spec.template.spec.containers[0].image"],
    ["volumes in a container", deployment({ containers: [{ name: "a", volumes: [] }] }), "spec.template.spec.volumes"],
    [
      "limits beside resources",
      deployment({ containers: [{ name: "a", limits: { cpu: 1 } }] }),
      "spec.template.spec.containers[0].resources.limits",
    ],
    ["replicas in the Pod spec", deployment({ replicas: 3 }), "spec.replicas"],
    [
      "serviceAccountName in the Deployment's spec",
      deployment({}, { serviceAccountName: "x" }),
      "spec.template.spec.serviceAccountName",
    ],
    ["labels at the root", { apiVersion: "v1", kind: "ConfigMap", labels: {} }, "metadata.labels"],
  ])("%s belongs elsewhere", (_, value, belongsTo) => {
    expect(only(value)).toMatchObject({ code: "unknown-field", belongsTo });
  });

  test("the containers of a Deployment without a template are not missing as well", () => {
    const value = { apiVersion: "apps/v1", kind: "Deployment", spec: { selector: {}, containers: [{ name: "a" }] } };
    expect(only(value)).toMatchObject({ path: "spec.containers", belongsTo: "spec.template.spec.containers" });
  });

  test("what is there already is not offered, what has moved is found", () => {
    const twice = deployment({ containers: [{ name: "a", image: "x", imag: "y" }] });
    expect(only(twice)).toMatchObject({ field: "imag", nearest: undefined });
    const backend = { serviceName: "shop" };
    const rules = [{ http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }];
    expect(only({ apiVersion: "networking.k8s.io/v1", kind: "Ingress", spec: { rules } })).toMatchObject({
      belongsTo: "spec.rules[0].http.paths[0].backend.service.name",
    });
  });

  test("an unknown name where one field is missing is one mistake", () => {
    const ports = [{ grpcPort: 8080 }];
    expect(only(deployment({ containers: [{ name: "a", ports }] }))).toMatchObject({ field: "grpcPort" });
  });

  test("a field of another version is no unknown one", () => {
    const value = deployment({ hostnameOverride: "x" });
    expect(only(structuredClone(value), 33)).toMatchObject({ code: "field-not-served-yet", servedFrom: 34 });
    expect(at(34).decode(value).problems).toEqual([]);
    const old = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "x", clusterName: "y" } };
    expect(only(old)).toMatchObject({ code: "field-removed", path: "metadata.clusterName", removedIn: 25 });
  });
});

describe("values", () => {
  test.each<[string, Record<string, unknown>, string, Record<string, unknown>]>([
    [
      "a quoted number",
      deployment({}, { replicas: "3" }),
      "spec.replicas",
      { expected: "an integer", found: 'the string "3"', remedy: "remove the quotes" },
    ],
    [
      "a version as a label",
      { apiVersion: "v1", kind: "Pod", metadata: { labels: { version: 1 } }, spec: { containers: [{ name: "a" }] } },
      "metadata.labels[version]",
      { expected: "a string", found: "the number 1", remedy: "quote it" },
    ],
    [
      "a mapping for a list",
      deployment({ containers: { name: "a" } }),
      "spec.template.spec.containers",
      { expected: "a list of Container", found: "a mapping", remedy: 'write it as a list item, after "- "' },
    ],
    ["a fraction", deployment({}, { replicas: 1.5 }), "spec.replicas", { found: "the number 1.5" }],
    [
      "a number too large",
      deployment({}, { replicas: 3e9 }),
      "spec.replicas",
      { expected: "an integer between -2147483648 and 2147483647" },
    ],
    [
      "a bool in a port",
      { apiVersion: "v1", kind: "Service", spec: { ports: [{ port: 80, targetPort: true }] } },
      "spec.ports[0].targetPort",
      { expected: "an integer or a string", found: "true" },
    ],
    [
      "a text for a bool",
      deployment({ hostNetwork: "yes" }),
      "spec.template.spec.hostNetwork",
      { expected: "true or false", remedy: "remove the quotes" },
    ],
  ])("%s", (_, value, path, expected) => {
    const { problems, doubtful } = types.decode(value);
    expect(problems).toEqual([expect.objectContaining({ code: "wrong-type", path, ...expected })]);
    expect(doubtful).toEqual([path]);
  });

  test("what has another type is taken out", () => {
    const value = deployment(
      { containers: [{ name: "a", env: [{ name: "X", value: 1 }, "no"] }] },
      { replicas: "3", paused: null },
    );
    types.decode(value);
    expect(value).toEqual(deployment({ containers: [{ name: "a", env: [{ name: "X" }, {}] }] }));
  });

  test("quantities, times, base64", () => {
    const container = (limits: unknown) => deployment({ containers: [{ name: "a", resources: { limits } }] });
    expect(types.decode(container({ cpu: 1, memory: "1Gi", x: 0.5 })).problems).toEqual([]);
    expect(types.decode(container({ memory: "64mb" })).problems).toMatchObject([
      { code: "bad-format", format: "quantity", remedy: "write 64M" },
    ]);
    const secret = {
      apiVersion: "v1",
      kind: "Secret",
      data: { a: "not base64", b: "YQ==", c: 7 },
      stringData: { d: 1234 },
    };
    const { problems } = types.decode(secret);
    expect(codes({ problems, doubtful: [], facts: undefined })).toEqual([
      "bad-format data[a]",
      "wrong-type data[c]",
      "wrong-type stringData[d]",
    ]);
    expect(JSON.stringify(problems)).not.toMatch(/not base64|1234|number 7/);
  });

  test("null is the zero value of a field, and doubtful in a list or a map", () => {
    const value = deployment({ containers: [{ name: "a", args: ["x", null], env: null }], nodeSelector: { a: null } });
    expect(codes(types.decode(value))).toEqual([
      "null-value spec.template.spec.containers[0].args[1]",
      "null-value spec.template.spec.nodeSelector[a]",
    ]);
    expect(types.decode({ apiVersion: "v1", kind: "Pod", spec: { containers: null } }).problems).toMatchObject([
      { code: "missing-field", path: "spec.containers", empty: false },
    ]);
  });

  test("closed sets of values", () => {
    expect(types.decode(deployment({ restartPolicy: "always" })).problems).toMatchObject([
      { code: "unsupported-value", value: "always", allowed: ["Always", "OnFailure", "Never"], nearest: "Always" },
    ]);
  });

  test("what is missing, by value and through objects that are left out", () => {
    expect(codes(types.decode({ apiVersion: "apps/v1", kind: "Deployment" }))).toEqual(["missing-field spec"]);
    expect(codes(types.decode({ apiVersion: "v1", kind: "Service", spec: { ports: [{ name: "http" }] } }))).toEqual([
      "missing-field spec.ports[0].port",
    ]);
    expect(types.decode(deployment({ containers: [{ name: "" }] })).problems).toMatchObject([
      { code: "missing-field", empty: true },
    ]);
  });

  test("two items with one key", () => {
    const twice = deployment({ containers: [{ name: "a", env: [{ name: "X" }, { name: "X" }] }, { name: "a" }] });
    expect(types.decode(twice).problems).toMatchObject([
      { code: "duplicate-item", path: "spec.template.spec.containers[0].env[1]", keys: "name=X", refused: false },
      {
        code: "duplicate-item",
        path: "spec.template.spec.containers[1]",
        firstPath: "spec.template.spec.containers[0]",
        refused: true,
      },
    ]);
  });

  test("a placeholder is neither right nor wrong", () => {
    const value = deployment(
      {
        hostNetwork: "${HOST}",
        restartPolicy: "@POLICY@",
        containers: [{ name: "a", resources: { limits: { cpu: "{{ .cpu }}" } } }],
      },
      { replicas: "${REPLICAS}" },
    );
    const { problems, doubtful } = types.decode(value);
    expect(problems).toEqual([]);
    expect(doubtful).toEqual(expect.arrayContaining(["spec.replicas", "spec.template.spec.hostNetwork"]));
    expect((value.spec as { replicas?: unknown }).replicas).toBeUndefined();
  });
});

test("no value makes it throw, hang, or say nothing of what it took out", () => {
  const key = fc.oneof(
    fc.constantFrom("spec", "metadata", "template", "containers", "name", "data", "env", "status"),
    fc.string(),
  );
  const leaf = fc.oneof(fc.constant(null), fc.boolean(), fc.double(), fc.string());
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: "medium" }, leaf, fc.array(tie("value")), fc.dictionary(key, tie("value"))),
  }));
  fc.assert(
    fc.property(fc.constantFrom("Pod", "Deployment", "Secret"), fc.dictionary(key, value), (kind, rest) => {
      const object: Record<string, unknown> = { ...rest, apiVersion: kind === "Deployment" ? "apps/v1" : "v1", kind };
      const { doubtful } = types.decode(object);
      const again = types.decode(structuredClone(object));
      expect(again.problems.filter((p) => p.code === "unknown-field" || p.code === "wrong-type")).toEqual([]);
      expect(Array.isArray(doubtful)).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test("a schema nested without end is not followed to the end", () => {
  let schema: Record<string, unknown> = { type: "string" };
  for (let i = 0; i < 20_000; i++) schema = { type: "object", properties: { a: schema } };
  const crd = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    spec: { versions: [{ schema: { openAPIV3Schema: schema } }] },
  };
  expect(types.decode(crd).problems.length).toBeGreaterThan(0);
});
