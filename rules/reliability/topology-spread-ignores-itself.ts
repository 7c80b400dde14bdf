import {
  defineRule,
  describeActual,
  describeSelector,
  list,
  matchSelector,
  unmetRequirements,
} from "../../src/rule-api.js";

export default defineRule({
  id: "topology-spread-ignores-itself",
  category: "reliability",
  since: "0.1.0",
  each: "podTemplate",
  summary: "A topology spread constraint counts the Pods that it is written for.",
  why: `A constraint spreads the Pods that its \`labelSelector\` matches. Where that does not match the Pod itself, its replicas are not
    spread: they go where few others are, all to the same place if need be. Without a selector a constraint counts no Pods.`,
  references: ["https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/"],

  messages: {
    others: (d: { owner: string; selector: string; actual: string[] }) => ({
      text: `${d.owner} is to be spread by its distance to Pods with ${d.selector}, but its own have ${list(d.actual)}`,
      help: "Let the labelSelector match the labels of the template",
    }),
    none: (d: { owner: string; key: string }) => ({
      text: `${d.owner} is not spread over ${d.key}: the constraint has no labelSelector and counts no Pods`,
      help: "Let a labelSelector match the labels of the template",
    }),
  },

  check(pod, { cluster, report }) {
    const constraints = pod.spec.topologySpreadConstraints;
    if (!Array.isArray(constraints) || pod.owner.manifest.selectorsAdded || cluster.mayBePatched(pod.owner, "labels"))
      return;
    for (const [i, constraint] of constraints.entries()) {
      const at = `${pod.specPath}.topologySpreadConstraints[${i}]`;
      const selector = constraint?.labelSelector;
      if (selector === undefined) {
        if (constraint?.topologyKey !== undefined)
          report("none", { at: `${at}.labelSelector`, data: { owner: pod.ref, key: constraint.topologyKey } });
      } else if (matchSelector(selector, pod.labels) === "no")
        report("others", {
          at: `${at}.labelSelector`,
          data: {
            owner: pod.ref,
            selector: describeSelector(selector),
            actual: unmetRequirements(selector, pod.labels, "matchLabels").map(describeActual),
          },
        });
    }
  },

  examples: {
    bad: {
      "a label of another workload; no selector": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              topologySpreadConstraints:
                - maxSkew: 1
                  topologyKey: topology.kubernetes.io/zone
                  whenUnsatisfiable: DoNotSchedule
                  labelSelector:   #! others
                    matchLabels: {app: shop}
                - maxSkew: 1   #! none
                  topologyKey: kubernetes.io/hostname
                  whenUnsatisfiable: ScheduleAnyway
              containers: [{name: web, image: "shop/web:1.4"}]`,
    },
    good: {
      "its own labels, a placeholder": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              topologySpreadConstraints:
                - maxSkew: 1
                  topologyKey: topology.kubernetes.io/zone
                  whenUnsatisfiable: DoNotSchedule
                  labelSelector: {matchLabels: {app: web}}
                - maxSkew: 1
                  topologyKey: kubernetes.io/hostname
                  whenUnsatisfiable: ScheduleAnyway
                  labelSelector: {matchLabels: {app: "\${NAME}"}}
              containers: [{name: web, image: "shop/web:1.4"}]`,
    },
  },
});
