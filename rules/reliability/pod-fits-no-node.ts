import {
  count,
  defineRule,
  fitOnNodes,
  impossibleSelection,
  isReplacedFirst,
  limitsBrokenBy,
  list,
  replicaRange,
} from "../../src/rule-api.js";

export default defineRule({
  id: "pod-fits-no-node",
  category: "reliability",
  since: "0.1.0",
  each: "podTemplate",
  summary: "Where the input has Nodes, they can take the Pods.",
  why: `A Pod that no node can take stays pending: its selector and affinity ask for other labels, it does not tolerate a taint, or it
    requests more than a whole node has. Of Pods that take a port of the node, or keep their like away from it, a
    node takes one. Nodes are looked at empty, and what kubelets and clouds add to a Node that is but a manifest is not
    held against it.`,
  references: ["https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/"],

  messages: {
    none: (d: { owner: string; nodes: number; reasons: string[] }) => ({
      text: `${d.owner} fits none of the ${count(d.nodes, "Node")} of the input: ${list(d.reasons)}`,
    }),
    tooFew: (d: { owner: string; replicas: number; fitting: number; oneEach: string }) => ({
      text: `${d.owner} has ${d.replicas} replicas, of which ${d.fitting} ${d.fitting === 1 ? "finds" : "find"} a place: by ${d.oneEach} each takes a Node of its own`,
    }),
    stuck: (d: { owner: string; replicas: number; oneEach: string }) => ({
      text: `${d.owner} cannot be updated: by ${d.oneEach} each Pod takes a Node of its own, ${d.replicas === 1 ? "the only Node that fits is" : `all ${d.replicas} that fit are`} taken, and a new Pod starts before an old one stops`,
      help: "Set maxUnavailable: 1, or the strategy to Recreate",
    }),
  },

  check(pod, { cluster, report }) {
    const { owner } = pod;
    // A DaemonSet asks for the nodes that there are; a PodTemplate makes no Pods.
    if (owner.kind === "DaemonSet" || owner.kind === "PodTemplate") return;
    const fit = fitOnNodes(pod, cluster);
    if (fit === undefined) return;
    if (fit.fitting === 0) {
      // Two rules have said why, better.
      if (impossibleSelection(pod.spec) !== undefined || limitsBrokenBy(pod, cluster).length > 0) return;
      report("none", {
        at: `${pod.specPath}.containers`,
        on: "key",
        data: { owner: pod.ref, nodes: fit.nodes, reasons: fit.reasons as string[] },
      });
      return;
    }
    const replicas = fit.oneEach === undefined ? undefined : replicaRange(cluster, owner)?.least;
    if (fit.oneEach === undefined || replicas === undefined) return;
    const data = { owner: pod.ref, replicas, fitting: fit.fitting, oneEach: fit.oneEach };
    if (replicas > fit.fitting) report("tooFew", { at: "spec.replicas", data });
    else if (replicas === fit.fitting && isReplacedFirst(owner, replicas, cluster))
      report("stuck", { at: "spec.strategy", data });
  },

  examples: {
    bad: {
      "no label, a taint, too little memory": `
        apiVersion: v1
        kind: Node
        metadata: {name: worker-1, labels: {disk: hdd}}
        status: {allocatable: {cpu: "4", memory: 8Gi, pods: "110"}}
        ---
        apiVersion: v1
        kind: Node
        metadata: {name: worker-2, labels: {disk: ssd}}
        spec: {taints: [{key: dedicated, value: db, effect: NoSchedule}]}
        status: {allocatable: {cpu: "4", memory: 8Gi, pods: "110"}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: cache}
        spec:
          nodeSelector: {disk: ssd}
          containers:   #! none
            - {name: cache, image: "redis:8.0"}
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db}
        spec:
          serviceName: db
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec:
              tolerations: [{operator: Exists}]
              containers:   #! none
                - {name: db, image: "postgres:17", resources: {requests: {memory: 16Gi}}}`,
      "spread over what no Node has": `
        apiVersion: v1
        kind: Node
        metadata: {name: worker-1, labels: {rack: a}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web, labels: {app: web}}
        spec:
          topologySpreadConstraints:
            - maxSkew: 1
              topologyKey: room
              whenUnsatisfiable: DoNotSchedule
              labelSelector: {matchLabels: {app: web}}
          containers:   #! none
            - {name: web, image: "shop/web:1.4"}`,
      "a port of the node": `
        apiVersion: v1
        kind: Node
        metadata: {name: worker-1}
        ---
        apiVersion: v1
        kind: Node
        metadata: {name: worker-2}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: edge}
        spec:
          replicas: 3   #! tooFew
          selector: {matchLabels: {app: edge}}
          template:
            metadata: {labels: {app: edge}}
            spec: {containers: [{name: edge, image: "shop/edge:1.4", ports: [{containerPort: 80, hostPort: 80}]}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: db}
        spec:
          replicas: 2
          strategy:   #! stuck
            rollingUpdate: {maxUnavailable: 0}
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec:
              affinity:
                podAntiAffinity:
                  requiredDuringSchedulingIgnoredDuringExecution:
                    - {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: db}}}
              containers: [{name: db, image: "shop/db:1.4"}]`,
    },
    good: {
      "a Node takes it; the kubelet will label a Node; the input has no Nodes of its own": `
        apiVersion: v1
        kind: Node
        metadata: {name: worker-1, labels: {disk: ssd}}
        spec: {taints: [{key: dedicated, value: db, effect: NoSchedule}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: cache}
        spec:
          nodeSelector: {disk: ssd, kubernetes.io/os: linux}
          tolerations: [{key: dedicated, operator: Exists}]
          containers: [{name: cache, image: "redis:8.0", resources: {requests: {memory: 64Gi}}}]`,
    },
  },
});
