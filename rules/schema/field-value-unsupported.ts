import { defineRule, didYouMean, fieldWords } from "../../src/rule-api.js";

export default defineRule({
  id: "field-value-unsupported",
  category: "schema",
  since: "0.1.0",
  each: "schemaProblem",
  codes: ["unsupported-value"],
  summary: "A field with a closed set of values must have one of them.",
  why: "The API server refuses any other value. Values are case-sensitive.",

  messages: {
    unsupported: (d: { field: string; value: string; allowed: readonly string[]; nearest?: string }) => ({
      text: `${d.field} cannot be "${d.value}"`,
      help:
        d.allowed.length <= 8
          ? `${d.nearest === undefined ? "" : `${didYouMean(d.nearest)} `}It can be ${d.allowed.join(" or ")}`
          : didYouMean(d.nearest),
    }),
  },

  check({ path: at, value, allowed, nearest }, { report }) {
    const plain = nearest !== undefined && /^[A-Za-z]+$/.test(nearest) ? nearest : undefined;
    report("unsupported", {
      at,
      data: { field: fieldWords(at), value, allowed, nearest },
      fix:
        plain === undefined ? undefined : { description: `Write ${plain}`, safe: false, edits: [{ at, value: plain }] },
    });
  },

  examples: {
    bad: {
      "a wrong case, a value of another field": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          restartPolicy: always   #! unsupported
          dnsPolicy: Cluster   #! unsupported
          containers:
            - {name: shop, image: "shop:1.4", ports: [{containerPort: 80, protocol: tcp}]}   #! unsupported`,
      "an item of a list": `
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: shop}
        spec:
          accessModes: [RWO]   #! unsupported
          resources: {requests: {storage: 1Gi}}`,
    },
    good: {
      "one of the set": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          restartPolicy: Never
          containers: [{name: shop, image: "shop:1.4", imagePullPolicy: "\${POLICY}"}]`,
    },
  },
});
