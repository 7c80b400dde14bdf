import { defineRule, missingTargets, wordMissingTarget } from "../../src/rule-api.js";

export default defineRule({
  id: "runtime-class-missing",
  category: "references",
  since: "0.1.0",
  each: "podTemplate",
  summary: "Where the input defines RuntimeClasses, those that Pods run with are among them.",
  why: `The API server refuses a Pod whose RuntimeClass is not there. Many clusters come with classes of their own, so the
    rule speaks only where the input defines some.`,
  references: ["https://kubernetes.io/docs/concepts/containers/runtime-class/#usage"],

  messages: { missing: wordMissingTarget },

  check(pod, { cluster, report }) {
    for (const missing of missingTargets(cluster, pod.owner, ({ kind }) => kind === "RuntimeClass"))
      report("missing", missing);
  },

  examples: {
    bad: {
      "another name than the class has": `
        apiVersion: v1
        kind: Pod
        metadata: {name: build}
        spec:
          runtimeClassName: gvisor   #! missing
          containers: [{name: build, image: "build:1.4"}]
        ---
        apiVersion: node.k8s.io/v1
        kind: RuntimeClass
        metadata: {name: gvisor-untrusted}
        handler: runsc`,
    },
    good: {
      "the input defines none": `
        apiVersion: v1
        kind: Pod
        metadata: {name: build}
        spec:
          runtimeClassName: gvisor
          containers: [{name: build, image: "build:1.4"}]`,
    },
  },
});
