import { defineRule, didYouMean, isPlaceholder, nearestName, podLevelResources } from "../../src/rule-api.js";

const STANDARD = ["cpu", "memory", "ephemeral-storage"];

const OF_PODS = ["cpu", "memory"];

const isSupported = (name: string): boolean =>
  STANDARD.includes(name) || name.startsWith("hugepages-") || name.includes("/") || isPlaceholder(name);
const isSupportedOfPods = (name: string): boolean =>
  OF_PODS.includes(name) || name.startsWith("hugepages-") || isPlaceholder(name);

export default defineRule({
  id: "resource-name-unsupported",
  category: "correctness",
  since: "0.1.0",
  each: "podTemplate",
  summary: "Requests and limits must name resources that containers can have.",
  why: `Without a domain in front, only cpu, memory, ephemeral-storage and hugepages-SIZE are resources of containers.
    The API server refuses any other name.`,
  references: [
    "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#resource-types",
    "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#extended-resources",
  ],

  messages: {
    unsupportedOfPod: (d: { who: string; what: string; name: string }) => ({
      text: `${d.who} has a ${d.what} of "${d.name}" for the Pod as a whole, which has only cpu, memory and hugepages-SIZE; the API server refuses it`,
      help: "Give it to a container",
    }),
    unsupported: (d: { who: string; what: string; name: string; nearest: string | undefined }) => ({
      text: `${d.who} has a ${d.what} of "${d.name}", which is no resource of containers; the API server refuses it`,
      help: didYouMean(d.nearest) ?? `Containers have ${STANDARD.join(", ")} and hugepages-SIZE; others need a domain`,
    }),
  },

  check(pod, { minor, report }) {
    const check = (who: string, path: string, resources: object | undefined, ofPod: boolean): void => {
      for (const field of ["requests", "limits"] as const) {
        const amounts = (resources as Readonly<Record<string, object | undefined>> | undefined)?.[field];
        for (const name of Object.keys(amounts ?? {})) {
          const at = `${path}.${field}[${name}]`;
          const what = field === "requests" ? "request" : "limit";
          if (ofPod && !isSupportedOfPods(name))
            report("unsupportedOfPod", { at, on: "key", data: { who, what, name } });
          else if (!ofPod && !isSupported(name)) {
            const nearest = name === "storage" ? "ephemeral-storage" : nearestName(name.toLowerCase(), STANDARD);
            report("unsupported", { at, on: "key", data: { who, what, name, nearest } });
          }
        }
      }
    };
    for (const { ref, path, spec } of pod.containers) check(ref, `${path}.resources`, spec.resources, false);
    if (minor >= 34) check(pod.ref, `${pod.specPath}.resources`, podLevelResources(pod), true);
  },

  examples: {
    bad: {
      "misspelt and misplaced names": `
        apiVersion: v1
        kind: Pod
        metadata: {name: api}
        spec:
          containers:
            - name: api
              image: shop/api:1.4
              resources:
                requests:
                  cpus: 500m     #! unsupported
                  memory: 1Gi
                limits:
                  storage: 1Gi   #! unsupported
                  gpu: 1         #! unsupported`,
      "what only containers can have": `
        apiVersion: v1
        kind: Pod
        metadata: {name: train}
        spec:
          resources:
            limits:
              nvidia.com/gpu: 1   #! unsupportedOfPod
          containers: [{name: train, image: "ml/train:2.0"}]`,
    },
    good: {
      "standard and extended resources": `
        apiVersion: v1
        kind: Pod
        metadata: {name: api}
        spec:
          containers:
            - name: api
              image: shop/api:1.4
              resources:
                requests: {cpu: 1, memory: 1Gi, ephemeral-storage: 1Gi}
                limits: {hugepages-2Mi: 64Mi, nvidia.com/gpu: 1}`,
    },
  },
});
