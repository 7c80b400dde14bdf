import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "seccomp",
  category: "security",
  since: "0.1.0",
  preset: "strict",
  each: "container",
  summary: "A container must run under a seccomp profile.",
  why: `Without a profile a container may make any system call of the kernel. RuntimeDefault blocks those that ordinary programs
    do not need. The Pod Security Standard "restricted" asks for a profile, and even "baseline" forbids Unconfined.`,
  references: [
    "https://kubernetes.io/docs/tutorials/security/seccomp/",
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
  ],

  messages: {
    unconfined: (d: { container: string }) => ({
      text: `${d.container} may make any system call: its seccomp profile is Unconfined`,
      help: "Set seccompProfile.type to RuntimeDefault",
    }),
    missing: (d: { container: string }) => ({
      text: `${d.container} has no seccomp profile`,
      help: "Set securityContext.seccompProfile.type to RuntimeDefault in the Pod",
    }),
  },

  check({ type, pod, path, spec, ref }, { report }) {
    const own = spec.securityContext;
    if (type === "ephemeralContainer" || own?.privileged === true) return;
    if ((pod.spec as { os?: { name?: string } }).os?.name === "windows") return;
    const profile = own?.seccompProfile?.type ?? pod.spec.securityContext?.seccompProfile?.type;
    if (profile !== undefined && profile !== "Unconfined") return;
    const where = own?.seccompProfile === undefined && profile !== undefined ? pod.specPath : path;
    report(profile === undefined ? "missing" : "unconfined", {
      at: `${where}.securityContext.seccompProfile.type`,
      data: { container: ref },
    });
  },

  examples: {
    bad: {
      "unconfined, and none": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: a
              image: shop:1.4
              securityContext:
                seccompProfile:
                  type: Unconfined   #! unconfined
            - name: b   #! missing
              image: shop:1.4`,
    },
    good: {
      "the profile of the Pod": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          securityContext: {seccompProfile: {type: RuntimeDefault}}
          containers:
            - {name: a, image: "shop:1.4"}
            - {name: b, image: "shop:1.4", securityContext: {seccompProfile: {type: Localhost, localhostProfile: b.json}}}`,
    },
  },
});
