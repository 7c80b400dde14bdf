import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "host-port",
  category: "security",
  since: "0.1.0",
  preset: "strict",
  each: "container",
  summary: "A container must not take a port of its node.",
  why: `A host port can be used once on a node, so it limits where Pods can run, and it is reachable past Services and most
    NetworkPolicies. On the host's network every port is one: that is host-network.`,
  references: [
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    "https://kubernetes.io/docs/concepts/configuration/overview/#services",
  ],

  messages: {
    taken: (d: { container: string; port: number }) => ({
      text: `${d.container} takes port ${d.port} of its node`,
      help: "Leave hostPort out, and put a Service in front",
    }),
  },

  check({ type, pod, path, spec, ref }, { report }) {
    if (type === "ephemeralContainer" || pod.spec.hostNetwork === true) return;
    spec.ports?.forEach(({ hostPort }, i) => {
      if (hostPort) report("taken", { at: `${path}.ports[${i}].hostPort`, data: { container: ref, port: hostPort } });
    });
  },

  examples: {
    bad: {
      "a port of the node": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: shop
              image: shop:1.4
              ports:
                - containerPort: 8080
                  hostPort: 80   #! taken`,
    },
    good: {
      "a port of the Pod, or the whole network": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          hostNetwork: true
          containers:
            - {name: shop, image: "shop:1.4", ports: [{containerPort: 8080, hostPort: 8080}, {containerPort: 9090}]}`,
    },
  },
});
