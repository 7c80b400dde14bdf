import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "proc-mount",
  category: "security",
  since: "0.1.0",
  each: "container",
  summary: "A container must not see an unmasked /proc.",
  why: `Runtimes hide the parts of /proc through which a container could read the kernel's memory or change its settings.
    \`procMount: Unmasked\` shows them; it is meant for containers within a user namespace of their own.`,
  references: ["https://kubernetes.io/docs/concepts/security/pod-security-standards/"],

  messages: {
    unmasked: (d: { container: string }) => ({
      text: `${d.container} sees the parts of /proc that runtimes hide`,
      help: "Take out procMount",
    }),
  },

  check({ type, pod, path, spec, ref }, { report }) {
    const own = spec.securityContext;
    // Without a user namespace a server of 1.33 or newer refuses it, so what runs there is within one.
    if (type === "ephemeralContainer" || own?.procMount !== "Unmasked" || own.privileged === true) return;
    if ((pod.spec as { hostUsers?: boolean }).hostUsers === false) return;
    report("unmasked", { at: `${path}.securityContext.procMount`, data: { container: ref } });
  },

  examples: {
    bad: {
      unmasked: `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: build
              image: build:1.4
              securityContext:
                procMount: Unmasked   #! unmasked`,
    },
    good: {
      "within a user namespace": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          hostUsers: false
          containers:
            - {name: build, image: "build:1.4", securityContext: {procMount: Unmasked}}
            - {name: shop, image: "shop:1.4", securityContext: {procMount: Default}}`,
    },
  },
});
