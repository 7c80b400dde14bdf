import { defineRule, missingTargets, wordMissingTarget } from "../../src/rule-api.js";

export default defineRule({
  id: "ingress-class-missing",
  category: "references",
  since: "0.1.0",
  kinds: ["Ingress"],
  summary: "Where the input defines IngressClasses, those of its Ingresses are among them.",
  why: `No controller serves an Ingress of a class that is not there. Many clusters come with classes of their own, so the
    rule speaks only where the input defines some.`,
  references: ["https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class"],

  messages: { missing: wordMissingTarget },

  check(ingress, { cluster, report }) {
    for (const missing of missingTargets(cluster, ingress, ({ fact }) => fact.name === "ingressClassName"))
      report("missing", missing);
  },

  examples: {
    bad: {
      "another name than the class has": `
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: shop}
        spec:
          ingressClassName: nginx   #! missing
          defaultBackend: {service: {name: shop, port: {number: 80}}}
        ---
        apiVersion: networking.k8s.io/v1
        kind: IngressClass
        metadata: {name: nginx-internal}
        spec: {controller: k8s.io/ingress-nginx}`,
    },
    good: {
      "the input defines none": `
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: shop}
        spec:
          ingressClassName: nginx
          defaultBackend: {service: {name: shop, port: {number: 80}}}`,
    },
  },
});
