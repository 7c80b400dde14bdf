import {
  bestEffortSpoilers,
  count,
  defineRule,
  guaranteedSpoilers,
  isPlaceholder,
  list,
  nearestName,
  type PodTemplate,
  QOS_CLASSES,
  type QosSpoiler,
  qosOf,
} from "../../src/rule-api.js";

const KEY = "kubeproof.dev/qos";

/** Where the class is asked for: on the template first, then on its owner; annotations before labels. */
function wanted({ owner, metadata, path }: PodTemplate): { readonly value: string; readonly at: string } | undefined {
  const prefix = path ? `${path}.` : "";
  for (const field of ["annotations", "labels"] as const) {
    const value = metadata[field]?.[KEY];
    if (value !== undefined) return { value, at: `${prefix}metadata.${field}[${KEY}]` };
  }
  for (const field of ["annotations", "labels"] as const) {
    const value = owner[field][KEY];
    if (value !== undefined) return { value, at: `metadata.${field}[${KEY}]` };
  }
  return undefined;
}

function describeSpoiler({ resource, container, ...spoiler }: QosSpoiler): string {
  const who = container ? container.ref.replace(/^C/, "c") : "its own resources";
  if (spoiler.reason === "no-limit") return `${who} has no ${resource} limit`;
  if (spoiler.reason === "requested")
    return `${who} has a ${resource} ${spoiler.what.replace(/s$/, "")} of ${spoiler.amount}`;
  return `${who} requests ${spoiler.request} of ${resource} with a limit of ${spoiler.limit}`;
}

export default defineRule({
  id: "qos-class",
  category: "reliability",
  since: "0.1.0",
  each: "podTemplate",
  summary: "A Pod must be of the QoS class that its owner asks for.",
  why: `The class decides who is evicted first when a node runs short, and nobody sets it: it follows from the requests and
    limits of every container, init containers and sidecars included. One container without a memory limit makes a
    Guaranteed Pod Burstable. Ask for a class with the annotation or label kubeproof.dev/qos on the workload or its
    template, or with the option for all Pods. With --verbose each Pod's class is named.`,
  references: [
    "https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/",
    "https://kubernetes.io/docs/tasks/configure-pod-container/quality-service-pod/",
  ],

  options: {
    class: {
      summary: "The class that Pods must have which ask for none themselves; empty: any.",
      default: "",
      values: ["", "Guaranteed", "Burstable", "BestEffort"],
    },
  },

  messages: {
    spoilt: (d: { pod: string; wanted: string; actual: string; reasons: string[]; help: string }) => ({
      text: `${d.pod} makes ${d.actual} Pods where ${d.wanted} is asked for: ${list(d.reasons)}`,
      help: d.help,
    }),
    unknown: (d: { pod: string; value: string; nearest: string | undefined }) => ({
      text: `${d.pod} asks for QoS class "${d.value}", which does not exist`,
      help: d.nearest ? `Did you mean "${d.nearest}"?` : `The classes are ${list(QOS_CLASSES)}`,
    }),
  },

  check(pod, { cluster, options, report, remark }) {
    const actual = qosOf(pod, cluster);
    if (actual) remark(`${pod.ref} has QoS class ${actual}`);
    const asked = wanted(pod) ?? { value: options.class, at: "" };
    if (asked.value === "" || isPlaceholder(asked.value)) return;
    if (!QOS_CLASSES.some((name) => name === asked.value)) {
      const nearest = nearestName(asked.value, QOS_CLASSES);
      report("unknown", { at: asked.at, data: { pod: pod.ref, value: asked.value, nearest } });
      return;
    }
    if (!actual || actual === asked.value) return;
    const spoilers =
      asked.value === "Guaranteed"
        ? guaranteedSpoilers(pod, cluster)
        : asked.value === "BestEffort"
          ? bestEffortSpoilers(pod, cluster)
          : [];
    const first = spoilers[0];
    const base = first?.container ? `${first.container.path}.resources` : `${pod.specPath}.resources`;
    const field = first?.reason === "no-limit" ? "limits" : first?.reason === "requested" ? first.what : "requests";
    report("spoilt", {
      at: first ? `${base}.${field}.${first.resource}` : `${pod.specPath}.containers`,
      data: {
        pod: pod.ref,
        wanted: asked.value,
        actual,
        reasons:
          spoilers.length > 0
            ? spoilers.map(describeSpoiler)
            : [actual === "BestEffort" ? "no container requests anything" : "every request equals its limit"],
        help:
          asked.value === "Guaranteed"
            ? `Give every container CPU and memory limits, and no lower requests (${count(pod.containers.length, "container")})`
            : asked.value === "Burstable"
              ? "Request some CPU or memory, less than the limits"
              : "Take out all CPU and memory requests and limits",
      },
      related: asked.at ? [{ object: pod.owner, at: asked.at, note: "asked for here" }] : [],
    });
  },

  examples: {
    bad: {
      "a sidecar without a memory limit": `
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: db
          annotations: {kubeproof.dev/qos: Guaranteed}
        spec:
          serviceName: db
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec:
              initContainers:
                - name: backup
                  image: shop/backup:1.4
                  restartPolicy: Always
                  resources:
                    limits:   #! spoilt
                      cpu: 100m
              containers:
                - name: db
                  image: postgres:17.2
                  resources:
                    limits: {cpu: 2, memory: 4Gi}`,
      "a class for all Pods": {
        options: { class: "Burstable" },
        manifests: `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:   #! spoilt
            - {name: shop, image: "shop:1.4"}`,
      },
      "what is not wanted, and no class at all": `
        apiVersion: v1
        kind: Pod
        metadata: {name: batch, labels: {kubeproof.dev/qos: BestEffort}}
        spec:
          containers:
            - name: batch
              image: batch:1.4
              resources:
                requests:
                  cpu: 100m   #! spoilt
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: shop
          annotations:
            kubeproof.dev/qos: Guarantied   #! unknown
        spec:
          containers:
            - {name: shop, image: "shop:1.4"}`,
    },
    good: {
      "limits alone make it Guaranteed, and nobody asked": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, annotations: {kubeproof.dev/qos: Guaranteed}}
        spec:
          containers:
            - {name: shop, image: "shop:1.4", resources: {limits: {cpu: 500m, memory: 1Gi}}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: any}
        spec:
          containers:
            - {name: any, image: "shop:1.4"}`,
      "a placeholder leaves it open": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, annotations: {kubeproof.dev/qos: Guaranteed}}
        spec:
          containers:
            - {name: shop, image: "shop:1.4", resources: {limits: {cpu: "\${CPU}", memory: 1Gi}}}`,
    },
  },
});
