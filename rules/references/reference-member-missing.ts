import { defineRule, list, missingMember } from "../../src/rule-api.js";

const quote = (member: string | number): string => (typeof member === "number" ? String(member) : `"${member}"`);

export default defineRule({
  id: "reference-member-missing",
  category: "references",
  severity: "error",
  since: "0.2.0",
  each: "resource",
  summary: "A port or listener that is named beside an object must be one of its own.",
  why: `A webhook, a route or an APIService that names a port which the Service does not have reaches nothing, and a route
    that names a listener which the Gateway does not have is not attached. Backends of an Ingress are
    ingress-backend-port-missing.`,
  references: ["https://gateway-api.sigs.k8s.io/api-types/httproute/"],

  messages: {
    missing: (d: {
      subject: string;
      verb: string;
      noun: string;
      name: string | number;
      target: string;
      present: string[];
    }) => ({
      text: `${d.subject} ${d.verb} ${d.noun} ${quote(d.name)} of ${d.target}, which has no such ${d.noun}`,
      help: d.present.length > 0 ? `It has ${list(d.present, 8)}` : `It has no ${d.noun}s`,
    }),
  },

  // An absent object is reference-target-missing.
  check(resource, { cluster, report }) {
    for (const reference of cluster.references.from(resource)) {
      const missing = missingMember(cluster, reference);
      if (!missing) continue;
      const { noun, name, target } = missing;
      // Of a number the names are no help.
      const alike = missing.present.filter((one) => typeof one === typeof name);
      const present = (alike.length > 0 ? alike : missing.present).map(quote);
      report("missing", {
        at: missing.at,
        data: { subject: resource.ref, verb: reference.fact.verb, noun, name, target: target.ref, present },
        related: [
          { object: target, at: noun === "port" ? "spec.ports" : "spec.listeners", note: `the ${noun}s it has` },
        ],
      });
    }
  },

  examples: {
    bad: {
      "port and listener of a route": `
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: shop}
        spec:
          parentRefs:
            - {name: public, sectionName: http}   #! missing
          rules:
            - backendRefs:
                - {name: shop, port: 8080}   #! missing
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: public}
        spec:
          gatewayClassName: nginx
          listeners: [{name: https, port: 443, protocol: HTTPS}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 8080}]}`,
      "443 where a webhook names no port": `
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingWebhookConfiguration
        metadata: {name: policy}
        webhooks:
          - name: policy.example.com
            admissionReviewVersions: [v1]
            sideEffects: None
            clientConfig:
              service:
                name: policy   #! missing
                namespace: policy
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: policy, namespace: policy}
        spec: {selector: {app: policy}, ports: [{name: https, port: 8443}]}`,
    },
    good: {
      "the port is there, by number or name": `
        apiVersion: apiregistration.k8s.io/v1
        kind: APIService
        metadata: {name: v1beta1.metrics.example.com}
        spec:
          group: metrics.example.com
          version: v1beta1
          groupPriorityMinimum: 100
          versionPriority: 100
          service: {name: metrics, namespace: monitoring, port: 8443}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: metrics, namespace: monitoring}
        spec: {selector: {app: metrics}, ports: [{name: https, port: 8443}]}`,
    },
  },
});
