import { defineRule, isSensitiveHostPath, runtimeSocketIn } from "../../src/rule-api.js";

export default defineRule({
  id: "host-path",
  category: "security",
  since: "0.1.0",
  preset: "strict",
  each: "podTemplate",
  summary: "A Pod must not mount files of its node.",
  why: `What a Pod writes into a hostPath volume stays on the node and is there for whoever mounts it next; what it reads
    differs from node to node. Paths that give away the node are sensitive-host-path and runtime-socket-mount.`,
  references: ["https://kubernetes.io/docs/concepts/storage/volumes/#hostpath"],

  messages: {
    mounted: (d: { pod: string; path: string }) => ({
      text: `${d.pod} mounts "${d.path}" of its node`,
      help: "Use a PersistentVolumeClaim, an emptyDir or a ConfigMap",
    }),
  },

  check(pod, { report }) {
    pod.spec.volumes?.forEach(({ hostPath }, i) => {
      if (typeof hostPath?.path !== "string") return;
      if (isSensitiveHostPath(hostPath.path) || runtimeSocketIn(hostPath.path)) return;
      report("mounted", {
        at: `${pod.specPath}.volumes[${i}].hostPath.path`,
        data: { pod: pod.ref, path: hostPath.path },
      });
    });
  },

  examples: {
    bad: {
      "data on the node": `
        apiVersion: v1
        kind: Pod
        metadata: {name: db}
        spec:
          containers:
            - {name: db, image: "postgres:17.2", volumeMounts: [{name: data, mountPath: /data}]}
          volumes:
            - name: data
              hostPath:
                path: /mnt/data   #! mounted`,
    },
    good: {
      "a claim": `
        apiVersion: v1
        kind: Pod
        metadata: {name: db}
        spec:
          containers:
            - {name: db, image: "postgres:17.2", volumeMounts: [{name: data, mountPath: /data}]}
          volumes:
            - {name: data, persistentVolumeClaim: {claimName: data}}`,
    },
  },
});
