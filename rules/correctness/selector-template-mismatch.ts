import {
  defineRule,
  describeActual,
  isEmptySelector,
  list,
  unmetRequirements,
  workloadSelectorOf,
} from "../../src/rule-api.js";

export default defineRule({
  id: "selector-template-mismatch",
  category: "correctness",
  since: "0.1.0",
  each: "podTemplate",
  summary: "A workload's selector must match the labels of its own Pod template.",
  why: `A controller finds its Pods by the selector. One that did not match its own template would make Pods for ever
    without ever finding them, so the API server refuses the object. A selector cannot be changed later, so the labels
    are usually what to correct on a workload that runs already.`,
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector",
    "https://kubernetes.io/docs/concepts/workloads/controllers/job/#specifying-your-own-pod-selector",
  ],

  tells: /\btemplate\.metadata\.labels$/,

  messages: {
    differs: (d: { workload: string; wanted: string; actual: string[]; refusedBy: string }) => ({
      text: `${d.workload} selects ${d.wanted} but labels its Pods ${list(d.actual)}; ${d.refusedBy} refuses it`,
      help: "Give the selector and the template's labels the same value",
    }),
    lacks: (d: { workload: string; wanted: string; key: string; refusedBy: string }) => ({
      text: `${d.workload} selects ${d.wanted} but its Pods have no label "${d.key}"; ${d.refusedBy} refuses it`,
      help: "Add the label to the template's metadata, or take it out of the selector",
    }),
    empty: (d: { workload: string }) => ({
      text: `${d.workload} has an empty selector; the API server refuses it`,
      help: "Select the labels of the Pod template",
    }),
  },

  check(pod, { report }) {
    const { owner } = pod;
    const workload = workloadSelectorOf(owner);
    if (!workload) return;
    const { selector, refusedBy } = workload;
    if (isEmptySelector(selector)) {
      // A Job with an empty selector of its own is let through; a kustomization may fill one in.
      if (owner.group === "apps" && !owner.manifest.selectorsAdded)
        report("empty", { at: "spec.selector", data: { workload: owner.ref } });
      return;
    }
    const related = [{ object: pod, at: pod.labelsPath, note: "the labels of the Pods it makes" }];
    for (const unmet of unmetRequirements(selector, pod.labels, workload.labelsPath)) {
      const { at, key, wanted, actual } = unmet;
      if (actual === undefined) report("lacks", { at, data: { workload: owner.ref, wanted, key, refusedBy }, related });
      else
        report("differs", {
          at,
          data: { workload: owner.ref, wanted, actual: [describeActual(unmet)], refusedBy },
          related: [{ object: pod, at: `${pod.labelsPath}[${key}]`, note: "the label its Pods have" }],
        });
    }
  },

  examples: {
    bad: {
      "the template has another value": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: api}
        spec:
          selector:
            matchLabels:
              app: api          #! differs
          template:
            metadata:
              labels: {app: backend}
            spec:
              containers: [{name: api, image: "api:1.4"}]`,
      "the template lacks one of two labels": `
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db}
        spec:
          serviceName: db
          selector:
            matchLabels:
              app.kubernetes.io/name: db
              app.kubernetes.io/component: primary   #! lacks
          template:
            metadata:
              labels: {app.kubernetes.io/name: db}
            spec:
              containers: [{name: db, image: "postgres:17"}]`,
      "an expression that the labels do not meet": `
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: agent}
        spec:
          selector:
            matchLabels: {app: agent}
            matchExpressions:
              - {key: tier, operator: In, values: [node, host]}   #! differs
              - {key: canary, operator: Exists}                   #! lacks
          template:
            metadata:
              labels: {app: agent, tier: web}
            spec:
              containers: [{name: agent, image: "agent:2"}]`,
      "a ReplicationController's plain selector": `
        apiVersion: v1
        kind: ReplicationController
        metadata: {name: web}
        spec:
          selector: {app: web}   #! differs
          template:
            metadata: {labels: {app: www}}
            spec:
              containers: [{name: web, image: "nginx:1.29"}]`,
      "nothing is selected": `
        apiVersion: apps/v1
        kind: ReplicaSet
        metadata: {name: web}
        spec:
          selector: {}          #! empty
          template:
            metadata: {labels: {app: web}}
            spec:
              containers: [{name: web, image: "nginx:1.29"}]`,
    },
    good: {
      "the template may have more labels than are selected": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: api}
        spec:
          selector:
            matchLabels: {app: api}
            matchExpressions: [{key: legacy, operator: DoesNotExist}]
          template:
            metadata:
              labels: {app: api, version: "1.4"}
            spec:
              containers: [{name: api, image: "api:1.4"}]`,
      "a placeholder can become anything": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: api}
        spec:
          selector:
            matchLabels: {app: api}
          template:
            metadata:
              labels: {app: "\${APP}"}
            spec:
              containers: [{name: api, image: "api:1.4"}]`,
      "a ReplicationController without a selector takes the template's labels": `
        apiVersion: v1
        kind: ReplicationController
        metadata: {name: web}
        spec:
          template:
            metadata: {labels: {app: www}}
            spec:
              containers: [{name: web, image: "nginx:1.29"}]`,
    },
  },
});
