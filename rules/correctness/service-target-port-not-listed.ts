import { declaredPorts, defineRule, isOpenPort, list, protocolOf } from "../../src/rule-api.js";

export default defineRule({
  id: "service-target-port-not-listed",
  category: "correctness",
  severity: "note",
  preset: "strict",
  since: "0.1.0",
  kinds: ["Service"],
  summary: "A numeric `targetPort` is among the ports that the selected Pods declare.",
  why: `A container can listen on a port that its manifest does not list, so the Service may well work. But where the
    Pods list other ports and not this one, one of the two lists is usually out of date.`,
  references: ["https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service"],

  messages: {
    unlisted: (d: { service: string; port: number; pods: string[]; declared: string[] }) => ({
      text: `${d.service} sends traffic to port ${d.port}, which ${list(d.pods)} ${d.pods.length > 1 ? "do" : "does"} not list`,
      help: `Listed are ${list(d.declared)}`,
    }),
  },

  check(service, { cluster, report }) {
    const { selector } = service.spec ?? {};
    if (!selector) return;
    service.spec?.ports?.forEach((port, i) => {
      const target = port.targetPort ?? port.port;
      if (typeof target !== "number") return;
      const { matched, possible } = cluster.podsMatching({ matchLabels: selector }, service.namespace);
      if (matched.length === 0 || possible.length > 0) return;
      const declared = matched.map((pod) => ({ pod, ports: declaredPorts(pod) }));
      const lists = (ports: ReturnType<typeof declaredPorts>): boolean =>
        ports.length === 0 ||
        ports.some(
          (each) =>
            isOpenPort(each) || (each.port.containerPort === target && protocolOf(each.port) === protocolOf(port)),
        );
      if (declared.some(({ ports }) => lists(ports))) return;
      report("unlisted", {
        at: port.targetPort === undefined ? `spec.ports[${i}].port` : `spec.ports[${i}].targetPort`,
        data: {
          service: service.ref,
          port: target,
          pods: [...new Set(matched.map((pod) => pod.ref))],
          declared: [
            ...new Set(
              declared.flatMap(({ ports }) =>
                ports.map(
                  (each) =>
                    `${each.port.containerPort}${protocolOf(each.port) === "TCP" ? "" : `/${protocolOf(each.port)}`}`,
                ),
              ),
            ),
          ],
        },
        related: declared
          .slice(0, 3)
          .flatMap(({ pod, ports }) => (ports[0] ? { object: pod, at: ports[0].at, note: "declared here" } : [])),
      });
    });
  },

  examples: {
    bad: {
      "the container listens elsewhere": `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec:
          selector: {app: shop}
          ports:
            - {port: 80, targetPort: 8000}   #! unlisted
            - {port: 9000, name: admin}      #! unlisted
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, labels: {app: shop}}
        spec:
          containers: [{name: app, image: "shop:1.4", ports: [{containerPort: 8080}]}]`,
    },
    good: {
      "a Pod that lists nothing may listen anywhere": `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 8080}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, labels: {app: shop}}
        spec:
          containers: [{name: app, image: "shop:1.4"}]`,
      "listed by one of the Pods": `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 8080}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, labels: {app: shop}}
        spec:
          containers: [{name: app, image: "shop:1.4", ports: [{containerPort: 8080}]}]`,
    },
  },
});
