import { defineRule, list, powersOf, SENSITIVE_POWERS } from "../../src/rule-api.js";

export default defineRule({
  id: "rbac-sensitive-access",
  category: "security",
  preset: "strict",
  since: "0.1.0",
  kinds: ["ClusterRole", "Role"],
  summary: "A role that gives access to Secrets, Pods, tokens or admission deserves a look.",
  why: `Who reads Secrets has the tokens and passwords in them; who creates Pods runs them under any ServiceAccount of the
    namespace; who runs commands in a Pod is that Pod; who changes webhooks sees and changes what others write. Many
    controllers need one of these, which is why only the preset strict asks. Wildcards are rbac-wildcards.`,
  references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks"],

  messages: {
    power: (d: { role: string; words: string; verbs: readonly string[]; resource: string; names: boolean }) => ({
      text: `${d.role} may ${d.words}: ${list(d.verbs, 8)} on ${d.resource}`,
      help: d.names
        ? "Name the objects in resourceNames, or ignore this where it is needed"
        : "Ignore this where it is needed",
    }),
  },

  check(role, { report }) {
    // The rules of an aggregated role are the controller's.
    if ("aggregationRule" in role.object && role.object.aggregationRule) return;
    role.object.rules?.forEach((rule, i) => {
      for (const { power, at, given, verbs } of powersOf(rule, SENSITIVE_POWERS))
        report("power", {
          at: `rules[${i}].${at}`,
          data: { role: role.ref, words: power.words, verbs, resource: given, names: power.unlessNamed === true },
        });
    });
  },

  examples: {
    bad: {
      "Secrets, commands and Deployments": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: deployer, namespace: shop}
        rules:
          - apiGroups: [""]
            resources: [configmaps, secrets]   #! power
            verbs: [get, list]
          - apiGroups: [""]
            resources: [pods/exec]   #! power
            verbs: [create]
          - apiGroups: [apps]
            resources: [deployments]   #! power
            verbs: [get, create, update]`,
    },
    good: {
      "one Secret, and Pods that are only read": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: reader, namespace: shop}
        rules:
          - {apiGroups: [""], resources: [secrets], resourceNames: [shop-tls], verbs: [get]}
          - {apiGroups: [""], resources: [pods, pods/log], verbs: [get, list, watch]}`,
    },
  },
});
