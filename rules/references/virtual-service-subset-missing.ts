import { defineRule, didYouMean, list, missingSubsets, nearestName } from "../../src/rule-api.js";

export default defineRule({
  id: "virtual-service-subset-missing",
  category: "references",
  severity: "error",
  since: "0.2.0",
  each: "resource",
  summary: "A subset that a VirtualService routes to must be defined by a DestinationRule of the host.",
  why: `Requests to a subset that no DestinationRule defines are answered with 503. Reported only where the input has a
    DestinationRule for the host.`,
  references: [
    "https://istio.io/latest/docs/ops/common-problems/network-issues/#route-rules-dont-seem-to-affect-traffic-flow",
  ],

  messages: {
    missing: (d: { service: string; host: string; subset: string; rule: string; present: readonly string[] }) => ({
      text: `${d.service} routes to subset "${d.subset}" of "${d.host}", which ${d.rule} does not define`,
      help:
        didYouMean(nearestName(d.subset, d.present)) ??
        (d.present.length > 0
          ? `It defines ${list(
              d.present.map((one) => `"${one}"`),
              8,
            )}`
          : "It defines no subsets"),
    }),
  },

  check(resource, { cluster, report }) {
    if (resource.kind !== "VirtualService" || resource.group !== "networking.istio.io") return;
    for (const { at, host, subset, rule, present } of missingSubsets(cluster, resource))
      report("missing", {
        at,
        data: { service: resource.ref, host, subset, rule: rule.ref, present },
        related: [{ object: rule, at: "spec.subsets", note: "the subsets of the host" }],
      });
  },

  examples: {
    bad: {
      "one letter differs": `
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: reviews, namespace: shop}
        spec:
          hosts: [reviews]
          http:
            - route:
                - destination: {host: reviews, subset: v1}
                - destination: {host: reviews.shop.svc.cluster.local, subset: canari}   #! missing
        ---
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: reviews, namespace: shop}
        spec:
          host: reviews
          subsets: [{name: v1, labels: {version: v1}}, {name: canary, labels: {version: v2}}]`,
    },
    good: {
      "no rule for the host in the input": `
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: reviews, namespace: shop}
        spec:
          hosts: [reviews]
          http: [{route: [{destination: {host: reviews, subset: v1}}]}]`,
    },
  },
});
