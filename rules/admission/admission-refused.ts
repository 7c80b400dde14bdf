import { defineRule, wordCause } from "../../src/rule-api.js";

export default defineRule({
  id: "admission-refused",
  category: "admission",
  since: "0.1.0",
  each: "cause",
  families: ["admission"],
  summary: "The API server's own admission takes the object.",
  why: `After validation, plugins that every cluster has compare the object with what it belongs to, such as the
    PriorityClass of a Pod, and refuse it where the two contradict each other.`,
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/"],

  messages: { refused: wordCause },

  check(cause, { report }) {
    report("refused", { at: cause.at || "metadata.name", on: cause.on, data: cause });
  },

  examples: {
    bad: {
      "another priority than that of the class": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web}   #! refused
        spec:
          priorityClassName: shop
          priority: 500
          containers: [{name: web, image: "shop/web:1.4"}]
        ---
        apiVersion: scheduling.k8s.io/v1
        kind: PriorityClass
        metadata: {name: shop}
        value: 1000`,
    },
    good: {
      "a class that is not in the input": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          priorityClassName: shop
          priority: 500
          containers: [{name: web, image: "shop/web:1.4"}]`,
    },
  },
});
