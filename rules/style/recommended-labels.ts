import { defineRule, isPlaceholder, list } from "../../src/rule-api.js";

export default defineRule({
  id: "recommended-labels",
  category: "style",
  since: "0.1.0",
  each: "podTemplate",
  summary: "A workload must carry the labels that tools know it by.",
  why: `Dashboards, cost reports and kubectl -l find what belongs together by common labels; those that start
    with app.kubernetes.io/ are understood by many tools.`,
  references: ["https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/"],

  options: {
    labels: { summary: "The labels that a workload must have.", default: ["app.kubernetes.io/name"] },
  },

  messages: {
    missing: (d: { owner: string; labels: string[] }) => ({
      text: `${d.owner} has no label ${list(d.labels)}`,
    }),
  },

  check({ owner }, { options, report }) {
    const present = Object.keys(owner.labels);
    if (present.some(isPlaceholder)) return;
    const labels = options.labels.filter((label) => !present.includes(label));
    if (labels.length > 0) report("missing", { at: "metadata.labels", on: "key", data: { owner: owner.ref, labels } });
  },

  examples: {
    bad: {
      "no labels": `
        apiVersion: v1
        kind: Pod
        metadata:   #! missing
          name: shop
        spec: {containers: [{name: shop, image: "shop:1.4"}]}`,
      "labels of one's own": {
        options: { labels: ["app.kubernetes.io/name", "team"] },
        manifests: `
        apiVersion: v1
        kind: Pod
        metadata:
          name: shop
          labels:   #! missing
            app.kubernetes.io/name: shop
        spec: {containers: [{name: shop, image: "shop:1.4"}]}`,
      },
    },
    good: {
      "the name": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, labels: {app.kubernetes.io/name: shop}}
        spec: {containers: [{name: shop, image: "shop:1.4"}]}`,
    },
  },
});
