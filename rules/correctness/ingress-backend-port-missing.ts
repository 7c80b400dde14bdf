import {
  backendsOf,
  defineRule,
  describePort,
  list,
  nearestName,
  servicePorts,
  servicesWithoutPort,
} from "../../src/rule-api.js";

export default defineRule({
  id: "ingress-backend-port-missing",
  category: "correctness",
  since: "0.1.0",
  kinds: ["Ingress"],
  summary: "An Ingress names a port that its backend Service has.",
  why: `The port of a backend is the Service's port, by number or by name; not the container's, and not \`targetPort\`.
    The controller finds no endpoints for any other and answers with an error.`,
  references: ["https://kubernetes.io/docs/concepts/services-networking/ingress/#the-ingress-resource"],

  messages: {
    absent: (d: { ingress: string; service: string; port: string; ports: string[]; nearest: string | undefined }) => ({
      text: `${d.ingress} sends requests to ${d.port} of ${d.service}, which has no such port`,
      help:
        d.nearest !== undefined
          ? `Did you mean "${d.nearest}"?`
          : d.ports.length > 0
            ? `${d.service} has ${list(d.ports)}`
            : `${d.service} has no ports`,
    }),
    target: (d: { ingress: string; service: string; port: string; servicePort: number }) => ({
      text: `${d.ingress} sends requests to ${d.port} of ${d.service}, which is its targetPort, not its port`,
      help: `Name the Service's port ${d.servicePort}`,
    }),
  },

  check(ingress, { cluster, report }) {
    for (const backend of backendsOf(ingress)) {
      const [service] = servicesWithoutPort(cluster, ingress, backend);
      const wanted = backend.port;
      if (!service || wanted === undefined) continue;
      const ports = servicePorts(service);
      const at = `${backend.at}.service.port.${typeof wanted === "number" ? "number" : "name"}`;
      const related = [{ object: service, at: "spec.ports", note: "its ports" }];
      const behind = ports.find((port) => port.targetPort === wanted);
      const data = { ingress: ingress.ref, service: service.ref, port: describePort(wanted) };
      if (behind) report("target", { at, data: { ...data, servicePort: behind.port }, related });
      else
        report("absent", {
          at,
          data: {
            ...data,
            ports: ports.map((port) =>
              port.name ? `${describePort(port.port)} ("${port.name}")` : describePort(port.port),
            ),
            nearest:
              typeof wanted === "string"
                ? nearestName(
                    wanted,
                    ports.flatMap((port) => port.name ?? []),
                  )
                : undefined,
          },
          related,
        });
    }
  },

  examples: {
    bad: {
      "the container's port instead of the Service's": `
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: shop}
        spec:
          rules:
            - http:
                paths:
                  - path: /
                    pathType: Prefix
                    backend:
                      service:
                        name: shop
                        port: {number: 8080}   #! target
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {ports: [{port: 80, targetPort: 8080}]}`,
      "a name the Service does not have": `
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: shop}
        spec:
          defaultBackend: {service: {name: shop, port: {name: https}}}   #! absent
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {ports: [{port: 80, name: http}]}`,
    },
    good: {
      "by name, by number": `
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: shop}
        spec:
          defaultBackend: {service: {name: shop, port: {number: 80}}}
          rules:
            - http:
                paths: [{path: /, pathType: Prefix, backend: {service: {name: shop, port: {name: http}}}}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {ports: [{port: 80, name: http, targetPort: 8080}]}`,
      "another variant of the Service has it": `
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: shop}
        spec:
          defaultBackend: {service: {name: shop, port: {number: 8080}}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: shop, namespace: dev}
        spec: {ports: [{port: 8080}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: shop, namespace: prod}
        spec: {ports: [{port: 80}]}`,
    },
  },
});
