import { defineRule, list } from "../../src/rule-api.js";

/** Requests that carry no name the authorizer could compare. */
const NAMELESS = ["create", "deletecollection"];

export default defineRule({
  id: "role-resource-names-ineffective",
  category: "correctness",
  severity: "warning",
  since: "0.1.0",
  kinds: ["Role", "ClusterRole"],
  summary: "A rule with `resourceNames` cannot grant `create` or `deletecollection`.",
  why: `When an object is created, its name is not known to the authorizer, and a collection has none: a rule that is
    limited to names never matches such a request, so the verb is granted to nobody.`,
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources"],

  messages: {
    nameless: (d: { role: string; verb: string; resources: readonly string[] }) => ({
      text: `${d.role} grants "${d.verb}" on ${list(d.resources)} by name, but such a request has no name; nothing is granted`,
      help: `Grant "${d.verb}" in a rule without resourceNames`,
    }),
  },

  check(role, { report }) {
    const rules = role.object.rules ?? [];
    rules.forEach((rule, i) => {
      if ((rule.resourceNames?.length ?? 0) === 0) return;
      rule.verbs?.forEach((verb, j) => {
        if (!NAMELESS.includes(verb)) return;
        // Requests to a subresource (`pods/exec`) do have the name; what another rule grants without names is granted.
        const resources = (rule.resources ?? []).filter(
          (resource) =>
            !resource.includes("/") &&
            !rules.some(
              (other) =>
                !other.resourceNames?.length &&
                (other.verbs?.includes(verb) || other.verbs?.includes("*")) &&
                (other.resources?.includes(resource) || other.resources?.includes("*")),
            ),
        );
        if (resources.length === 0) return;
        report("nameless", { at: `rules[${i}].verbs[${j}]`, data: { role: role.ref, verb, resources } });
      });
    });
  },

  examples: {
    bad: {
      "a lock that cannot be made": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: leader-election}
        rules:
          - apiGroups: [coordination.k8s.io]
            resources: [leases]
            resourceNames: [operator-lock]
            verbs:
              - get
              - update
              - create   #! nameless`,
    },
    good: {
      "granted in another rule; subresources; list and watch": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: leader-election}
        rules:
          - apiGroups: [coordination.k8s.io]
            resources: [leases]
            resourceNames: [operator-lock]
            verbs: [get, list, watch, update, create]
          - apiGroups: [coordination.k8s.io]
            resources: [leases]
            verbs: [create]
          - apiGroups: [""]
            resources: [pods/exec, serviceaccounts/token]
            resourceNames: [shell]
            verbs: [create]`,
    },
  },
});
