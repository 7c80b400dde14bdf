import { defineRule, isIdentified, isUsed } from "../../src/rule-api.js";

export default defineRule({
  id: "config-map-unused",
  category: "references",
  severity: "note",
  preset: "strict",
  since: "0.2.0",
  kinds: ["ConfigMap"],
  summary: "A ConfigMap is used by something.",
  why: `What nothing reads is a trap for whoever changes it next. A name in a custom resource, in another ConfigMap or in a
    container's environment or arguments counts as use; so do labels by which programs find ConfigMaps.`,
  references: ["https://kubernetes.io/docs/concepts/configuration/configmap/"],

  messages: {
    unused: (d: { object: string }) => ({
      text: `${d.object} is used by nothing in the input`,
      help: "Delete it, or read what uses it too (--context)",
    }),
  },

  check(resource, { cluster, report }) {
    if (!isIdentified(resource) || Object.keys(resource.labels).some((key) => !key.startsWith("app"))) return;
    if (!isUsed(cluster, resource)) report("unused", { at: "metadata.name", data: { object: resource.ref } });
  },

  examples: {
    bad: {
      "nobody says its name": `
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: old-settings, namespace: shop}   #! unused
        data: {COLOR: blue}`,
    },
    good: {
      "read, named in an argument, found by a label": `
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings, namespace: shop}
        data: {COLOR: blue}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: leader, namespace: shop}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: dashboard, namespace: shop, labels: {grafana_dashboard: "1"}}
        data: {dashboard.json: "{}"}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: api, namespace: shop}
        spec:
          containers:
            - name: api
              image: "api:1.4"
              args: [--lock=shop/leader]
              envFrom: [{configMapRef: {name: settings}}]`,
    },
  },
});
