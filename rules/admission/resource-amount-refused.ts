import { defineRule, wordCause } from "../../src/rule-api.js";

export default defineRule({
  id: "resource-amount-refused",
  category: "admission",
  since: "0.1.0",
  each: "cause",
  families: ["amount"],
  summary: "Requests, limits and capacities are amounts that the resource can have.",
  why: `Amounts are not negative, are whole numbers for what cannot be divided, and stand under names of resources
    that the field knows. The API server refuses others.`,
  references: [
    "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#resource-units-in-kubernetes",
  ],

  messages: { refused: wordCause },

  check(cause, { report }) {
    report("refused", { at: cause.at || "metadata.name", on: cause.on, data: cause });
  },

  examples: {
    bad: {
      "an amount below zero, half a GPU": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers:
            - name: web
              image: shop/web:1.4
              resources:
                requests:
                  cpu: -100m   #! refused
                limits:
                  nvidia.com/gpu: 500m   #! refused`,
    },
    good: {
      "amounts as they are": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers:
            - name: web
              image: shop/web:1.4
              resources: {requests: {cpu: 100m}, limits: {nvidia.com/gpu: 1}}`,
    },
  },
});
