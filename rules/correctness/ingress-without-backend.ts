import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "ingress-without-backend",
  category: "correctness",
  since: "0.1.0",
  kinds: ["Ingress"],
  summary: "An Ingress says where requests go: by rules or a default backend.",
  why: `Without rules and without a default backend there is nothing to serve, and the API server refuses the Ingress. It
    also refuses a backend that names a Service without a port.`,
  references: ["https://kubernetes.io/docs/concepts/services-networking/ingress/#the-ingress-resource"],

  tells: /(\.backend|^spec\.defaultBackend)$/,

  messages: {
    nothing: (d: { ingress: string }) => ({
      text: `${d.ingress} has neither rules nor a default backend; the API server refuses it`,
      help: "Add a rule with a path and its Service, or a defaultBackend",
    }),
    noPort: (d: { ingress: string; service: string }) => ({
      text: `${d.ingress} names Service "${d.service}" without a port; the API server refuses it`,
      help: "Give port.number or port.name of the Service",
    }),
    bothPorts: (d: { ingress: string; service: string }) => ({
      text: `${d.ingress} gives both the name and the number of a port of Service "${d.service}"; the API server refuses it`,
      help: "Keep one of the two",
    }),
  },

  check(ingress, { report }) {
    const { defaultBackend, rules = [] } = ingress.spec ?? {};
    if (!defaultBackend && rules.length === 0) report("nothing", { at: "spec.rules", data: { ingress: ingress.ref } });
    const backends = [
      { backend: defaultBackend, at: "spec.defaultBackend" },
      ...rules.flatMap((rule, i) =>
        (rule?.http?.paths ?? []).map((path, j) => ({
          backend: path?.backend,
          at: `spec.rules[${i}].http.paths[${j}].backend`,
        })),
      ),
    ];
    for (const { backend, at } of backends) {
      const service = backend?.service;
      if (!service?.name) continue;
      const data = { ingress: ingress.ref, service: service.name };
      const { name, number } = service.port ?? {};
      if (name && number) report("bothPorts", { at: `${at}.service.port`, data });
      else if (!name && !number) report("noPort", { at: `${at}.service.port`, data });
    }
  },

  examples: {
    bad: {
      "only TLS": `
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: shop}
        spec:                  #! nothing
          tls: [{hosts: [shop.example.com], secretName: shop-tls}]`,
      "ports left out, and given twice": `
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: shop}
        spec:
          defaultBackend:
            service:                               #! noPort
              name: shop
          rules:
            - http:
                paths:
                  - path: /
                    pathType: Prefix
                    backend:
                      service:
                        name: shop
                        port: {name: http, number: 80}   #! bothPorts`,
    },
    good: {
      "a host whose requests all go to the default backend": `
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: shop}
        spec:
          defaultBackend: {service: {name: shop, port: {number: 80}}}
          rules: [{host: shop.example.com}]`,
    },
  },
});
