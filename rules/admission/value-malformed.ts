import { defineRule, wordCause } from "../../src/rule-api.js";

export default defineRule({
  id: "value-malformed",
  category: "admission",
  since: "0.1.0",
  each: "cause",
  families: ["form"],
  summary: "Texts have the form that their field asks for.",
  why: `Addresses, paths, percentages, times and references are written in forms of their own. The API server
    refuses a text that has another.`,
  references: ["https://kubernetes.io/docs/reference/kubernetes-api/"],

  messages: { malformed: wordCause },

  check(cause, { report }) {
    report("malformed", { at: cause.at || "metadata.name", on: cause.on, data: cause });
  },

  examples: {
    bad: {
      "an address range, a path": `
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web}
        spec:
          podSelector: {}
          ingress:
            - from:
                - ipBlock: {cidr: 10.0.0.0}   #! malformed
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: web}
        spec:
          rules:
            - http:
                paths:
                  - path: shop   #! malformed
                    pathType: Prefix
                    backend: {service: {name: web, port: {number: 80}}}`,
    },
    good: {
      "a range with its length, and one that is filled in later": `
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web}
        spec:
          podSelector: {}
          ingress:
            - from: [{ipBlock: {cidr: 10.0.0.0/8}}, {ipBlock: {cidr: "\${RANGE}"}}]`,
    },
  },
});
