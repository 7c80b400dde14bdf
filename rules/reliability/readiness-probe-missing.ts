import { type Container, defineRule, isLongRunning, type PodTemplate, type Resource } from "../../src/rule-api.js";

/** The containers that a Service's ports lead to; the only one there is where no port is declared. */
function servingContainers(pod: PodTemplate, ports: readonly (string | number)[]): readonly Container[] {
  const running = pod.containers.filter(({ type }) => type === "container" || type === "sidecar");
  if (running.length === 1) return running;
  return running.filter(({ spec }) =>
    spec.ports?.some((port) => ports.some((target) => target === port.name || target === port.containerPort)),
  );
}

export default defineRule({
  id: "readiness-probe-missing",
  category: "reliability",
  since: "0.1.0",
  each: "cluster",
  summary: "A container that a Service sends traffic to must have a readiness probe.",
  why: `Without one a Pod counts as ready as soon as its containers run, so a Service sends it requests before it can
    answer them, at every start and every rollout. Containers that no Service of the input leads to are left alone.`,
  references: ["https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/#readiness-probe"],

  messages: {
    missing: (d: { container: string; pod: string; service: string }) => ({
      text: `${d.container} of ${d.pod} has no readiness probe, so ${d.service} sends it traffic before it can answer`,
      help: "Add a readinessProbe that succeeds once it can serve",
    }),
  },

  check(cluster, { report }) {
    const services = new Map<Container, Resource>();
    for (const service of cluster.ofKind("Service")) {
      const { selector, ports, publishNotReadyAddresses } = service.spec ?? {};
      if (!selector || Object.keys(selector).length === 0 || publishNotReadyAddresses) continue;
      const targets = (ports ?? []).map(({ port, targetPort }) => targetPort ?? port);
      for (const pod of cluster.podsMatching({ matchLabels: selector }, service.namespace).matched) {
        if (!isLongRunning(pod)) continue;
        for (const container of servingContainers(pod, targets))
          if (!services.has(container)) services.set(container, service);
      }
    }
    for (const [container, service] of services) {
      if (container.spec.readinessProbe !== undefined) continue;
      report("missing", {
        object: container,
        at: `${container.path}.readinessProbe`,
        data: { container: container.ref, pod: container.pod.ref, service: service.ref },
        related: [{ object: service, at: "spec.selector", note: "selects its Pods" }],
      });
    }
  },

  examples: {
    bad: {
      "the container that serves": `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: shop}, ports: [{port: 80, targetPort: http}]}
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
                - name: shop   #! missing
                  image: shop:1.4
                  ports: [{name: http, containerPort: 8080}]
                - name: log-shipper
                  image: shipper:1.4`,
    },
    good: {
      "no Service, a Service that asks for unready Pods, a probe": `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: shop}, ports: [{port: 80}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: peers}
        spec: {selector: {app: peers}, clusterIP: None, publishNotReadyAddresses: true}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, labels: {app: shop}}
        spec:
          containers:
            - {name: shop, image: "shop:1.4", readinessProbe: {tcpSocket: {port: 80}}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: peer, labels: {app: peers}}
        spec: {containers: [{name: peer, image: "peer:1.4"}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: worker, labels: {app: worker}}
        spec: {containers: [{name: worker, image: "worker:1.4"}]}`,
    },
  },
});
