import {
  areAppliedTogether,
  count,
  defineRule,
  isPlaceholder,
  list,
  podsCoveredBy,
  readAmount,
  requiredAvailable,
} from "../../src/rule-api.js";

export default defineRule({
  id: "pdb-blocks-eviction",
  category: "reliability",
  since: "0.1.0",
  kinds: ["PodDisruptionBudget"],
  summary: "A PodDisruptionBudget leaves room for at least one eviction.",
  why: `A budget that never allows an eviction stops every node drain: upgrades and scale-downs of the cluster wait for ever,
    or end by force. Percentages are rounded up, so 50% of one replica is that one. For Pods without a controller, and
    those of DaemonSets and Jobs, only \`minAvailable\` as a number can be computed; with any other limit nothing is
    evicted, and so it is with no limit at all.`,
  references: ["https://kubernetes.io/docs/tasks/run-application/configure-pdb/"],

  messages: {
    never: (d: { budget: string; limit: string }) => ({
      text: `${d.budget} allows no eviction: ${d.limit}`,
      help: "Allow one Pod to be away: maxUnavailable: 1",
    }),
    noRoom: (d: { budget: string; limit: string; required: number; owners: string[]; replicas: number }) => ({
      text: `${d.budget} allows no eviction: ${d.limit} keeps ${d.required} of the ${count(d.replicas, "replica")} of ${list(d.owners)}`,
      help:
        d.replicas === 1
          ? "Run two replicas, or allow one Pod to be away"
          : "Allow one Pod to be away: maxUnavailable: 1",
    }),
    uncountable: (d: { budget: string; limit: string; owner: string }) => ({
      text: `${d.budget} allows no eviction: ${d.limit} cannot be computed for ${d.owner}, which no scalable controller owns`,
      help: "Give minAvailable as a number",
    }),
    noLimit: (d: { budget: string }) => ({
      text: `${d.budget} allows no eviction: it has neither minAvailable nor maxUnavailable`,
      help: "Allow one Pod to be away: maxUnavailable: 1",
    }),
  },

  check(budget, { cluster, report }) {
    const { spec } = budget;
    const { minAvailable, maxUnavailable } = spec ?? {};
    // Both limits are pdb-limits-exclusive, no selector is pdb-selects-no-pods.
    if (!spec?.selector || (minAvailable !== undefined && maxUnavailable !== undefined)) return;
    const field = minAvailable === undefined ? "maxUnavailable" : "minAvailable";
    const written = minAvailable ?? maxUnavailable;
    if (written === undefined) {
      report("noLimit", { at: "spec.maxUnavailable", data: { budget: budget.ref } });
      return;
    }
    const amount = readAmount(written);
    if (!amount || isPlaceholder(written)) return;
    const at = `spec.${field}`;
    const limit = `${field} ${written}`;
    if (
      (field === "maxUnavailable" && (amount.count ?? amount.percent) === 0) ||
      (field === "minAvailable" && (amount.percent ?? 0) >= 100)
    ) {
      report("never", { at, data: { budget: budget.ref, limit } });
      return;
    }
    const { pods, replicas } = podsCoveredBy(cluster, budget);
    // Pods of other folders may be meant for another cluster; patches may give more replicas.
    const near = pods.filter(({ owner }) => areAppliedTogether(cluster, owner, budget));
    const loose = near.find(({ owner }) => owner.kind === "Pod" || owner.kind === "DaemonSet");
    if (loose && (field === "maxUnavailable" || amount.percent !== undefined)) {
      report("uncountable", {
        at,
        data: { budget: budget.ref, limit, owner: loose.ref },
        related: [{ object: loose, note: "covered" }],
      });
      return;
    }
    if (replicas === undefined || replicas === 0 || near.length < pods.length) return;
    if (pods.some(({ owner }) => cluster.mayBePatched(owner, "replicas"))) return;
    const required = requiredAvailable(spec, replicas);
    if (required === undefined || required < replicas) return;
    report("noRoom", {
      at,
      data: { budget: budget.ref, limit, required, owners: pods.map(({ ref }) => ref), replicas },
      related: pods.slice(0, 4).map((pod) => ({
        object: pod,
        at: pod.owner.kind === "Pod" ? "metadata.name" : "spec.replicas",
        note: "covered",
      })),
    });
  },

  examples: {
    bad: {
      "nothing may ever be away": `
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: a}
        spec:
          maxUnavailable: 0        #! never
          selector: {matchLabels: {app: a}}
        ---
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: b}
        spec:
          minAvailable: 100%       #! never
          selector: {matchLabels: {app: b}}
        ---
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: c}
        spec:                      #! noLimit
          selector: {matchLabels: {app: c}}`,
      "as many must be there as there are": `
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: shop}
        spec:
          minAvailable: 2          #! noRoom
          selector: {matchLabels: {app: shop}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          replicas: 2
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec: {containers: [{name: app, image: "shop:1.4"}]}`,
      "a Pod that no controller makes": `
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: shop}
        spec:
          maxUnavailable: 1        #! uncountable
          selector: {matchLabels: {app: shop}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, labels: {app: shop}}
        spec: {containers: [{name: app, image: "shop:1.4"}]}`,
    },
    good: {
      "an autoscaler keeps three": `
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: shop}
        spec:
          minAvailable: 2
          selector: {matchLabels: {app: shop}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec: {containers: [{name: app, image: "shop:1.4"}]}
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: shop}
        spec:
          minReplicas: 3
          maxReplicas: 9
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}`,
      "one may always be away": `
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: shop}
        spec:
          maxUnavailable: 1
          selector: {matchLabels: {app: shop}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          replicas: 1
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec: {containers: [{name: app, image: "shop:1.4"}]}`,
    },
  },
});
