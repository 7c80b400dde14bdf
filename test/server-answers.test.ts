import { RULES } from "../rules/index.js";
import type { Diagnostic } from "../src/diagnostics/diagnostic.js";
import { conformanceCases } from "./conformance-cases.js";
import { lintExample } from "./rule-tester.js";

/** Every so many of the recorded answers: all of them take ten seconds and more. */
const EVERY = 4;
/** Of the objects that the server refuses, those with an error. The rest hold placeholders, or depend on the cluster. */
const LEAST_NOTICED = 0.988;
/** Of those that it takes, those with an error: how long CEL may take at most is an estimate. */
const MOST_WRONG = 0.001;
/** Of those that it refuses for one reason, those with one error. */
const LEAST_ONCE = 0.98;

const rules = RULES.filter(({ preset, severity }) => preset === "minimal" && severity === "error");

const errorsIn = (object: unknown): readonly Diagnostic[] => {
  const result = lintExample(rules, JSON.stringify(object, undefined, 1));
  expect(result.faults).toEqual([]);
  return result.diagnostics.filter(({ severity }) => severity === "error");
};

test("tells what a real API server refuses, once, and nothing of what it takes", () => {
  const counts = { taken: 0, refused: 0, noticed: 0, single: 0, once: 0 };
  const wrong: string[] = [];
  const unchanged: string[] = [];
  for (const { object, code, causes, operations } of conformanceCases(EVERY)) {
    const errors = errorsIn(object);
    if (code < 300) {
      counts.taken++;
      // What cannot work although the server takes it is the rules' own.
      for (const { category, message } of errors)
        if (category === "admission") wrong.push(message);
        else if (operations.length === 0) unchanged.push(message);
      continue;
    }
    counts.refused++;
    if (errors.length > 0) counts.noticed++;
    if (causes.length !== 1 || errors.length === 0) continue;
    counts.single++;
    if (errors.length === 1) counts.once++;
  }
  expect(unchanged).toEqual([]);
  if (wrong.length > MOST_WRONG * counts.taken) expect(wrong).toEqual([]);
  const noticed = counts.noticed / counts.refused;
  const once = counts.once / counts.single;
  process.stdout.write(
    `lint: ${(100 * noticed).toFixed(2)} % of ${counts.refused} refused objects noticed, ${(100 * once).toFixed(2)} % of ${counts.single} mistakes told once\n`,
  );
  expect(noticed).toBeGreaterThan(LEAST_NOTICED);
  expect(once).toBeGreaterThan(LEAST_ONCE);
}, 120_000);

describe("one mistake is told once", () => {
  const told = (manifest: string): string[] =>
    lintExample(rules, manifest).diagnostics.map(({ rule, field }) => `${rule} ${field}`);

  test("by the rule that has better words", () => {
    expect(
      told(`
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: shop}}
            spec: {containers: [{name: web, image: "shop/web:1.4"}]}`),
    ).toEqual(["selector-template-mismatch spec.selector.matchLabels.app"]);
  });

  test("at the limit that the request is taken over from", () => {
    expect(
      told(`
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers:
            - name: web
              image: shop/web:1.4
              resources: {limits: {nvidia.com/gpu: 500m}}`),
    ).toEqual(["resource-amount-refused spec.containers[0].resources.limits[nvidia.com/gpu]"]);
  });

  test("at the volume, not at what mounts it", () => {
    expect(
      told(`
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers: [{name: web, image: "shop/web:1.4", volumeMounts: [{name: data, mountPath: /data}]}]
          volumes: [{name: data, emptyDir: {}, hostPath: {path: /data}}]`),
    ).toEqual(["field-forbidden spec.volumes[0].hostPath"]);
  });

  test("at a misspelt field, not for what then is missing", () => {
    expect(
      told(`
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec:
          selector: {app: web}
          prots: [{port: 80}]`),
    ).toEqual(["field-unknown spec.prots"]);
  });
});

describe("what may be different in the end is not told", () => {
  const silent: Readonly<Record<string, string>> = {
    "a placeholder in a name": `
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: "web-$NAME", labels: {app: "<your app>"}}`,
    "a type that is filled in": `
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec: {type: "\${TYPE}", selector: {app: web}}`,
    "a volume that is filled in": `
      apiVersion: v1
      kind: Pod
      metadata: {name: web}
      spec:
        containers: [{name: web, image: "shop/web:1.4", volumeDevices: [{name: data, devicePath: /dev/data}]}]
        volumes: [{name: "\${VOLUME}", persistentVolumeClaim: {claimName: data}}]`,
    "families that the cluster may have": `
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec: {ipFamilyPolicy: RequireDualStack, selector: {app: web}, ports: [{port: 80}]}`,
    "a class that is not in the input": `
      apiVersion: v1
      kind: Pod
      metadata: {name: web}
      spec: {priorityClassName: shop, runtimeClassName: shop, containers: [{name: web, image: "shop/web:1.4"}]}`,
  };
  test.each(Object.entries(silent))("%s", (_, manifest) => {
    const result = lintExample(rules, manifest);
    expect(result.faults).toEqual([]);
    expect(result.diagnostics.map(({ message }) => message)).toEqual([]);
  });
});

test("what a Secret holds is in no message", () => {
  const result = lintExample(
    rules,
    `
      apiVersion: v1
      kind: Secret
      metadata: {name: web}
      type: kubernetes.io/dockerconfigjson
      stringData:
        .dockerconfigjson: hunter2hunter2
        "bad key": hunter2hunter2`,
  );
  expect(result.diagnostics.map(({ rule }) => rule).sort()).toEqual(["combination-refused", "name-malformed"]);
  expect(JSON.stringify(result.diagnostics.map(({ message, help }) => [message, help]))).not.toContain("hunter2");
});
