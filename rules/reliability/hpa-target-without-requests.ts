import { defineRule, hasAmount, isPlaceholder, list, scaleTargetOf, utilizationMetrics } from "../../src/rule-api.js";

export default defineRule({
  id: "hpa-target-without-requests",
  category: "reliability",
  since: "0.1.0",
  kinds: ["HorizontalPodAutoscaler"],
  summary: "Containers request the resource whose utilization scales them.",
  why: `Utilization is what the containers use as a share of what they request. Where one of them requests nothing, the
    autoscaler cannot compute it (FailedGetResourceMetric) and does not scale by this metric at all. Sidecars count too. A limit serves as request
    where none is given, and so does the default of a LimitRange.`,
  references: [
    "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#how-does-a-horizontalpodautoscaler-work",
  ],

  messages: {
    missing: (d: { hpa: string; resource: string; target: string; containers: string[] }) => ({
      text: `${d.hpa} scales ${d.target} by its ${d.resource} utilization, but ${list(d.containers)} ${d.containers.length > 1 ? "request" : "requests"} no ${d.resource}`,
      help: `Set resources.requests.${d.resource}, or scale by an averageValue`,
    }),
    noContainer: (d: { hpa: string; target: string; container: string; names: string[] }) => ({
      text: `${d.hpa} scales by container "${d.container}", which ${d.target} does not have`,
      help: `It has ${list(d.names)}`,
    }),
  },

  check(hpa, { cluster, report }) {
    const target = scaleTargetOf(hpa);
    if (!target) return;
    const pods = cluster
      .allNamed(target.group, target.kind, hpa.namespace, target.name)
      .flatMap((owner) => cluster.podTemplateOf(owner) ?? []);
    for (const { resource, container, at } of utilizationMetrics(hpa)) {
      if (isPlaceholder(resource) || isPlaceholder(container)) continue;
      const lacking = pods.map((pod) => {
        const running = pod.containers.filter(({ type }) => type === "container" || type === "sidecar");
        const counted = container === undefined ? running : running.filter(({ name }) => name === container);
        return {
          pod,
          running,
          counted,
          without: counted.filter((each) => !hasAmount(each, cluster, "requests", resource)),
        };
      });
      // Of variants in other folders one that is complete will do.
      const [first] = lacking;
      if (!first || lacking.some(({ counted, without }) => counted.length > 0 && without.length === 0)) continue;
      const { pod, running, counted, without } = first;
      if (cluster.mayBePatched(pod.owner, "resources")) continue;
      if (running.length === 0 || running.some(({ name }) => isPlaceholder(name))) continue;
      const data = { hpa: hpa.ref, target: pod.ref };
      if (counted.length === 0)
        report("noContainer", {
          at: `${at}.container`,
          data: { ...data, container: container ?? "", names: running.map(({ name }) => `"${name}"`) },
          related: [{ object: pod, at: `${pod.specPath}.containers`, note: "its containers" }],
        });
      else
        report("missing", {
          at,
          data: { ...data, resource, containers: without.map(({ ref }) => ref.replace("Container", "container")) },
          related: without.slice(0, 4).map((each) => ({
            object: each,
            at: `${each.path}.${each.spec.resources ? "resources" : "name"}`,
            note: `requests no ${resource}`,
          })),
        });
    }
  },

  examples: {
    bad: {
      "the sidecar requests nothing": `
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: shop}
        spec:
          maxReplicas: 5
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
          metrics:
            - type: Resource
              resource:                #! missing
                name: cpu
                target: {type: Utilization, averageUtilization: 70}
            - type: ContainerResource
              containerResource:
                name: cpu
                container: shop        #! noContainer
                target: {type: Utilization, averageUtilization: 70}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec:
              containers:
                - {name: app, image: "shop:1.4", resources: {requests: {cpu: 100m}}}
                - {name: proxy, image: "envoy:1.34"}`,
    },
    good: {
      "a limit is a request too, and a value is no share": `
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: shop}
        spec:
          maxReplicas: 5
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
          metrics:
            - type: Resource
              resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}
            - type: Resource
              resource: {name: memory, target: {type: AverageValue, averageValue: 1Gi}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec:
              containers:
                - {name: app, image: "shop:1.4", resources: {limits: {cpu: 100m}}}`,
    },
  },
});
