import {
  defineRule,
  describeActual,
  describeSelector,
  isPlaceholder,
  list,
  matchLabels,
  unmetRequirements,
} from "../../src/rule-api.js";

export default defineRule({
  id: "stateful-set-service-mismatch",
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  kinds: ["StatefulSet"],
  summary: "The Service that governs a StatefulSet is headless and selects its Pods.",
  why: `The Pods' own DNS names (\`db-0.db\`) are records of a headless Service: one with \`clusterIP: None\`, and only for the
    Pods it selects. Any other Service resolves to its one address, and the Pods have no names.`,
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id",
    "https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/",
  ],

  messages: {
    notHeadless: (d: { set: string; service: string; type: string }) => ({
      text: `${d.set} is governed by ${d.service}, which is ${d.type}, so its Pods get no DNS names of their own`,
      help: "Set clusterIP: None; where clients need one address, add a second Service for them",
    }),
    otherPods: (d: { set: string; service: string; selector: string; actual: string[] }) => ({
      text: `${d.set} is governed by ${d.service}, which selects ${d.selector}, but its Pods have ${list(d.actual)}`,
      help: "Let the Service select the labels of the StatefulSet's template",
    }),
  },

  check(set, { cluster, report }) {
    const name = set.spec?.serviceName;
    if (!name || isPlaceholder(name)) return;
    const candidates = cluster
      .allNamed("", "Service", set.namespace, name)
      .flatMap((each) => (each.is("Service") ? each : []));
    const [service] = candidates;
    if (!service) return;
    const data = { set: set.ref, service: service.ref };
    const headless = candidates.some(({ spec }) => spec?.clusterIP === "None" || isPlaceholder(spec?.clusterIP));
    if (!headless) {
      const type = service.spec?.type ?? "ClusterIP";
      if (isPlaceholder(type)) return;
      report("notHeadless", {
        at: "spec.serviceName",
        data: { ...data, type: type === "ClusterIP" ? "not headless" : `of type ${type}` },
        related: [{ object: service, at: "spec.clusterIP", note: "this Service" }],
      });
    }
    const labels = cluster.podTemplateOf(set)?.labels;
    const selector = service.spec?.selector;
    // Without a selector somebody else makes the endpoints.
    if (!labels || !selector || Object.keys(selector).length === 0) return;
    if (candidates.some((each) => matchLabels(each.spec?.selector ?? {}, labels) !== "no")) return;
    report("otherPods", {
      at: "spec.serviceName",
      data: {
        ...data,
        selector: describeSelector({ matchLabels: selector }),
        actual: unmetRequirements({ matchLabels: selector }, labels, "spec.selector").map(describeActual),
      },
      related: [{ object: service, at: "spec.selector", note: "its selector" }],
    });
  },

  examples: {
    bad: {
      "a Service with an address": `
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db}
        spec:
          serviceName: db            #! notHeadless
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec: {containers: [{name: db, image: "postgres:17"}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: db}
        spec: {selector: {app: db}, ports: [{port: 5432}]}`,
      "a Service for other Pods": `
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db}
        spec:
          serviceName: db            #! otherPods
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec: {containers: [{name: db, image: "postgres:17"}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: db}
        spec: {clusterIP: None, selector: {app: postgres}}`,
    },
    good: {
      "headless, and selecting the Pods": `
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db}
        spec:
          serviceName: db
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec: {containers: [{name: db, image: "postgres:17"}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: db}
        spec: {clusterIP: None, selector: {app: db}}`,
    },
  },
});
