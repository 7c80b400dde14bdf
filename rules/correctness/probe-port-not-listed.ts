import { defineRule, isOpenPort, list, portsOf, probedPorts } from "../../src/rule-api.js";

export default defineRule({
  id: "probe-port-not-listed",
  category: "correctness",
  severity: "note",
  preset: "strict",
  since: "0.1.0",
  each: "container",
  summary: "A port number that a probe uses is among the ports of its container.",
  why: `A container can listen on a port that its manifest does not list, and many keep their health endpoint apart on
    purpose, so this is only a hint: where the container lists other ports and not the probed one, one of the two is
    sometimes out of date.`,
  references: ["https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/"],

  messages: {
    unlisted: (d: { what: string; container: string; port: number; listed: string[] }) => ({
      text: `The ${d.what} of ${d.container} uses port ${d.port}, which the container does not list`,
      help: `It lists ${list(d.listed)}`,
    }),
  },

  check(container, { report }) {
    const ports = portsOf(container);
    // A Pod on the host's network lists what it takes of the node, not what it listens on.
    if (ports.length === 0 || ports.some(isOpenPort) || container.pod.spec.hostNetwork === true) return;
    const listed = ports.map(({ port }) => `${port.containerPort}`);
    for (const { what, at, port, elsewhere } of probedPorts(container)) {
      if (typeof port !== "number" || elsewhere || listed.includes(`${port}`)) continue;
      report("unlisted", {
        at,
        data: { what, container: container.ref, port, listed },
        related: [{ object: container, at: `${container.path}.ports`, note: "its ports" }],
      });
    }
  },

  examples: {
    bad: {
      "the application moved to another port": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: app
              image: shop:1.4
              ports: [{containerPort: 8080}]
              livenessProbe:
                httpGet: {path: /healthz, port: 8000}   #! unlisted`,
    },
    good: {
      "a container that lists nothing may listen anywhere": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: app
              image: shop:1.4
              livenessProbe: {httpGet: {path: /healthz, port: 8000}}`,
    },
  },
});
