import { defineRule, wordCause } from "../../src/rule-api.js";

export default defineRule({
  id: "value-duplicate",
  category: "admission",
  since: "0.1.0",
  each: "cause",
  families: ["duplicate"],
  summary: "What has to be unique in a list is in it once.",
  why: `Items that are found by a name or a key need different ones. The API server refuses a list that has one
    twice.`,
  references: ["https://kubernetes.io/docs/reference/kubernetes-api/"],

  messages: { duplicate: wordCause },

  check(cause, { report }) {
    report("duplicate", { at: cause.at || "metadata.name", on: cause.on, data: cause });
  },

  examples: {
    bad: {
      "two volumes of one name": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers: [{name: web, image: "shop/web:1.4"}]
          volumes:
            - {name: data, emptyDir: {}}
            - {name: data, emptyDir: {}}   #! duplicate`,
    },
    good: {
      "two names": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers: [{name: web, image: "shop/web:1.4"}]
          volumes: [{name: data, emptyDir: {}}, {name: cache, emptyDir: {}}]`,
    },
  },
});
