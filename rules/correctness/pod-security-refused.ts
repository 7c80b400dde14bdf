import { defineRule, list, podSecurityRefusal } from "../../src/rule-api.js";

export default defineRule({
  id: "pod-security-refused",
  category: "correctness",
  since: "0.1.0",
  each: "podTemplate",
  summary: "Pods keep the Pod Security level that their namespace enforces.",
  why: `Of a workload that breaks the level of its namespace the API server only warns whoever applies it; its Pods are
    refused one by one, so the workload is there and never has any. The labels of the input's Namespaces say what is enforced, as of the version that
    they name.`,
  references: [
    "https://kubernetes.io/docs/concepts/security/pod-security-admission/",
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
  ],

  messages: {
    pod: (d: { owner: string; namespace: string; policy: string; violations: string[] }) => ({
      text: `${d.owner} is refused: namespace "${d.namespace}" enforces Pod Security ${d.policy}, which does not allow ${list(d.violations)}`,
    }),
    workload: (d: { owner: string; namespace: string; policy: string; violations: string[] }) => ({
      text: `${d.owner} gets no Pods: namespace "${d.namespace}" enforces Pod Security ${d.policy}, which does not allow ${list(d.violations)}`,
    }),
  },

  check(pod, { cluster, report }) {
    // A PodTemplate by itself makes no Pods.
    if (pod.owner.kind === "PodTemplate") return;
    const refusal = podSecurityRefusal(pod, cluster);
    if (refusal === undefined) return;
    const { namespace, policy, violations } = refusal;
    report(pod.owner.kind === "Pod" ? "pod" : "workload", {
      at: violations[0]!.at,
      data: { owner: pod.ref, namespace: pod.namespace, policy, violations: violations.map(({ text }) => text) },
      related: [{ object: namespace, at: "metadata.labels", note: "the level that is enforced" }],
    });
  },

  examples: {
    bad: {
      "a privileged agent in a restricted namespace": `
        apiVersion: v1
        kind: Namespace
        metadata:
          name: shop
          labels: {pod-security.kubernetes.io/enforce: baseline}
        ---
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: agent, namespace: shop}
        spec:
          selector: {matchLabels: {app: agent}}
          template:
            metadata: {labels: {app: agent}}
            spec:
              containers:
                - name: agent
                  image: shop/agent:1.4
                  securityContext:
                    privileged: true
                  volumeMounts: [{name: root, mountPath: /host}]
              volumes:
                - name: root   #! workload
                  hostPath: {path: /}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: debug, namespace: shop}
        spec:
          hostPID: true   #! pod
          containers: [{name: debug, image: "busybox:1.37"}]`,
    },
    good: {
      "a level that is kept, one that is only warned of, another namespace": `
        apiVersion: v1
        kind: Namespace
        metadata:
          name: shop
          labels: {pod-security.kubernetes.io/enforce: restricted}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop}
        spec:
          securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
          containers:
            - name: web
              image: shop/web:1.4
              securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
        ---
        apiVersion: v1
        kind: Namespace
        metadata:
          name: tools
          labels: {pod-security.kubernetes.io/warn: restricted}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: debug, namespace: tools}
        spec:
          hostPID: true
          containers: [{name: debug, image: "busybox:1.37"}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: agent}
        spec:
          hostPID: true
          containers: [{name: debug, image: "busybox:1.37"}]`,
    },
  },
});
