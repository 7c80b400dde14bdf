import { defineRule, isEmptySelector } from "../../src/rule-api.js";

export default defineRule({
  id: "job-selector-not-manual",
  category: "correctness",
  since: "0.1.0",
  kinds: ["Job"],
  summary: "A Job has a selector of its own only with `manualSelector: true`.",
  why: `The API server makes a Job's selector and the label it goes by, so that no two Jobs count each other's Pods. It
    refuses a Job that brings one. Such a selector is most often left over from \`kubectl get -o yaml\`.`,
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/job/#specifying-your-own-pod-selector"],

  messages: {
    given: (d: { job: string }) => ({
      text: `${d.job} has a selector without manualSelector; the API server refuses it`,
      help: "Leave the selector out: the API server makes one",
    }),
    absent: (d: { job: string }) => ({
      text: `${d.job} sets manualSelector but has no selector; the API server refuses it`,
      help: "Leave manualSelector out: the API server makes the selector",
    }),
  },

  check(job, { report }) {
    const { selector, manualSelector } = job.spec ?? {};
    if (!selector && manualSelector === true) report("absent", { at: "spec.manualSelector", data: { job: job.ref } });
    if (!selector || manualSelector === true || isEmptySelector(selector)) return;
    report("given", {
      at: "spec.selector",
      data: { job: job.ref },
      fix: { description: "Remove the selector", safe: true, edits: [{ at: "spec.selector", remove: true }] },
    });
  },

  examples: {
    bad: {
      "a selector as a Deployment has it": `
        apiVersion: batch/v1
        kind: Job
        metadata: {name: import}
        spec:
          selector:                   #! given
            matchLabels: {app: import}
          template:
            metadata: {labels: {app: import}}
            spec:
              restartPolicy: Never
              containers: [{name: import, image: "import:3"}]`,
      "no selector, though it says so": `
        apiVersion: batch/v1
        kind: Job
        metadata: {name: import}
        spec:
          manualSelector: true        #! absent
          template:
            metadata: {labels: {app: import}}
            spec:
              restartPolicy: Never
              containers: [{name: import, image: "import:3"}]`,
    },
    good: {
      "one's own selector, and said so": `
        apiVersion: batch/v1
        kind: Job
        metadata: {name: import}
        spec:
          manualSelector: true
          selector:
            matchLabels: {app: import}
          template:
            metadata: {labels: {app: import}}
            spec:
              restartPolicy: Never
              containers: [{name: import, image: "import:3"}]`,
    },
  },
});
