import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "kind-unknown",
  category: "versions",
  since: "0.1.0",
  each: "schemaProblem",
  codes: ["unknown-kind"],
  summary: "The apiVersion and kind of an object must be served together.",
  why: `A kind is looked up in the group and version that the apiVersion names. Where that has no such kind, applying the
    manifest fails. Kinds of groups that are not built in and not defined in the input are taken to be served.`,
  references: ["https://kubernetes.io/docs/reference/using-api/#api-groups"],

  messages: {
    version: (d: { apiVersion: string; kind: string; right: string }) => ({
      text: `No "${d.kind}" is served in "${d.apiVersion}"`,
      help: `Use apiVersion ${d.right}`,
    }),
    kind: (d: { apiVersion: string; kind: string; right?: string }) => ({
      text: `No kind "${d.kind}" is served in "${d.apiVersion}"`,
      help: d.right && `Did you mean ${d.right}?`,
    }),
  },

  check({ path: at, apiVersion, kind, nearest }, { report }) {
    if (nearest?.kind === kind) {
      const right = nearest.apiVersion;
      const fix = { description: `Use ${right}`, safe: false, edits: [{ at: "apiVersion", value: right }] };
      report("version", { at: "apiVersion", data: { apiVersion, kind, right }, fix });
      return;
    }
    const same = nearest?.apiVersion === apiVersion;
    const right = nearest && (same ? `"${nearest.kind}"` : `"${nearest.kind}" in ${nearest.apiVersion}`);
    const edits = nearest ? [{ at: "kind", value: nearest.kind }] : [];
    report("kind", {
      at,
      data: { apiVersion, kind, right },
      fix: same ? { description: `Rename to ${nearest.kind}`, safe: false, edits } : undefined,
    });
  },

  examples: {
    bad: {
      "the wrong group": `
        apiVersion: apps/v1   #! version
        kind: Ingress
        metadata: {name: shop}
        ---
        apiVersion: v1   #! version
        kind: Deployment
        metadata: {name: shop}`,
      "a misspelt kind": `
        apiVersion: apps/v1
        kind: Deploymnet   #! kind
        metadata: {name: shop}`,
    },
    good: {
      "a custom kind whose definition is elsewhere": `
        apiVersion: monitoring.coreos.com/v1
        kind: ServiceMonitor
        metadata: {name: shop}`,
    },
  },
});
