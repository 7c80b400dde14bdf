import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "api-version-deprecated",
  category: "versions",
  severity: "warning",
  since: "0.1.0",
  each: "schemaProblem",
  codes: ["deprecated-version"],
  summary: "An object uses an API version that is not on its way out.",
  why: `The API server still takes a deprecated version, with a warning. Moving to its replacement before it is removed
    spares an upgrade that fails.`,
  references: ["https://kubernetes.io/docs/reference/using-api/deprecation-guide/"],

  messages: {
    announced: (d: Found & { removedIn: number }) => ({
      text: `${d.object} uses ${d.apiVersion}, deprecated since Kubernetes 1.${d.deprecatedIn} and gone in 1.${d.removedIn}`,
      help: d.replacement && `Use ${d.replacement}`,
    }),
    deprecated: (d: Found) => ({
      text: `${d.object} uses ${d.apiVersion} ${d.kind}, deprecated since Kubernetes 1.${d.deprecatedIn}`,
      help: d.replacement && `Use ${d.replacement}`,
    }),
  },

  check({ apiVersion, kind, deprecatedIn, removedIn, replacement }, { report, resource }) {
    const data = { object: resource.ref, apiVersion, kind, deprecatedIn, replacement };
    // Another kind, as EndpointSlice for Endpoints, takes more than another version.
    const fix =
      replacement === undefined || replacement.includes(" ")
        ? undefined
        : { description: `Use ${replacement}`, safe: false, edits: [{ at: "apiVersion", value: replacement }] };
    if (removedIn === undefined) report("deprecated", { at: "apiVersion", data, fix });
    else report("announced", { at: "apiVersion", data: { ...data, removedIn }, fix });
  },

  examples: {
    bad: {
      "a version that a release to come drops": {
        kubernetesVersion: "1.31",
        manifests: `
          apiVersion: flowcontrol.apiserver.k8s.io/v1beta3   #! announced
          kind: FlowSchema
          metadata: {name: shop}
          spec:
            priorityLevelConfiguration: {name: shop}`,
      },
      "a kind that another replaces": `
        apiVersion: v1   #! deprecated
        kind: Endpoints
        metadata: {name: shop}`,
    },
    good: {
      "not deprecated yet at the target": {
        kubernetesVersion: "1.32",
        manifests: `
          apiVersion: v1
          kind: Endpoints
          metadata: {name: shop}`,
      },
    },
  },
});

interface Found {
  readonly object: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly deprecatedIn: number;
  readonly replacement?: string;
}
