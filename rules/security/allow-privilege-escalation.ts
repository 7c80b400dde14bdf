import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "allow-privilege-escalation",
  category: "security",
  since: "0.1.0",
  preset: "strict",
  each: "container",
  summary: "A container must not be allowed to gain privileges.",
  why: `Unless \`allowPrivilegeEscalation\` is false, a set-user-id program in the image can become root, whatever user the
    container runs as. The Pod Security Standard "restricted" asks for it. A privileged container is reported as such.`,
  references: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
  ],

  messages: {
    allowed: (d: { container: string }) => ({
      text: `${d.container} sets allowPrivilegeEscalation, so a program in it can become root`,
      help: "Set allowPrivilegeEscalation to false",
    }),
    missing: (d: { container: string }) => ({
      text: `${d.container} does not forbid privilege escalation, so a program in it can become root`,
      help: "Set securityContext.allowPrivilegeEscalation to false",
    }),
  },

  check({ type, pod, path, spec, ref }, { report }) {
    const allowed = spec.securityContext?.allowPrivilegeEscalation;
    // A privileged container is the rule privileged's, and Windows has no such setting.
    if (allowed === false || type === "ephemeralContainer" || spec.securityContext?.privileged === true) return;
    if ((pod.spec as { os?: { name?: string } }).os?.name === "windows") return;
    report(allowed === true ? "allowed" : "missing", {
      at: `${path}.securityContext.allowPrivilegeEscalation`,
      data: { container: ref },
    });
  },

  examples: {
    bad: {
      "allowed, and not forbidden": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: a
              image: shop:1.4
              securityContext:
                allowPrivilegeEscalation: true   #! allowed
            - name: b
              image: shop:1.4
              securityContext:   #! missing
                runAsNonRoot: true
            - name: c   #! missing
              image: shop:1.4`,
    },
    good: {
      forbidden: `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - {name: a, image: "shop:1.4", securityContext: {allowPrivilegeEscalation: false}}`,
    },
  },
});
