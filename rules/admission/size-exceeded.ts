import { defineRule, wordCause } from "../../src/rule-api.js";

export default defineRule({
  id: "size-exceeded",
  category: "admission",
  since: "0.1.0",
  each: "cause",
  families: ["size"],
  summary: "Texts, lists and whole objects are no larger than allowed.",
  why: `The API server bounds what an object holds, a ConfigMap for instance to one MiB, and refuses what is larger.`,
  references: ["https://kubernetes.io/docs/concepts/configuration/configmap/#motivation"],

  messages: { exceeded: wordCause },

  check(cause, { report }) {
    report("exceeded", { at: cause.at || "metadata.name", on: cause.on, data: cause });
  },

  examples: {
    bad: {
      "the name of a Job's controller has at most 63 bytes": `
        apiVersion: batch/v1
        kind: Job
        metadata: {name: import}
        spec:
          managedBy: jobs.batch.shop.example.com/the-controller-that-runs-the-imports-of-the-shop   #! exceeded
          template:
            spec:
              restartPolicy: Never
              containers: [{name: import, image: "shop/import:1.4"}]`,
    },
    good: {
      "a shorter one": `
        apiVersion: batch/v1
        kind: Job
        metadata: {name: import}
        spec:
          managedBy: jobs.example.com/imports
          template:
            spec:
              restartPolicy: Never
              containers: [{name: import, image: "shop/import:1.4"}]`,
    },
  },
});
