import { defineRule, isSensitiveHostPath } from "../../src/rule-api.js";

export default defineRule({
  id: "sensitive-host-path",
  category: "security",
  since: "0.1.0",
  each: "podTemplate",
  summary: "A Pod must not mount the parts of its node's file system that give away the node.",
  why: `With the root directory, /etc, /root, the kubelet's directory or a runtime's, a Pod reads the credentials of its
    node and of every other Pod there, and where it can write, it becomes root on the node.`,
  references: [
    "https://kubernetes.io/docs/concepts/storage/volumes/#hostpath",
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
  ],

  messages: {
    mounted: (d: { pod: string; path: string; writable: boolean }) => ({
      text: `${d.pod} mounts "${d.path}" of its node${d.writable ? ", and can write to it" : ""}`,
      help: "Mount only the file or directory that it needs, read-only",
    }),
  },

  check(pod, { report }) {
    pod.spec.volumes?.forEach(({ name, hostPath }, i) => {
      if (typeof hostPath?.path !== "string" || !isSensitiveHostPath(hostPath.path)) return;
      const mounts = pod.containers.flatMap(({ spec }) => spec.volumeMounts ?? []).filter((m) => m.name === name);
      const writable = mounts.some(({ readOnly }) => readOnly !== true);
      report("mounted", {
        at: `${pod.specPath}.volumes[${i}].hostPath.path`,
        data: { pod: pod.ref, path: hostPath.path, writable },
      });
    });
  },

  examples: {
    bad: {
      "the whole node, and its configuration": `
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: agent}
        spec:
          selector: {matchLabels: {app: agent}}
          template:
            metadata: {labels: {app: agent}}
            spec:
              containers:
                - name: agent
                  image: agent:1.4
                  volumeMounts:
                    - {name: root, mountPath: /host, readOnly: true}
                    - {name: etc, mountPath: /host-etc}
              volumes:
                - name: root
                  hostPath:
                    path: /   #! mounted
                - name: etc
                  hostPath:
                    path: /etc/kubernetes/   #! mounted`,
    },
    good: {
      "a single harmless directory": `
        apiVersion: v1
        kind: Pod
        metadata: {name: logs}
        spec:
          containers:
            - {name: logs, image: "logs:1.4", volumeMounts: [{name: logs, mountPath: /var/log, readOnly: true}]}
          volumes:
            - {name: logs, hostPath: {path: /var/log}}
            - {name: zone, hostPath: {path: /etc/localtime}}`,
    },
  },
});
