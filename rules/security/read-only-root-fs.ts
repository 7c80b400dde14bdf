import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "read-only-root-fs",
  category: "security",
  since: "0.1.0",
  preset: "strict",
  each: "container",
  summary: "A container's root file system must be read-only.",
  why: `What can write to its root file system can change the programs it runs. Directories that must be writable get a volume,
    for instance an emptyDir at /tmp.`,
  references: ["https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"],

  messages: {
    writable: (d: { container: string }) => ({
      text: `${d.container} can write to its root file system`,
      help: "Set securityContext.readOnlyRootFilesystem to true, and mount an emptyDir where it must write",
    }),
  },

  check({ type, pod, path, spec, ref }, { report }) {
    if (type === "ephemeralContainer" || spec.securityContext?.readOnlyRootFilesystem === true) return;
    if ((pod.spec as { os?: { name?: string } }).os?.name === "windows") return;
    report("writable", { at: `${path}.securityContext.readOnlyRootFilesystem`, data: { container: ref } });
  },

  examples: {
    bad: {
      "writable, by default too": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: a
              image: shop:1.4
              securityContext:
                readOnlyRootFilesystem: false   #! writable
            - name: b   #! writable
              image: shop:1.4`,
    },
    good: {
      "read-only": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - {name: a, image: "shop:1.4", securityContext: {readOnlyRootFilesystem: true}}`,
    },
  },
});
