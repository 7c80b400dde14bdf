import { defineRule, findVerbMistakes, isReviewWithoutCreate, list } from "../../src/rule-api.js";

const quoted = (items: readonly string[]): string =>
  list(
    items.map((item) => `"${item}"`),
    8,
  );

export default defineRule({
  id: "role-verb-unknown",
  category: "correctness",
  severity: "warning",
  since: "0.1.0",
  kinds: ["Role", "ClusterRole"],
  summary: "The verbs of a role must be ones that requests have.",
  why: `The authorizer compares the verb of the request (\`get\`, \`list\`, \`watch\`, \`create\`, \`update\`, \`patch\`, \`delete\`,
    \`deletecollection\`) with the text of the rule. Any other text is accepted and grants nothing.`,
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb"],

  messages: {
    unknown: (d: { role: string; given: string; meant: readonly string[]; ofUrls: boolean }) => ({
      text: `${d.role} grants the verb "${d.given}", which no request has`,
      help:
        d.meant.length > 0
          ? `Did you mean ${quoted(d.meant)}?`
          : d.ofUrls
            ? "Requests to URLs have get, post, put, patch, delete, head and options"
            : "Requests have get, list, watch, create, update, patch, delete and deletecollection",
    }),
    reviewWithoutCreate: (d: { role: string; resource: string; verbs: readonly string[] }) => ({
      text: `${d.role} grants ${quoted(d.verbs)} on "${d.resource}", which can only be created`,
      help: 'Grant "create"',
    }),
  },

  check(role, { cluster, report }) {
    const rules = role.object.rules ?? [];
    rules.forEach((rule, i) => {
      for (const { at, given, meant } of findVerbMistakes(cluster.types, rule)) {
        const where = `rules[${i}].${at}`;
        report("unknown", {
          at: where,
          data: { role: role.ref, given, meant, ofUrls: (rule.nonResourceURLs?.length ?? 0) > 0 },
          fix:
            meant.length === 1 && !rule.verbs?.includes(meant[0]!)
              ? {
                  description: `Change "${given}" to "${meant[0]}"`,
                  safe: false,
                  edits: [{ at: where, value: JSON.stringify(meant[0]) }],
                }
              : undefined,
        });
      }
      rule.resources?.forEach((resource, k) => {
        const created = rules.some((other) => other.resources?.includes(resource) && other.verbs?.includes("create"));
        if (isReviewWithoutCreate(rule, resource) && !created)
          report("reviewWithoutCreate", {
            at: `rules[${i}].resources[${k}]`,
            data: { role: role.ref, resource, verbs: rule.verbs ?? [] },
          });
      });
    });
  },

  examples: {
    bad: {
      "capitals, and words of everyday language": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: reader}
        rules:
          - apiGroups: [""]
            resources: [services]
            verbs:
              - GET   #! unknown
              - read   #! unknown
              - list
          - apiGroups: [""]
            resources: [pods]
            verbs:
              - delete-collection   #! unknown`,
      "only get, where there is only create": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: authenticator}
        rules:
          - apiGroups: [authentication.k8s.io]
            resources:
              - tokenreviews   #! reviewWithoutCreate
            verbs: [get, list, watch]
          - nonResourceURLs: [/metrics]
            verbs:
              - list   #! unknown`,
    },
    good: {
      "special verbs, and verbs of groups that are not known": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: operator}
        rules:
          - apiGroups: [rbac.authorization.k8s.io]
            resources: [clusterroles]
            verbs: [bind, escalate]
          - apiGroups: [""]
            resources: [users, groups]
            verbs: [impersonate]
          - apiGroups: [certificates.k8s.io]
            resources: [signers]
            resourceNames: [example.com/*]
            verbs: [sign, approve]
          - apiGroups: [security.openshift.io]
            resources: [securitycontextconstraints]
            verbs: [use]
          - apiGroups: [example.com]
            resources: [pipelines]
            verbs: [approve-run]
          - nonResourceURLs: [/metrics]
            verbs: [get]`,
    },
  },
});
