import { defineRule, list } from "../../src/rule-api.js";

export default defineRule({
  id: "service-target-port-undeclared",
  category: "correctness",
  since: "0.1.0",
  kinds: ["Service"],
  summary: "A named `targetPort` must be declared by the Pods the Service selects.",
  why: `The name is looked up on each selected Pod. A Pod that declares no such port is left out of the
    endpoints, so the Service accepts connections that reach nothing.`,
  references: ["https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports"],

  messages: {
    undeclared: (d: { service: string; port: string; pods: string[] }) => ({
      text: `${d.service} sends traffic to port "${d.port}", which ${list(d.pods)} does not declare`,
      help: `Name a container port "${d.port}", or set targetPort to its number`,
    }),
  },

  check(service, { cluster, report }) {
    const selector = service.spec?.selector;
    if (!selector) return;
    service.spec?.ports?.forEach((port, i) => {
      const target = port.targetPort;
      if (typeof target !== "string") return;
      // Selecting nothing is service-selects-no-pods.
      const { matched } = cluster.podsMatching({ matchLabels: selector }, service.namespace);
      const without = matched.filter(
        (pod) => !pod.containers.some((c) => c.spec.ports?.some((p) => p.name === target)),
      );
      if (without.length === 0) return;
      report("undeclared", {
        at: `spec.ports[${i}].targetPort`,
        data: { service: service.ref, port: target, pods: without.map((pod) => pod.ref) },
        related: without.map((pod) => ({ object: pod, at: `${pod.specPath}.containers`, note: "selected here" })),
      });
    });
  },

  examples: {
    bad: {
      "the Pod names its port `web`": `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec:
          selector: {app: shop}
          ports:
            - {port: 80, targetPort: http}   #! undeclared
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, labels: {app: shop}}
        spec:
          containers:
            - {name: app, image: "shop:1.4", ports: [{name: web, containerPort: 8080}]}`,
    },
    good: {
      "a number needs no declaration": `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 8080}]}`,
    },
  },
});
