import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "pod-host-port-mismatch",
  category: "correctness",
  since: "0.1.0",
  each: "container",
  summary: "On the host's network a `hostPort` must equal its `containerPort`.",
  why: `With \`hostNetwork: true\` the container listens on the node's own interfaces, so there is nothing that could map
    one port to another. The API server refuses a Pod whose two numbers differ.`,
  references: ["https://kubernetes.io/docs/concepts/services-networking/cluster-networking/"],

  messages: {
    mismatch: (d: { container: string; hostPort: number; containerPort: number }) => ({
      text: `${d.container} maps host port ${d.hostPort} to port ${d.containerPort} on the host's own network; the API server refuses it`,
      help: "Give both the same number, or leave hostPort out",
    }),
  },

  check({ pod, path, spec, ref }, { report }) {
    if (pod.spec.hostNetwork !== true) return;
    spec.ports?.forEach(({ hostPort, containerPort }, i) => {
      if (!hostPort || containerPort === undefined || hostPort === containerPort) return;
      report("mismatch", { at: `${path}.ports[${i}].hostPort`, data: { container: ref, hostPort, containerPort } });
    });
  },

  examples: {
    bad: {
      "two numbers": `
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: ingress}
        spec:
          selector: {matchLabels: {app: ingress}}
          template:
            metadata: {labels: {app: ingress}}
            spec:
              hostNetwork: true
              containers:
                - name: proxy
                  image: shop/proxy:1.4
                  ports:
                    - containerPort: 8080
                      hostPort: 80    #! mismatch`,
    },
    good: {
      "equal numbers, and a mapping on the Pod's own network": `
        apiVersion: v1
        kind: Pod
        metadata: {name: a}
        spec:
          hostNetwork: true
          containers:
            - {name: proxy, image: "shop/proxy:1.4", ports: [{containerPort: 80, hostPort: 80}, {containerPort: 81}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: b}
        spec:
          containers:
            - {name: proxy, image: "shop/proxy:1.4", ports: [{containerPort: 8080, hostPort: 80}]}`,
    },
  },
});
