import {
  areAppliedTogether,
  type Cluster,
  defineRule,
  type IngressRoute,
  ingressClassOf,
  isCanary,
  routesOf,
} from "../../src/rule-api.js";

export default defineRule({
  id: "ingress-route-duplicate",
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  each: "cluster",
  summary: "Only one Ingress of a class claims a host and path.",
  why: `Which of two equal routes a controller serves is its own affair: most take the older Ingress, some the last they
    saw, some split the traffic. Canaries that say so by annotation are left alone, and so are equal routes to one Service,
    and those in different folders that may be variants.`,
  references: ["https://kubernetes.io/docs/concepts/services-networking/ingress/#multiple-matches"],

  messages: {
    twice: (d: { ingress: string; route: string; other: string | undefined }) => ({
      text:
        d.other === undefined
          ? `${d.ingress} claims ${d.route} twice, for different backends`
          : `${d.ingress} claims ${d.route}, which ${d.other} claims for another backend`,
      help: "Give one of them another path or host, or leave it out",
    }),
  },

  check(cluster, { report }) {
    const claimed = new Map<string, IngressRoute[]>();
    for (const ingress of cluster.ofKind("Ingress")) {
      if (isCanary(ingress)) continue;
      for (const route of routesOf(ingress)) {
        const key = JSON.stringify([ingressClassOf(ingress), route.host, route.path, route.pathType]);
        const earlier = claimed.get(key);
        if (!earlier) {
          claimed.set(key, [route]);
          continue;
        }
        // The last few are enough to compare with: the input of a hostile author has one route a thousand times.
        const other = earlier.slice(-8).find((each) => conflict(cluster, each, route));
        earlier.push(route);
        if (!other) continue;
        report("twice", {
          object: ingress,
          at: `${route.at}.path`,
          data: {
            ingress: ingress.ref,
            route: `"${route.host}${route.path}"`,
            other: other.ingress === ingress ? undefined : other.ingress.ref,
          },
          related: [{ object: other.ingress, at: `${other.at}.path`, note: "claimed first here" }],
        });
      }
    }
  },

  examples: {
    bad: {
      "two Ingresses for one host": `
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: shop}
        spec:
          rules:
            - host: shop.example.com
              http:
                paths: [{path: /, pathType: Prefix, backend: {service: {name: shop, port: {number: 80}}}}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: admin}
        spec:
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /          #! twice
                    pathType: Prefix
                    backend: {service: {name: admin, port: {number: 80}}}`,
      "the same path again": `
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: shop}
        spec:
          rules:
            - host: shop.example.com
              http:
                paths:
                  - {path: /api, pathType: Prefix, backend: {service: {name: api, port: {number: 80}}}}
                  - {path: /api, pathType: Prefix, backend: {service: {name: api-v2, port: {number: 80}}}}   #! twice`,
    },
    good: {
      "a canary, another class, another path": `
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: shop}
        spec:
          ingressClassName: nginx
          rules:
            - host: shop.example.com
              http:
                paths: [{path: /, pathType: Prefix, backend: {service: {name: shop, port: {number: 80}}}}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: shop-canary
          annotations: {nginx.ingress.kubernetes.io/canary: "true", nginx.ingress.kubernetes.io/canary-weight: "10"}
        spec:
          ingressClassName: nginx
          rules:
            - host: shop.example.com
              http:
                paths: [{path: /, pathType: Prefix, backend: {service: {name: shop-next, port: {number: 80}}}}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: shop-internal}
        spec:
          ingressClassName: internal
          rules:
            - host: shop.example.com
              http:
                paths: [{path: /, pathType: Prefix, backend: {service: {name: admin, port: {number: 80}}}}]`,
    },
  },
});

/** The same object in another version or folder is a duplicate or a variant: duplicate-object's business. */
const conflict = (cluster: Cluster, a: IngressRoute, b: IngressRoute): boolean =>
  JSON.stringify(a.backend) !== JSON.stringify(b.backend) &&
  (a.ingress === b.ingress || (a.ingress.name !== b.ingress.name && areAppliedTogether(cluster, a.ingress, b.ingress)));
