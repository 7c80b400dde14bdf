import {
  defineRule,
  describeClosest,
  describeNamespace,
  describeSelector,
  isEmptySelector,
  policyRules,
  selectionIn,
} from "../../src/rule-api.js";

export default defineRule({
  id: "netpol-selects-no-pods",
  category: "references",
  since: "0.1.0",
  kinds: ["NetworkPolicy"],
  summary: "A NetworkPolicy and its peers within the namespace select some Pod.",
  why: `A policy that selects nothing protects nothing, and nobody notices; a peer that selects nothing lets nobody
    through. Peers are only reported where Pods with nearly the same labels exist, since operators make Pods that no
    manifest shows; peers in other namespaces are not looked at: these are often somebody else's.`,
  references: ["https://kubernetes.io/docs/concepts/services-networking/network-policies/"],

  messages: {
    nothing: (d: { policy: string; selector: string; where: string; closest: string | undefined }) => ({
      text: `${d.policy} selects no Pod: no template in ${d.where} has labels ${d.selector}`,
      help: d.closest,
    }),
    peer: (d: { policy: string; direction: string; selector: string; where: string; closest: string | undefined }) => ({
      text: `${d.policy} allows ${d.direction} no Pod: no template in ${d.where} has labels ${d.selector}`,
      help: d.closest,
    }),
  },

  check(policy, { cluster, report }) {
    const where = describeNamespace(policy.namespace);
    const say = (selector: NonNullable<typeof policy.spec>["podSelector"], at: string, direction?: string): void => {
      if (!selector || isEmptySelector(selector)) return;
      // A policy is named after the Pods it protects, if after any; never after its peers.
      const found = selectionIn(cluster, selector, policy, direction === undefined ? policy.name : "");
      if (found.state !== "none") return;
      const { closest } = found;
      // Programs make Pods too, which a policy of their maker has to let through: a peer must look like a slip.
      if (direction !== undefined && !closest?.close) return;
      const unmet = closest?.unmet.length === 1 ? closest.unmet[0] : undefined;
      const details = {
        at: unmet ? `${at}.${unmet.at}` : at,
        related: closest && [{ object: closest.pod, at: closest.pod.labelsPath, note: "the closest labels" }],
      };
      const data = {
        policy: policy.ref,
        selector: describeSelector(selector),
        where,
        closest: closest && describeClosest(closest),
      };
      if (direction === undefined) report("nothing", { ...details, data });
      else report("peer", { ...details, data: { ...data, direction } });
    };
    if (policy.spec) say(policy.spec.podSelector, "spec.podSelector");
    for (const { direction, peers } of policyRules(policy))
      for (const { at, peer } of peers)
        if (peer?.podSelector && !peer.namespaceSelector && !peer.ipBlock)
          say(peer.podSelector, `${at}.podSelector`, direction === "ingress" ? "from" : "to");
  },

  examples: {
    bad: {
      "the database is labelled otherwise, and so is its client": `
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: database}
        spec:
          podSelector:
            matchLabels:
              app: postgres        #! nothing
              tier: data
          ingress:
            - from:
                - podSelector:
                    matchLabels:
                      app: apii     #! peer
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: db, labels: {app: db, tier: data}}
        spec: {containers: [{name: db, image: "postgres:17"}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: api, labels: {app: api}}
        spec: {containers: [{name: api, image: "api:1.4"}]}`,
    },
    good: {
      "a peer that a controller may make": `
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: manager}
        spec:
          podSelector: {matchLabels: {app: manager}}
          ingress:
            - from: [{podSelector: {matchLabels: {component: instance-manager}}}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: manager, labels: {app: manager}}
        spec: {containers: [{name: manager, image: "manager:1.4"}]}`,
      "every Pod, an address, other namespaces": `
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: default}
        spec:
          podSelector: {}
          ingress:
            - from:
                - ipBlock: {cidr: 10.0.0.0/8}
                - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}}
                  podSelector: {matchLabels: {app: prometheus}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: api, labels: {app: api}}
        spec: {containers: [{name: api, image: "api:1.4"}]}`,
    },
  },
});
