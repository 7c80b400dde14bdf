import { defineRule, runtimeSocketIn } from "../../src/rule-api.js";

export default defineRule({
  id: "runtime-socket-mount",
  category: "security",
  since: "0.1.0",
  each: "podTemplate",
  summary: "A Pod must not get its node's container runtime socket.",
  why: `Whoever can talk to the runtime can start a privileged container, read every other one, and so own the node.
    Mounting it read-only changes nothing: a socket is used by talking to it.`,
  references: ["https://kubernetes.io/docs/concepts/storage/volumes/#hostpath"],

  messages: {
    mounted: (d: { pod: string; path: string; runtime: string }) => ({
      text: `${d.pod} mounts the ${d.runtime} socket "${d.path}", which makes it root on its node`,
      help: "Build images with a rootless builder, and read container data from the kubelet's API",
    }),
  },

  check(pod, { report }) {
    pod.spec.volumes?.forEach(({ hostPath }, i) => {
      const runtime = typeof hostPath?.path === "string" ? runtimeSocketIn(hostPath.path) : undefined;
      if (!runtime || !hostPath) return;
      report("mounted", {
        at: `${pod.specPath}.volumes[${i}].hostPath.path`,
        data: { pod: pod.ref, path: hostPath.path, runtime },
      });
    });
  },

  examples: {
    bad: {
      "Docker and containerd": `
        apiVersion: v1
        kind: Pod
        metadata: {name: ci}
        spec:
          containers:
            - {name: ci, image: "ci:1.4", volumeMounts: [{name: docker, mountPath: /var/run/docker.sock}]}
          volumes:
            - name: docker
              hostPath:
                path: /var/run/docker.sock   #! mounted
            - name: containerd
              hostPath:
                path: /run/containerd/containerd.sock   #! mounted`,
    },
    good: {
      "another socket": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers: [{name: shop, image: "shop:1.4"}]
          volumes:
            - {name: log, hostPath: {path: /dev/log}}`,
    },
  },
});
