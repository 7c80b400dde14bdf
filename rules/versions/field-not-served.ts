import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "field-not-served",
  category: "versions",
  since: "0.1.0",
  each: "schemaProblem",
  codes: ["field-not-served-yet", "field-removed"],
  summary: "Every field must be one that the target's version of the type has.",
  why: `Fields come and go with the releases. To an API server of another release such a field is an unknown one: it is
    refused under strict validation, and dropped otherwise.`,

  messages: {
    early: (d: { field: string; servedFrom: number; target: number }) => ({
      text: `Field "${d.field}" came with Kubernetes 1.${d.servedFrom}; the target is 1.${d.target}`,
      help: "Remove it, or raise the target",
    }),
    removed: (d: { field: string; removedIn: number; target: number }) => ({
      text: `Field "${d.field}" is gone since Kubernetes 1.${d.removedIn}; the target is 1.${d.target}`,
      help: "Remove it",
    }),
  },

  check(problem, { report, minor: target }) {
    const { path: at, field } = problem;
    if (problem.code === "field-not-served-yet")
      report("early", { at, on: "key", data: { field, servedFrom: problem.servedFrom, target } });
    else report("removed", { at, on: "key", data: { field, removedIn: problem.removedIn, target } });
  },

  examples: {
    bad: {
      "a container that may restart alone": {
        kubernetesVersion: "1.27",
        manifests: `
          apiVersion: v1
          kind: Pod
          metadata: {name: shop}
          spec:
            initContainers:
              - {name: proxy, image: "proxy:2", restartPolicy: Always}   #! early
            containers: [{name: shop, image: "shop:1.4"}]`,
      },
      "a field of long ago": `
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
          clusterName: east   #! removed`,
    },
    good: {
      "at a target that has it": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          initContainers:
            - {name: proxy, image: "proxy:2", restartPolicy: Always}
          containers: [{name: shop, image: "shop:1.4"}]`,
    },
  },
});
