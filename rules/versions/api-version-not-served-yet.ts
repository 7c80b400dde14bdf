import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "api-version-not-served-yet",
  category: "versions",
  since: "0.1.0",
  each: "schemaProblem",
  codes: ["version-not-served-yet"],
  summary: "An object must use an API version that the target already serves.",
  why: "The API server does not know versions of later releases: applying the manifest fails.",

  messages: {
    early: (d: { object: string; apiVersion: string; servedFrom: number; target: number; replacement?: string }) => ({
      text: `${d.object} uses ${d.apiVersion}, which Kubernetes 1.${d.servedFrom} introduces; the target is 1.${d.target}`,
      help: d.replacement && `Up to then it is ${d.replacement}`,
    }),
  },

  check({ apiVersion, servedFrom, replacement }, { report, resource, minor }) {
    report("early", {
      at: "apiVersion",
      data: { object: resource.ref, apiVersion, servedFrom, target: minor, replacement },
    });
  },

  examples: {
    bad: {
      "a policy of 1.30 for a cluster of 1.28": {
        kubernetesVersion: "1.28",
        manifests: `
          apiVersion: admissionregistration.k8s.io/v1   #! early
          kind: ValidatingAdmissionPolicy
          metadata: {name: replicas}`,
      },
    },
    good: {
      "served by the target": `
        apiVersion: networking.k8s.io/v1
        kind: IPAddress
        metadata: {name: 10.0.0.1}
        spec: {parentRef: {resource: services, name: shop}}`,
    },
  },
});
