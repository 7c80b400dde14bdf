import { defineRule, isOpenPort, isPlaceholder, list, nearestName, portsOf, probedPorts } from "../../src/rule-api.js";

export default defineRule({
  id: "probe-port-undeclared",
  category: "correctness",
  since: "0.1.0",
  each: "container",
  summary: "A port named by a probe or lifecycle hook must be one of the same container's.",
  why: `The kubelet looks the name up among the ports of the very container, not of its neighbours in the Pod. It cannot
    resolve any other, so the probe fails each time: the container is restarted for ever, or never becomes ready. A
    number in quotes is a name too, and one that the API server refuses.`,
  references: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#use-a-named-port",
  ],

  messages: {
    undeclared: (d: {
      what: string;
      container: string;
      port: string;
      nearest: string | undefined;
      names: string[];
    }) => ({
      text: `The ${d.what} of ${d.container} uses port "${d.port}", which the container does not declare`,
      help:
        d.nearest !== undefined
          ? `Did you mean "${d.nearest}"?`
          : d.names.length > 0
            ? `It declares ${list(d.names)}`
            : `Name a port of the container "${d.port}", or give the number`,
    }),
    neighbour: (d: { what: string; container: string; port: string; neighbour: string }) => ({
      text: `The ${d.what} of ${d.container} uses port "${d.port}", which only ${d.neighbour} declares`,
      help: "Names are looked up in the same container: give the number",
    }),
    quotedNumber: (d: { what: string; container: string; port: string }) => ({
      text: `The ${d.what} of ${d.container} has the number ${d.port} in quotes, which makes it a name; the API server refuses it`,
      help: "Write the number without quotes",
    }),
  },

  check(container, { cluster, report }) {
    for (const { what, at, port } of probedPorts(container)) {
      if (typeof port !== "string" || isPlaceholder(port)) continue;
      const data = { what, container: container.ref, port };
      if (/^\d+$/.test(port)) {
        const fix = { description: "Write it as a number", safe: true, edits: [{ at, value: port }] };
        report("quotedNumber", { at, data, fix });
        continue;
      }
      if (cluster.mayBePatched(container.pod.owner, "ports")) continue;
      const own = portsOf(container);
      if (own.some((each) => each.port.name === port || isOpenPort(each))) continue;
      const neighbour = container.pod.containers.flatMap(portsOf).find((each) => each.port.name === port);
      if (neighbour)
        report("neighbour", {
          at,
          data: { ...data, neighbour: neighbour.container.ref },
          related: [{ object: container.pod, at: `${neighbour.at}.name`, note: "declared here" }],
        });
      else {
        const names = own.flatMap((each) => each.port.name ?? []);
        report("undeclared", {
          at,
          data: { ...data, nearest: nearestName(port, names), names: names.map((name) => `"${name}"`) },
        });
      }
    }
  },

  examples: {
    bad: {
      "the port has another name": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: app
              image: shop:1.4
              ports: [{name: http, containerPort: 8080}]
              livenessProbe:
                httpGet: {path: /healthz, port: htpp}   #! undeclared
              lifecycle:
                preStop:
                  httpGet: {path: /drain, port: admin}   #! undeclared`,
      "the port is its neighbour's": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: app
              image: shop:1.4
              readinessProbe:
                tcpSocket: {port: proxy}   #! neighbour
            - name: proxy
              image: envoy:1.34
              ports: [{name: proxy, containerPort: 9000}]`,
      "a number in quotes": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: app
              image: shop:1.4
              readinessProbe:
                httpGet: {path: /, port: "8080"}   #! quotedNumber`,
    },
    good: {
      "a declared name, a number, a placeholder": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: app
              image: shop:1.4
              ports: [{name: http, containerPort: 8080}]
              startupProbe: {tcpSocket: {port: "\${PORT}"}}
              livenessProbe: {httpGet: {path: /, port: http}}
              readinessProbe: {httpGet: {path: /, port: 9090}}`,
    },
  },
});
