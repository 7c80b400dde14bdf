import { defineRule, wordCause } from "../../src/rule-api.js";

export default defineRule({
  id: "value-missing",
  category: "admission",
  since: "0.1.0",
  each: "cause",
  families: ["missing"],
  summary: "What the API server asks for beyond the required fields is there.",
  why: `Some fields are needed only beside others, or one of several is. The API server refuses an object that lacks
    them.`,
  references: ["https://kubernetes.io/docs/reference/kubernetes-api/"],

  messages: { missing: wordCause },

  check(cause, { report }) {
    report("missing", { at: cause.at || "metadata.name", on: cause.on, data: cause });
  },

  examples: {
    bad: {
      "an image, a volume's claim, the ports of a Service": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers:
            - name: web   #! missing
          volumes:
            - name: data
              persistentVolumeClaim:
                claimName: ""   #! missing
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec:   #! missing
          selector: {app: web}`,
      "a Job's Pods end": `
        apiVersion: batch/v1
        kind: Job
        metadata: {name: import}
        spec:
          template:
            spec:   #! missing
              containers: [{name: import, image: "shop/import:1.4"}]`,
    },
    good: {
      "a headless Service has no need for ports": `
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec:
          clusterIP: None
          selector: {app: web}`,
      "a type that is filled in later may need none": `
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec:
          type: \${TYPE}
          selector: {app: web}`,
    },
  },
});
