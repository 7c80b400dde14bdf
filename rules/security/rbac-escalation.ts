import { defineRule, ESCALATING_POWERS, list, powersOf } from "../../src/rule-api.js";

export default defineRule({
  id: "rbac-escalation",
  category: "security",
  since: "0.1.0",
  kinds: ["ClusterRole", "Role"],
  summary: "A role must not let its holders reach permissions that nobody gave them.",
  why: `The verbs escalate and bind lift the rule that nobody hands out more than they hold; impersonate lets one be somebody
    else, an administrator too; nodes/proxy talks to the kubelets, where neither admission nor audit look on, and even get
    suffices to run commands. A rule that names the objects with resourceNames is left alone. Wildcards are
    rbac-wildcards.`,
  references: [
    "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks",
    "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping",
  ],

  messages: {
    power: (d: { role: string; words: string; verbs: readonly string[]; resource: string; names: boolean }) => ({
      text: `${d.role} may ${d.words}: ${list(d.verbs, 8)} on ${d.resource}`,
      help: d.names ? "Leave it out, or name the objects in resourceNames" : "Leave it out",
    }),
  },

  check(role, { report }) {
    // The rules of an aggregated role are the controller's.
    if ("aggregationRule" in role.object && role.object.aggregationRule) return;
    role.object.rules?.forEach((rule, i) => {
      for (const { power, at, given, verbs } of powersOf(rule, ESCALATING_POWERS))
        report("power", {
          at: `rules[${i}].${at}`,
          data: { role: role.ref, words: power.words, verbs, resource: given, names: given !== "nodes/proxy" },
        });
    });
  },

  examples: {
    bad: {
      "an operator that writes roles, and a dashboard that acts for its users": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: tenant-operator}
        rules:
          - apiGroups: [rbac.authorization.k8s.io]
            resources: [clusterroles]   #! power
            verbs: [get, create, escalate]
          - apiGroups: [rbac.authorization.k8s.io]
            resources: [roles]   #! power
            verbs: [bind]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: dashboard}
        rules:
          - apiGroups: [""]
            resources:
              - users   #! power
              - groups
            verbs: [impersonate]
          - apiGroups: [""]
            resources: [nodes/proxy]   #! power
            verbs: [get]`,
    },
    good: {
      "the roles and users are named, and metrics have a subresource of their own": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: tenant-operator}
        rules:
          - apiGroups: [rbac.authorization.k8s.io]
            resources: [clusterroles]
            resourceNames: [tenant-view, tenant-edit]
            verbs: [bind]
          - apiGroups: [""]
            resources: [users]
            resourceNames: [robot]
            verbs: [impersonate]
          - {apiGroups: [""], resources: [nodes/metrics], verbs: [get]}`,
    },
  },
});
