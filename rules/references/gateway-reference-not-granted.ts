import { defineRule, lacksGrant } from "../../src/rule-api.js";

export default defineRule({
  id: "gateway-reference-not-granted",
  category: "references",
  since: "0.2.0",
  each: "resource",
  summary: "A reference of the Gateway API into another namespace needs a ReferenceGrant there.",
  why: `Without a ReferenceGrant in the namespace of the target, a route's backend in another namespace answers 500, and a
    Gateway does not use the certificate.`,
  references: ["https://gateway-api.sigs.k8s.io/api-types/referencegrant/"],

  messages: {
    notGranted: (d: {
      subject: string;
      verb: string;
      target: string;
      from: string;
      kind: string;
      namespace: string;
    }) => ({
      text: `${d.subject} ${d.verb} ${d.target} in namespace "${d.namespace}", where no ReferenceGrant lets a ${d.kind} of namespace "${d.from}" refer to it`,
      help: `Add a ReferenceGrant to namespace "${d.namespace}"`,
    }),
  },

  // An absent object is reference-target-missing.
  check(resource, { cluster, report }) {
    for (const reference of cluster.references.from(resource)) {
      if (!lacksGrant(cluster, reference)) continue;
      const { fact, kind, name, namespace = "" } = reference;
      report("notGranted", {
        at: reference.at,
        data: {
          subject: resource.ref,
          verb: fact.verb,
          target: `${kind} "${name}"`,
          from: resource.namespace,
          kind: resource.kind,
          namespace,
        },
      });
    }
  },

  examples: {
    bad: {
      "the backend is somewhere else": `
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: shop, namespace: edge}
        spec:
          rules:
            - backendRefs:
                - {name: shop, namespace: shop, port: 80}   #! notGranted
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: shop, namespace: shop}
        spec: {selector: {app: shop}, ports: [{port: 80}]}`,
    },
    good: {
      "granted; and a Gateway says itself whose routes it takes": `
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: shop, namespace: edge}
        spec:
          parentRefs: [{name: public, namespace: shop}]
          rules: [{backendRefs: [{name: shop, namespace: shop, port: 80}]}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: shop, namespace: shop}
        spec: {selector: {app: shop}, ports: [{port: 80}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: public, namespace: shop}
        spec: {gatewayClassName: nginx, listeners: [{name: http, port: 80, protocol: HTTP}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1beta1
        kind: ReferenceGrant
        metadata: {name: edge, namespace: shop}
        spec:
          from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: edge}]
          to: [{group: "", kind: Service}]`,
    },
  },
});
