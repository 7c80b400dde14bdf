import { defineRule, missingTargets, wordMissingTarget } from "../../src/rule-api.js";

const FIELDS = new Set([
  "webhooks[*].clientConfig.service",
  "spec.service",
  "spec.conversion.webhook.clientConfig.service",
]);

export default defineRule({
  id: "webhook-service-missing",
  category: "references",
  since: "0.1.0",
  each: "resource",
  summary: "The Service behind a webhook, an APIService or a conversion must exist.",
  why: `The API server calls the Service. Without it, requests that a webhook covers fail (with failurePolicy Fail, the
    default), objects of the kind cannot be converted, and the API that an APIService adds answers 503.`,
  references: [
    "https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#service-reference",
  ],

  messages: { missing: wordMissingTarget },

  check(resource, { cluster, report }) {
    for (const missing of missingTargets(
      cluster,
      resource,
      ({ fact, kind }) => kind === "Service" && FIELDS.has(fact.at),
    ))
      report("missing", missing);
  },

  examples: {
    bad: {
      "the Service has another name": `
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingWebhookConfiguration
        metadata: {name: policy}
        webhooks:
          - name: policy.example.com
            admissionReviewVersions: [v1]
            sideEffects: None
            clientConfig:
              service:
                name: policy-webhook   #! missing
                namespace: policy
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: policy-webhooks, namespace: policy}
        spec: {selector: {app: policy}, ports: [{port: 443}]}`,
      "of an APIService and of a conversion": `
        apiVersion: apiregistration.k8s.io/v1
        kind: APIService
        metadata: {name: v1beta1.metrics.example.com}
        spec:
          group: metrics.example.com
          version: v1beta1
          groupPriorityMinimum: 100
          versionPriority: 100
          service:
            name: metrics   #! missing
            namespace: monitoring
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: metrics, namespace: monitoring}`,
    },
    good: {
      "a namespace of which the input shows nothing": `
        apiVersion: admissionregistration.k8s.io/v1
        kind: MutatingWebhookConfiguration
        metadata: {name: mesh}
        webhooks:
          - name: mesh.example.com
            admissionReviewVersions: [v1]
            sideEffects: None
            clientConfig: {service: {name: injector, namespace: mesh}}`,
    },
  },
});
