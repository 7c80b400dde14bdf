import { defineRule, wordCause } from "../../src/rule-api.js";

export default defineRule({
  id: "value-out-of-range",
  category: "admission",
  since: "0.1.0",
  each: "cause",
  families: ["range"],
  summary: "Numbers are within their bounds.",
  why: `The API server refuses numbers that are too small or too large, by themselves or beside another field.`,
  references: ["https://kubernetes.io/docs/reference/kubernetes-api/"],

  messages: { outOfRange: wordCause },

  check(cause, { report }) {
    report("outOfRange", { at: cause.at || "metadata.name", on: cause.on, data: cause });
  },

  examples: {
    bad: {
      "a port, and a time that is negative": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{containerPort: 80800}]   #! outOfRange
              readinessProbe:
                tcpSocket: {port: 8080}
                periodSeconds: -5   #! outOfRange`,
    },
    good: {
      "a port within them": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers:
            - {name: web, image: "shop/web:1.4", ports: [{containerPort: 8080}]}`,
    },
  },
});
