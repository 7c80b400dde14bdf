import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "volume-unused",
  category: "style",
  since: "0.1.0",
  each: "podTemplate",
  summary: "A volume that no container mounts is left over.",
  why: `The kubelet sets up every volume before it starts a container. One that nobody mounts costs time, and keeps the
    Pod from starting where its source is missing.`,
  references: ["https://kubernetes.io/docs/concepts/storage/volumes/"],

  messages: {
    unused: (d: { owner: string; volume: string }) => ({
      text: `${d.owner} has a volume "${d.volume}" that no container mounts`,
      help: "Remove the volume, or mount it",
    }),
  },

  check(pod, { report }) {
    const used = new Set(
      pod.containers.flatMap(({ spec }) =>
        [...(spec.volumeMounts ?? []), ...(spec.volumeDevices ?? [])].map(({ name }) => name),
      ),
    );
    pod.spec.volumes?.forEach(({ name }, i) => {
      if (name && !used.has(name))
        report("unused", { at: `${pod.specPath}.volumes[${i}].name`, data: { owner: pod.ref, volume: name } });
    });
  },

  examples: {
    bad: {
      "left over": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers: [{name: web, image: "web:1.4"}]
          volumes:
            - {name: tmp, emptyDir: {}}   #! unused`,
    },
    good: {
      "mounted by an init container": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          initContainers: [{name: fill, image: "fill:1.4", volumeMounts: [{name: tmp, mountPath: /tmp}]}]
          containers: [{name: web, image: "web:1.4"}]
          volumes: [{name: tmp, emptyDir: {}}]`,
    },
  },
});
