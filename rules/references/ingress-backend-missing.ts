import { backendsOf, defineRule, describeNamespace, hiddenPodMaker } from "../../src/rule-api.js";

export default defineRule({
  id: "ingress-backend-missing",
  category: "references",
  since: "0.1.0",
  kinds: ["Ingress"],
  summary: "An Ingress sends requests to Services that exist.",
  why: `The controller answers requests for a backend it cannot find with an error, usually 503, and some drop the whole
    rule. The Service must be in the namespace of the Ingress.`,
  references: ["https://kubernetes.io/docs/concepts/services-networking/ingress/#the-ingress-resource"],

  messages: {
    absent: (d: {
      ingress: string;
      service: string;
      nearest: string | undefined;
      namespace: string | undefined;
      where: string;
    }) => ({
      text: `${d.ingress} sends requests to Service "${d.service}", which is not in ${d.where === "" ? "the input" : d.where}`,
      help:
        d.namespace !== undefined
          ? `There is one in namespace "${d.namespace}", but a backend must be in the namespace of the Ingress`
          : d.nearest !== undefined
            ? `Did you mean "${d.nearest}"?`
            : "If it is created elsewhere, list it under externals",
    }),
  },

  check(ingress, { cluster, report }) {
    const said = new Set<string>();
    for (const { at, service } of backendsOf(ingress)) {
      // Many paths to one absent Service are one mistake.
      if (said.has(service)) continue;
      const found = cluster.lookup("", "Service", ingress.namespace, service);
      if (found.state !== "absent") continue;
      // What an operator or a Helm release brings along is not in the input.
      if (!found.nearest && hiddenPodMaker(cluster, ingress.namespace)) continue;
      said.add(service);
      const elsewhere = found.elsewhere[0];
      report("absent", {
        at: `${at}.service.name`,
        data: {
          ingress: ingress.ref,
          service,
          nearest: found.nearest?.name,
          namespace: elsewhere?.namespace,
          where: elsewhere ? describeNamespace(ingress.namespace) : "",
        },
        related: found.nearest && [{ object: found.nearest, note: "the nearest name" }],
      });
    }
  },

  examples: {
    bad: {
      "a slip in the name": `
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
                        name: shpo          #! absent
                        port: {number: 80}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {ports: [{port: 80}]}`,
      "the Service is in another namespace": `
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: shop, namespace: edge}
        spec:
          defaultBackend: {service: {name: shop, port: {number: 80}}}   #! absent
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: shop, namespace: prod}
        spec: {ports: [{port: 80}]}`,
    },
    good: {
      "a Helm release of the namespace may bring the Service": `
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: grafana, namespace: monitoring}
        spec:
          defaultBackend: {service: {name: grafana, port: {number: 80}}}
        ---
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: {name: grafana, namespace: monitoring}`,
      "a resource as backend, an action of the AWS controller, a placeholder": `
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: shop}
        spec:
          defaultBackend: {resource: {apiGroup: k8s.example.com, kind: StorageBucket, name: static}}
          rules:
            - http:
                paths:
                  - {path: /, pathType: Prefix, backend: {service: {name: ssl-redirect, port: {name: use-annotation}}}}
                  - {path: /a, pathType: Prefix, backend: {service: {name: "\${SERVICE}", port: {number: 80}}}}`,
    },
  },
});
