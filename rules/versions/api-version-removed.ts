import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "api-version-removed",
  category: "versions",
  since: "0.1.0",
  each: "schemaProblem",
  codes: ["removed-version"],
  summary: "An object must use an API version that the target still serves.",
  why: `From the release that drops an API version on, the API server does not know it: applying the manifest fails, and
    so does the upgrade of whatever deploys it. The fields of the replacement may differ.`,
  references: ["https://kubernetes.io/docs/reference/using-api/deprecation-guide/"],

  messages: {
    removed: (d: { object: string; apiVersion: string; removedIn: number; target: number; replacement?: string }) => ({
      text: `${d.object} uses ${d.apiVersion}, which Kubernetes 1.${d.removedIn} removed; the target is 1.${d.target}`,
      help: d.replacement ? `Use ${d.replacement}` : "Nothing replaces it",
    }),
  },

  check({ apiVersion, removedIn, replacement }, { report, resource, minor }) {
    report("removed", {
      at: "apiVersion",
      data: { object: resource.ref, apiVersion, removedIn, target: minor, replacement },
      fix: replacement
        ? { description: `Use ${replacement}`, safe: false, edits: [{ at: "apiVersion", value: replacement }] }
        : undefined,
    });
  },

  examples: {
    bad: {
      "versions of long ago": `
        apiVersion: batch/v1beta1   #! removed
        kind: CronJob
        metadata: {name: backup}
        ---
        apiVersion: extensions/v1beta1   #! removed
        kind: Ingress
        metadata: {name: shop}
        ---
        apiVersion: policy/v1beta1   #! removed
        kind: PodSecurityPolicy
        metadata: {name: strict}`,
    },
    good: {
      "still served by the target": {
        kubernetesVersion: "1.25",
        manifests: `
          apiVersion: autoscaling/v2beta2
          kind: HorizontalPodAutoscaler
          metadata: {name: shop}
          spec:
            maxReplicas: 3
            scaleTargetRef: {kind: Deployment, name: shop}`,
      },
    },
  },
});
