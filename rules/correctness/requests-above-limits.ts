import { compareAmounts, defineRule, podLevelResources } from "../../src/rule-api.js";

type Amounts = Readonly<Record<string, string | number>>;
interface Resources {
  readonly requests?: Amounts;
  readonly limits?: Amounts;
}

/** Natively countable resources can be promised twice; huge pages and extended resources (`nvidia.com/gpu`) cannot. */
const isOvercommittable = (name: string): boolean =>
  (!name.includes("/") || name.includes("kubernetes.io/")) && !name.startsWith("hugepages-");

export default defineRule({
  id: "requests-above-limits",
  category: "correctness",
  since: "0.1.0",
  each: "podTemplate",
  summary: "A container's requests must not exceed its limits.",
  why: `A request is what the scheduler reserves, a limit what the container may use at most. The API server refuses a
    Pod, and a workload with a template, that requests more than its limit. Huge pages and extended resources such as GPUs cannot be overcommitted: their limit must
    be given, and a request must equal it.`,
  references: [
    "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#requests-and-limits",
    "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#consuming-extended-resources",
  ],

  tells: /\.resources\.limits$/,

  messages: {
    above: (d: { who: string; resource: string; request: string; limit: string }) => ({
      text: `${d.who} requests ${d.request} of ${d.resource}, above its limit of ${d.limit}; the API server refuses it`,
      help: `Raise the limit to at least ${d.request}, or lower the request`,
    }),
    unequal: (d: { who: string; resource: string; request: string; limit: string }) => ({
      text: `${d.who} requests ${d.request} of ${d.resource} with a limit of ${d.limit}; the API server refuses it, since ${d.resource} cannot be overcommitted`,
      help: "Give both the same amount, or the limit alone",
    }),
    limitMissing: (d: { who: string; resource: string; request: string }) => ({
      text: `${d.who} requests ${d.request} of ${d.resource} without a limit; the API server refuses it, since ${d.resource} cannot be overcommitted`,
      help: `Set the limit of ${d.resource} to ${d.request}`,
    }),
  },

  check(pod, { minor, report }) {
    const check = (who: string, path: string, resources: Resources | undefined): void => {
      for (const [resource, amount] of Object.entries(resources?.requests ?? {})) {
        const at = `${path}.requests[${resource}]`;
        const request = String(amount);
        const limit = resources?.limits?.[resource];
        if (limit === undefined) {
          // Extended resources of the Pod as a whole are resource-name-unsupported.
          if (!isOvercommittable(resource) && !(who === pod.ref && resource.includes("/")))
            report("limitMissing", { at, data: { who, resource, request } });
          continue;
        }
        const order = compareAmounts(request, String(limit));
        if (order === undefined || order === 0) continue;
        const data = { who, resource, request, limit: String(limit) };
        const related = [{ object: pod.owner, at: `${path}.limits[${resource}]`, note: "the limit" }];
        if (!isOvercommittable(resource)) report("unequal", { at, data, related });
        else if (order > 0) report("above", { at, data, related });
      }
    };
    for (const { ref, path, spec } of pod.containers) check(ref, `${path}.resources`, spec.resources);
    if (minor >= 34) check(pod.ref, `${pod.specPath}.resources`, podLevelResources(pod) as Resources | undefined);
  },

  examples: {
    bad: {
      "more memory than allowed": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: worker}
        spec:
          selector: {matchLabels: {app: worker}}
          template:
            metadata: {labels: {app: worker}}
            spec:
              containers:
                - name: worker
                  image: shop/worker:1.4
                  resources:
                    requests:
                      cpu: 500m
                      memory: 2Gi     #! above
                    limits:
                      cpu: 0.5
                      memory: 1Gi`,
      "resources that cannot be overcommitted": `
        apiVersion: v1
        kind: Pod
        metadata: {name: train}
        spec:
          initContainers:
            - name: warm-up
              image: ml/train:2.0
              resources:
                requests:
                  hugepages-2Mi: 64Mi   #! unequal
                limits:
                  hugepages-2Mi: 128Mi
          containers:
            - name: train
              image: ml/train:2.0
              resources:
                requests:
                  nvidia.com/gpu: 1    #! limitMissing`,
      "the Pod as a whole": `
        apiVersion: v1
        kind: Pod
        metadata: {name: api}
        spec:
          resources:
            requests: {cpu: 2}     #! above
            limits: {cpu: 1500m}
          containers:
            - {name: api, image: "shop/api:1.4"}`,
    },
    good: {
      "equal amounts, however written, and one left to a later step": `
        apiVersion: v1
        kind: Pod
        metadata: {name: api}
        spec:
          containers:
            - name: api
              image: shop/api:1.4
              resources:
                requests: {cpu: 1, memory: 1Gi, ephemeral-storage: "\${STORAGE}"}
                limits: {cpu: 1000m, memory: 1024Mi, ephemeral-storage: 1Gi, nvidia.com/gpu: 1}`,
    },
  },
});
