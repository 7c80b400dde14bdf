import { defineRule, isPlaceholder } from "../../src/rule-api.js";

export default defineRule({
  id: "automount-token",
  category: "security",
  since: "0.1.0",
  preset: "strict",
  each: "podTemplate",
  summary: "A Pod must say whether it needs a token for the API server.",
  why: `Unless \`automountServiceAccountToken\` is false in the Pod or its ServiceAccount, every container gets a token of the
    ServiceAccount, and so does whoever breaks into one. Where the token is needed, true says so.`,
  references: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting",
  ],

  messages: {
    mounted: (d: { pod: string; account: string }) => ({
      text: `${d.pod} gives its containers a token of ServiceAccount "${d.account}" without saying that they need it`,
      help: "Set automountServiceAccountToken to false, or to true where they talk to the API server",
    }),
  },

  check(pod, { cluster, report }) {
    if (pod.spec.automountServiceAccountToken !== undefined) return;
    const account = pod.spec.serviceAccountName ?? pod.spec.serviceAccount ?? "default";
    if (isPlaceholder(account)) return;
    const accounts = cluster.allNamed("", "ServiceAccount", pod.namespace, account);
    if (accounts.some(({ object }) => "automountServiceAccountToken" in object)) return;
    report("mounted", {
      at: `${pod.specPath}.automountServiceAccountToken`,
      data: { pod: pod.ref, account },
    });
  },

  examples: {
    bad: {
      "the token of the default account": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec:   #! mounted
              containers: [{name: shop, image: "shop:1.4"}]`,
    },
    good: {
      "the Pod or its account says": `
        apiVersion: v1
        kind: Pod
        metadata: {name: a}
        spec: {automountServiceAccountToken: false, containers: [{name: shop, image: "shop:1.4"}]}
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: operator}
        automountServiceAccountToken: true
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: b}
        spec: {serviceAccountName: operator, containers: [{name: shop, image: "shop:1.4"}]}`,
    },
  },
});
