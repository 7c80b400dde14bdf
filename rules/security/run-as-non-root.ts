import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "run-as-non-root",
  category: "security",
  since: "0.1.0",
  preset: "strict",
  each: "container",
  summary: "A container must not run as root.",
  why: `Root in a container is root on the node for whatever gets out of it. With \`runAsNonRoot: true\`, or a user id above 0,
    the kubelet refuses to start an image that would run as root.`,
  references: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
  ],

  messages: {
    root: (d: { container: string }) => ({
      text: `${d.container} runs as root`,
      help: "Set runAsUser to a number above 0",
    }),
    possible: (d: { container: string }) => ({
      text: `${d.container} runs as the image's user, which may be root`,
      help: "Set securityContext.runAsNonRoot to true in the Pod or the container",
    }),
  },

  check({ type, pod, path, spec, ref }, { report }) {
    if (type === "ephemeralContainer" || (pod.spec as { os?: { name?: string } }).os?.name === "windows") return;
    const own = spec.securityContext;
    const ofPod = pod.spec.securityContext;
    const user = own?.runAsUser ?? ofPod?.runAsUser;
    const nonRoot = own?.runAsNonRoot ?? ofPod?.runAsNonRoot;
    // A user of 0 that must not be root is pod-security-contradiction's.
    if (nonRoot === true || (user !== undefined && user !== 0)) return;
    const at =
      user === 0 && own?.runAsUser === undefined
        ? `${pod.specPath}.securityContext.runAsUser`
        : `${path}.securityContext.${user === 0 ? "runAsUser" : "runAsNonRoot"}`;
    report(user === 0 ? "root" : "possible", { at, data: { container: ref } });
  },

  examples: {
    bad: {
      "root, and who knows": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: a
              image: shop:1.4
              securityContext:
                runAsUser: 0   #! root
            - name: b   #! possible
              image: shop:1.4`,
    },
    good: {
      "the Pod says so, or a user id": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          securityContext: {runAsNonRoot: true}
          containers:
            - {name: a, image: "shop:1.4"}
            - {name: b, image: "shop:1.4", securityContext: {runAsNonRoot: false, runAsUser: 1000}}`,
    },
  },
});
