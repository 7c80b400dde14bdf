import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "privileged",
  category: "security",
  since: "0.1.0",
  each: "container",
  summary: "A container must not be privileged.",
  why: `A privileged container can do nearly everything that root on the node can: load kernel modules, read every disk, enter any
    other container. Few programs need it, mostly parts of the node such as storage and network drivers.`,
  references: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
  ],

  messages: {
    privileged: (d: { container: string; pod: string }) => ({
      text: `${d.container} of ${d.pod} is privileged, which makes it root on its node`,
      help: "Take out privileged, and add the single capabilities that it needs",
    }),
  },

  check({ type, pod, path, spec, ref }, { report }) {
    if (type === "ephemeralContainer" || spec.securityContext?.privileged !== true) return;
    // With privilege escalation forbidden the server refuses it: pod-security-contradiction.
    if (spec.securityContext.allowPrivilegeEscalation === false) return;
    report("privileged", { at: `${path}.securityContext.privileged`, data: { container: ref, pod: pod.ref } });
  },

  examples: {
    bad: {
      "root on the node": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          initContainers:
            - name: sysctl
              image: busybox:1.37
              securityContext:
                privileged: true   #! privileged
          containers:
            - {name: shop, image: "shop:1.4"}`,
    },
    good: {
      "a single capability": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - {name: shop, image: "shop:1.4", securityContext: {privileged: false, capabilities: {add: [NET_BIND_SERVICE]}}}`,
    },
  },
});
