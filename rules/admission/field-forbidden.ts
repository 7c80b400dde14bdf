import { defineRule, wordCause } from "../../src/rule-api.js";

export default defineRule({
  id: "field-forbidden",
  category: "admission",
  since: "0.1.0",
  each: "cause",
  families: ["forbidden"],
  summary: "A field does not stand where another one rules it out.",
  why: `The API server refuses the object rather than ignore the field.`,
  references: ["https://kubernetes.io/docs/reference/kubernetes-api/"],

  messages: { forbidden: wordCause },

  check(cause, { report }) {
    report("forbidden", { at: cause.at || "metadata.name", on: cause.on, data: cause });
  },

  examples: {
    bad: {
      "a volume of two kinds": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers: [{name: web, image: "shop/web:1.4"}]
          volumes:
            - name: data
              emptyDir: {}
              persistentVolumeClaim: {claimName: data}   #! forbidden`,
    },
    good: {
      "a volume of one kind": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers: [{name: web, image: "shop/web:1.4"}]
          volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]`,
    },
  },
});
