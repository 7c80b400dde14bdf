import { defineRule, isPlaceholder, portsOf } from "../../src/rule-api.js";

export default defineRule({
  id: "container-port-name-duplicate",
  category: "correctness",
  since: "0.1.0",
  each: "container",
  summary: "The ports of a container have different names.",
  why: `Services and probes go by the name, so it must lead to one port. The API server refuses a container with two ports
    of one name.`,
  references: ["https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports"],

  messages: {
    duplicate: (d: { container: string; name: string }) => ({
      text: `${d.container} has two ports named "${d.name}"; the API server refuses it`,
      help: "Give each port a name of its own",
    }),
  },

  check(container, { report }) {
    const first = new Map<string, string>();
    for (const { port, at } of portsOf(container)) {
      if (!port.name || isPlaceholder(port.name)) continue;
      const earlier = first.get(port.name);
      if (earlier === undefined) first.set(port.name, at);
      else
        report("duplicate", {
          at: `${at}.name`,
          data: { container: container.ref, name: port.name },
          related: [{ object: container, at: `${earlier}.name`, note: "the first one" }],
        });
    }
  },

  examples: {
    bad: {
      "a copied port kept its name": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: app
              image: shop:1.4
              ports:
                - {name: http, containerPort: 8080}
                - {name: http, containerPort: 9090}   #! duplicate`,
    },
    good: {
      "no names, and one name in two containers": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - {name: app, image: "shop:1.4", ports: [{containerPort: 80}, {containerPort: 81}, {name: metrics, containerPort: 82}]}
            - {name: sidecar, image: "sidecar:1", ports: [{name: metrics, containerPort: 9090}]}`,
    },
  },
});
