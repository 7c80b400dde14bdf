import { defineRule, didYouMean, isPlaceholder, nearestName, podLevelResources } from "../../src/rule-api.js";

const STANDARD = ["cpu", "memory", "ephemeral-storage"];

const isSupported = (name: string): boolean =>
  STANDARD.includes(name) || name.startsWith("hugepages-") || name.includes("/") || isPlaceholder(name);

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
    unsupported: (d: { who: string; what: string; name: string; nearest: string | undefined }) => ({
      text: `${d.who} has a ${d.what} of "${d.name}", which is no resource of containers; the API server refuses it`,
      help: didYouMean(d.nearest) ?? `Containers have ${STANDARD.join(", ")} and hugepages-SIZE; others need a domain`,
    }),
  },

  check(pod, { minor, report }) {
    const check = (who: string, path: string, resources: object | undefined): void => {
      for (const what of ["requests", "limits"] as const) {
        const amounts = (resources as Readonly<Record<string, object | undefined>> | undefined)?.[what];
        for (const name of Object.keys(amounts ?? {})) {
          if (isSupported(name)) continue;
          report("unsupported", {
            at: `${path}.${what}[${name}]`,
            on: "key",
            data: {
              who,
              what: what === "requests" ? "request" : "limit",
              name,
              nearest: name === "storage" ? "ephemeral-storage" : nearestName(name.toLowerCase(), STANDARD),
            },
          });
        }
      }
    };
    for (const { ref, path, spec } of pod.containers) check(ref, `${path}.resources`, spec.resources);
    if (minor >= 34) check(pod.ref, `${pod.specPath}.resources`, podLevelResources(pod));
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
