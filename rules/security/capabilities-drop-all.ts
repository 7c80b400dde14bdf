import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "capabilities-drop-all",
  category: "security",
  since: "0.1.0",
  preset: "strict",
  each: "container",
  summary: "A container must drop all Linux capabilities that it does not need.",
  why: `By default a runtime grants some fourteen capabilities, of which most programs need none. Drop ALL, and add what is
    needed. The Pod Security Standard "restricted" asks for it.`,
  references: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
  ],

  messages: {
    kept: (d: { container: string }) => ({
      text: `${d.container} keeps the runtime's default capabilities`,
      help: "Set securityContext.capabilities.drop to [ALL], and add those that it needs",
    }),
  },

  check({ type, pod, path, spec, ref }, { report }) {
    const own = spec.securityContext;
    // A privileged container has them all, and is reported as such.
    if (type === "ephemeralContainer" || own?.privileged === true) return;
    if ((pod.spec as { os?: { name?: string } }).os?.name === "windows") return;
    if (own?.capabilities?.drop?.some((name) => /^all$/i.test(String(name)))) return;
    report("kept", { at: `${path}.securityContext.capabilities.drop`, data: { container: ref } });
  },

  examples: {
    bad: {
      "one dropped, none dropped": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: a
              image: shop:1.4
              securityContext:
                capabilities:
                  drop: [NET_RAW]   #! kept
            - name: b   #! kept
              image: shop:1.4`,
    },
    good: {
      "all dropped, one added": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: a
              image: shop:1.4
              securityContext: {capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}`,
    },
  },
});
