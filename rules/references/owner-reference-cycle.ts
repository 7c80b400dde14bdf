import { defineRule, ownershipCycles } from "../../src/rule-api.js";

export default defineRule({
  id: "owner-reference-cycle",
  category: "references",
  severity: "error",
  since: "0.2.0",
  each: "cluster",
  summary: "No object owns itself, be it over others.",
  why: `The garbage collector deletes what nobody owns any more; objects that own each other are never deleted by it, and a
    foreground deletion of one waits for ever.`,
  references: ["https://kubernetes.io/docs/concepts/architecture/garbage-collection/#owners-dependents"],

  messages: {
    itself: (d: { object: string }) => ({
      text: `${d.object} is its own owner`,
      help: "Remove the owner reference",
    }),
    circle: (d: { object: string; over: string }) => ({
      text: `${d.object} owns itself over ${d.over}`,
      help: "Remove one of the owner references",
    }),
  },

  check(cluster, { report }) {
    for (const cycle of ownershipCycles(cluster)) {
      const [object, ...others] = cycle;
      if (!object) continue;
      const at = "metadata.ownerReferences";
      if (others.length === 0) report("itself", { object, at, data: { object: object.ref } });
      else
        report("circle", {
          object,
          at,
          data: { object: object.ref, over: others.map(({ ref }) => ref).join(", ") },
          related: others.slice(0, 5).map((other) => ({ object: other, at, note: "and on from here" })),
        });
    }
  },

  examples: {
    bad: {
      "two that own each other, and one that owns itself": `
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
          namespace: shop
          ownerReferences:   #! circle
            - {apiVersion: v1, kind: Secret, name: keys, uid: 7d2c1c52-0b2e-4b6b-9f6e-0a4f8a1f3c11}
        ---
        apiVersion: v1
        kind: Secret
        metadata:
          name: keys
          namespace: shop
          ownerReferences:
            - {apiVersion: v1, kind: ConfigMap, name: settings, uid: 7d2c1c52-0b2e-4b6b-9f6e-0a4f8a1f3c12}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: alone
          namespace: shop
          ownerReferences:   #! itself
            - {apiVersion: v1, kind: ConfigMap, name: alone, uid: 7d2c1c52-0b2e-4b6b-9f6e-0a4f8a1f3c13}`,
    },
    good: {
      "a chain": `
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
          ownerReferences:
            - {apiVersion: apps/v1, kind: Deployment, name: api, uid: 7d2c1c52-0b2e-4b6b-9f6e-0a4f8a1f3c11}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: api}
        spec:
          selector: {matchLabels: {app: api}}
          template:
            metadata: {labels: {app: api}}
            spec: {containers: [{name: api, image: "api:1.4"}]}`,
    },
  },
});
