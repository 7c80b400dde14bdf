import { defineRule, hostPortConflicts, joinPath, protocolOf } from "../../src/rule-api.js";

export default defineRule({
  id: "pod-host-port-conflict",
  category: "correctness",
  since: "0.1.0",
  each: "podTemplate",
  summary: "A Pod asks for a port of its node only once.",
  why: `Two containers cannot have the same port of the node, so the API server refuses the Pod. On the host's network every
    container port is a host port; there a workload is accepted, and only its Pods are refused.`,
  references: ["https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports"],

  messages: {
    conflict: (d: { owner: string; hostPort: number; protocol: string; containers: string; implied: boolean }) => ({
      text: d.implied
        ? `${d.owner} is on the host's network and has ${d.protocol} port ${d.hostPort} twice; the API server refuses the Pod`
        : `${d.owner} asks for ${d.protocol} host port ${d.hostPort} twice; the API server refuses it`,
      help: `Give ${d.containers} another port`,
    }),
  },

  check(pod, { report }) {
    for (const { first, again, hostPort } of hostPortConflicts(pod)) {
      const place = (port: typeof first): string =>
        joinPath(port.at, port.port.hostPort ? "hostPort" : "containerPort");
      report("conflict", {
        at: place(again),
        data: {
          owner: pod.ref,
          hostPort,
          protocol: protocolOf(again.port),
          containers: again.container.ref.replace("Container", "container"),
          implied: !again.port.hostPort || !first.port.hostPort,
        },
        related: [{ object: pod, at: place(first), note: "taken here" }],
      });
    }
  },

  examples: {
    bad: {
      "two containers want the node's port": `
        apiVersion: v1
        kind: Pod
        metadata: {name: edge}
        spec:
          containers:
            - {name: a, image: "a:1", ports: [{containerPort: 80, hostPort: 8080}]}
            - {name: b, image: "b:1", ports: [{containerPort: 81, hostPort: 8080}]}   #! conflict`,
      "two containers on the host's network": `
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: exporter}
        spec:
          selector: {matchLabels: {app: exporter}}
          template:
            metadata: {labels: {app: exporter}}
            spec:
              hostNetwork: true
              containers:
                - {name: node, image: "node-exporter:1.9", ports: [{containerPort: 9100}]}
                - {name: proxy, image: "proxy:1", ports: [{containerPort: 9100}]}   #! conflict`,
    },
    good: {
      "another protocol, another address, a turn later": `
        apiVersion: v1
        kind: Pod
        metadata: {name: edge}
        spec:
          initContainers:
            - {name: warm, image: "a:1", ports: [{containerPort: 53, hostPort: 53}]}
          containers:
            - {name: a, image: "a:1", ports: [{containerPort: 53, hostPort: 53}, {containerPort: 53, hostPort: 53, protocol: UDP}]}
            - {name: b, image: "b:1", ports: [{containerPort: 53, hostPort: 53, hostIP: 127.0.0.1}]}`,
    },
  },
});
