import { defineRule, wordCause } from "../../src/rule-api.js";

export default defineRule({
  id: "combination-refused",
  category: "admission",
  since: "0.1.0",
  each: "cause",
  families: ["combination"],
  summary: "The fields of an object go together.",
  why: `Of some fields exactly one may be given, others only make sense beside a third. The API server refuses an
    object whose fields contradict each other.`,
  references: ["https://kubernetes.io/docs/reference/kubernetes-api/"],

  messages: { refused: wordCause },

  check(cause, { report }) {
    report("refused", { at: cause.at || "metadata.name", on: cause.on, data: cause });
  },

  examples: {
    bad: {
      "two sources for one variable": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers:
            - name: web
              image: shop/web:1.4
              env:
                - name: ADDRESS
                  valueFrom:   #! refused
                    fieldRef: {fieldPath: status.podIP}
                    configMapKeyRef: {name: web, key: address}`,
    },
    good: {
      "one source": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers:
            - name: web
              image: shop/web:1.4
              env: [{name: ADDRESS, valueFrom: {fieldRef: {fieldPath: status.podIP}}}]`,
    },
  },
});
