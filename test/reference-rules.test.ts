import { RULES } from "../rules/index.js";
import type { Cluster } from "../src/cluster/index.js";
import { compilePattern, EVERY_ITEM } from "../src/cluster/references/object-paths.js";
import { REFERENCE_FACTS, type ReferenceFact } from "../src/cluster/references/reference-facts.js";
import { lint } from "../src/engine/lint.js";
import { readText } from "../src/input/index.js";
import { lintExample } from "./rule-tester.js";

const rules = RULES.filter(({ category }) => category === "references");
const ABSENT = "no-such-thing-at-all";

/** What nobody reports, since it may be absent for good reason. */
const isSilent = ({ from, at, optional, name, to }: ReferenceFact): boolean =>
  optional === true ||
  // Written by controllers.
  at === "secrets[*]" ||
  // The older name of serviceAccountName, set beside it.
  (from === "podSpec" && at === "serviceAccount") ||
  // Parameters of a binding whose policy is not there have no kind.
  "parametersOf" in to ||
  // What a claim or a volume is bound to is set by the control plane.
  (name === "storageClassName" && typeof from === "object" && from.kind === "PersistentVolume");

function set(object: Record<string, unknown>, path: string, value: unknown): void {
  const steps = compilePattern(path);
  let at = object;
  for (const [i, step] of steps.entries()) {
    const next = i === steps.length - 1 ? value : steps[i + 1] === EVERY_ITEM ? [] : {};
    if (step === EVERY_ITEM) {
      const list = at as unknown as unknown[];
      if (list.length === 0 || i === steps.length - 1) list[0] = next;
      at = list[0] as Record<string, unknown>;
    } else {
      const map = at as Record<string, unknown>;
      const key = String(step);
      if (!Object.hasOwn(map, key) || i === steps.length - 1) map[key] = next;
      at = map[key] as Record<string, unknown>;
    }
  }
}

const join = (...parts: string[]): string => parts.filter(Boolean).join(".");

/** An object with the reference of a fact, to a name that nothing has, and one of the kind that is named. */
function manifests(fact: ReferenceFact): string {
  const { group, kind, path } =
    fact.from === "podSpec"
      ? { group: "", kind: "Pod", path: "spec" }
      : fact.from === "container"
        ? { group: "", kind: "Pod", path: "spec.containers[*]" }
        : fact.from === "object"
          ? { group: "", kind: "Pod", path: "" }
          : { ...fact.from, path: "" };
  // Requests had their class beside the name before v1.
  const version =
    group === "autoscaling"
      ? "v2"
      : fact.at.endsWith("requests[*]") && kind.startsWith("ResourceClaim")
        ? "v1beta1"
        : "v1";
  const object: Record<string, unknown> = {
    apiVersion: group === "" ? "v1" : `${group}/${version}`,
    kind,
    metadata: { name: "from", namespace: "shop" },
  };
  if (fact.when) set(object, join(path, fact.at, fact.when.field), fact.when.is);
  let target = "kind" in fact.to ? fact.to : { group: "example.com", kind: "Widget" };
  if ("groupFrom" in fact.to) {
    if (fact.at === "spec.scaleTargetRef") target = { group: "apps", kind: "Deployment" };
    target = fact.at === "roleRef" ? { group: fact.to.defaultGroup, kind: "ClusterRole" } : target;
    set(object, join(path, fact.at, "kind"), target.kind);
    set(
      object,
      join(path, fact.at, fact.to.groupFrom),
      fact.to.groupFrom === "apiVersion" ? `${target.group}/v1` : target.group,
    );
  }
  set(object, join(path, fact.at, fact.name), ABSENT);
  const other = {
    apiVersion: target.group === "" ? "v1" : `${target.group}/v1`,
    kind: target.kind,
    metadata: { name: "another", namespace: "shop" },
  };
  return `${JSON.stringify(object)}\n---\n${JSON.stringify(other)}\n`;
}

const facts = REFERENCE_FACTS.filter((fact) => !isSilent(fact)).map((fact) => {
  const from = typeof fact.from === "string" ? fact.from : `${fact.from.group}/${fact.from.kind}`;
  return [`${from} ${fact.at} ${fact.name}`, fact] as const;
});

test.each(facts)("one rule speaks of a name that nothing has: %s", (_, fact) => {
  const { diagnostics, faults } = lintExample(rules, manifests(fact));
  expect(faults).toEqual([]);
  expect(diagnostics.filter(({ message }) => message.includes(ABSENT)).map(({ rule }) => rule)).toHaveLength(1);
});

test("edges lead both ways", () => {
  const input = readText(
    "app.yaml",
    `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: "web:1", envFrom: [{secretRef: {name: db}}, {configMapRef: {name: gone}}]}]
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: db, namespace: shop}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec:
  podSelector: {matchLabels: {app: web}}
  ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: other}}}]}]
---
apiVersion: v1
kind: Pod
metadata: {name: caller, namespace: other}
spec: {serviceAccountName: default, containers: [{name: caller, image: "caller:1"}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: wbe, namespace: shop}
spec: {minAvailable: 1, selector: {matchLabels: {app: wbe}}}
`,
  );
  let cluster: Cluster | undefined;
  lint(input, {
    minor: 34,
    rules: [],
    setting: () => undefined,
    externals: [],
    onCluster: (made) => {
      cluster = made;
    },
  });
  const edges = cluster!.resources.flatMap((from) =>
    cluster!.referencesFrom(from).map(({ at, to, kind, name, selector, resolved, verb }) => {
      const what = selector === undefined ? `${kind} ${name}` : `{${selector}}`;
      return `${from.kind} ${from.name} ${verb} ${what} at ${at}: ${to ? `${to.kind} ${to.name}, ` : ""}${resolved}`;
    }),
  );
  expect(edges).toEqual([
    "Service web sends traffic to {app=web} at spec.selector: Deployment web, present",
    "Deployment web takes its environment from Secret db at spec.template.spec.containers[0].envFrom[0].secretRef.name: ExternalSecret db, present",
    "Deployment web takes its environment from ConfigMap gone at spec.template.spec.containers[0].envFrom[1].configMapRef.name: missing",
    "Deployment web manages {app=web} at spec.selector: Deployment web, present",
    "NetworkPolicy web guards {app=web} at spec.podSelector: Deployment web, present",
    "NetworkPolicy web lets in {} at spec.ingress[0].from[0].namespaceSelector: Pod caller, present",
    "Pod caller runs as ServiceAccount default at spec.serviceAccountName: external",
    "PodDisruptionBudget wbe protects {app=wbe} at spec.selector: missing",
  ]);
  const deployment = cluster!.resources[1]!;
  expect(cluster!.referencesTo(deployment).map(({ from }) => from.ref)).toEqual([
    'Service "web"',
    'Deployment "web"',
    'NetworkPolicy "web"',
  ]);
});
