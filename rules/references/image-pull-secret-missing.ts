import { defineRule, missingTargets, wordMissingTarget } from "../../src/rule-api.js";

export default defineRule({
  id: "image-pull-secret-missing",
  category: "references",
  since: "0.1.0",
  each: "resource",
  summary: "A Secret under `imagePullSecrets` must exist.",
  why: `The kubelet goes on without a pull secret that is not there, so a private image cannot be pulled and the Pod ends
    in ImagePullBackOff.`,
  references: ["https://kubernetes.io/docs/concepts/containers/images/#specifying-imagepullsecrets-on-a-pod"],

  messages: { missing: wordMissingTarget },

  check(resource, { cluster, report }) {
    for (const missing of missingTargets(cluster, resource, ({ fact }) => fact.at === "imagePullSecrets[*]"))
      report("missing", missing);
  },

  examples: {
    bad: {
      "of a Pod and of a ServiceAccount": `
        apiVersion: v1
        kind: Pod
        metadata: {name: api}
        spec:
          imagePullSecrets:
            - name: registy   #! missing
          containers: [{name: api, image: "registry.example.com/api:1.4"}]
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: api}
        imagePullSecrets:
          - name: docker-hub   #! missing
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: registry}
        type: kubernetes.io/dockerconfigjson
        data: {.dockerconfigjson: e30=}`,
    },
    good: {
      "there, or a placeholder": `
        apiVersion: v1
        kind: Pod
        metadata: {name: api}
        spec:
          imagePullSecrets: [{name: registry}, {name: "<your-secret>"}]
          containers: [{name: api, image: "registry.example.com/api:1.4"}]
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: registry}
        type: kubernetes.io/dockerconfigjson
        data: {.dockerconfigjson: e30=}`,
    },
  },
});
