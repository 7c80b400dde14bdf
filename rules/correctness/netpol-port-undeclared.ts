import {
  defineRule,
  isPlaceholder,
  list,
  nearestName,
  policyRules,
  protocolOf,
  searchPort,
} from "../../src/rule-api.js";

export default defineRule({
  id: "netpol-port-undeclared",
  category: "correctness",
  since: "0.1.0",
  kinds: ["NetworkPolicy"],
  summary: "A port that a NetworkPolicy names is declared by the Pods the traffic goes to.",
  why: `The name is looked up on the Pods that receive the traffic: those that the policy selects for ingress, the peers for
    egress. Where none of them declares it, for the rule's protocol (TCP where not given), the rule lets nothing through.`,
  references: ["https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource"],

  messages: {
    undeclared: (d: {
      policy: string;
      port: string;
      protocol: string;
      pods: string[];
      nearest: string | undefined;
    }) => ({
      text: `${d.policy} allows ${d.protocol} port "${d.port}", which ${list(d.pods)} ${d.pods.length > 1 ? "do" : "does"} not declare`,
      help:
        d.nearest === undefined
          ? `Name a container port "${d.port}", or give the number`
          : `Did you mean "${d.nearest}"?`,
    }),
  },

  check(policy, { cluster, report }) {
    for (const { direction, peers, ports } of policyRules(policy)) {
      for (const { at, port } of ports) {
        const name = port?.port;
        const protocol = protocolOf(port ?? {});
        if (typeof name !== "string" || isPlaceholder(name) || isPlaceholder(protocol)) continue;
        // To peers elsewhere: who they are is not known.
        const selectors =
          direction === "ingress"
            ? [policy.spec?.podSelector ?? {}]
            : peers.map(({ peer }) => (peer?.namespaceSelector || peer?.ipBlock ? undefined : peer?.podSelector));
        const known = selectors.flatMap((selector) => selector ?? []);
        if (known.length === 0 || known.length < selectors.length) continue;
        const searches = known.map((selector) =>
          searchPort(cluster, cluster.podsMatching(selector, policy.namespace), name, protocol),
        );
        if (searches.some(({ state }) => state !== "absent")) continue;
        const pods = [...new Set(searches.flatMap((search) => search.pods))];
        const names = new Set(searches.flatMap((search) => [...search.names]));
        report("undeclared", {
          at: `${at}.port`,
          data: {
            policy: policy.ref,
            port: name,
            protocol,
            pods: [...new Set(pods.map((pod) => pod.ref))],
            nearest: nearestName(name, names),
          },
          related: pods
            .slice(0, 3)
            .map((pod) => ({ object: pod, at: `${pod.specPath}.containers`, note: "selected here" })),
        });
      }
    }
  },

  examples: {
    bad: {
      "the port has another name": `
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: shop}
        spec:
          podSelector: {matchLabels: {app: shop}}
          ingress:
            - ports:
                - port: http              #! undeclared
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, labels: {app: shop}}
        spec:
          containers: [{name: app, image: "shop:1.4", ports: [{name: web, containerPort: 8080}]}]`,
    },
    good: {
      "declared by one of them; peers of other namespaces": `
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: shop}
        spec:
          podSelector: {matchLabels: {app: shop}}
          ingress:
            - ports: [{port: http}, {port: 9090}]
          egress:
            - to: [{namespaceSelector: {}}]
              ports: [{port: dns, protocol: UDP}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, labels: {app: shop}}
        spec:
          containers: [{name: app, image: "shop:1.4", ports: [{name: http, containerPort: 8080}]}]`,
    },
  },
});
