import { defineRule, findRuleMistakes, list } from "../../src/rule-api.js";

const quoted = (items: readonly string[]): string =>
  list(
    items.map((item) => `"${item}"`),
    8,
  );
const inGroups = (groups: readonly string[]): string =>
  groups.length > 1
    ? `API groups ${quoted(groups)}`
    : groups[0] === ""
      ? "the core API group"
      : `API group ${quoted(groups)}`;

export default defineRule({
  id: "role-resource-unknown",
  category: "correctness",
  severity: "warning",
  since: "0.1.0",
  kinds: ["Role", "ClusterRole"],
  summary: "The resources of a role must be ones that the API serves, under the names it has for them.",
  why: `The authorizer compares the text of the rule with that of the request: \`configmaps\`, plural and in small
    letters, in the API group without its version. Anything else is accepted and grants nothing. Groups that are not built in count only
    where the input has their CRDs.`,
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources"],

  messages: {
    group: (d: { role: string; given: string; group: string }) => ({
      text: `${d.role} has rules for the API group "${d.given}", which does not exist; they grant nothing`,
      help: d.group === "" ? `The core group is written ""` : `Did you mean "${d.group}"?`,
    }),
    formerGroup: (d: { role: string; given: string; resources: readonly string[]; groups: readonly string[] }) => ({
      text: `${d.role} has rules for the API group "${d.given}", which no longer exists; they grant nothing`,
      help: `${list(d.resources)} ${d.resources.length === 1 ? "is" : "are"} in API ${d.groups.length === 1 ? "group" : "groups"} ${quoted(d.groups)} now`,
    }),
    resource: (d: { role: string; given: string; groups: readonly string[]; meant?: string; group?: string }) => ({
      text: `${d.role} grants access to "${d.given}", which ${inGroups(d.groups)} ${d.groups.length === 1 ? "does" : "do"} not have; the rule grants nothing on it`,
      help:
        d.group !== undefined
          ? `"${d.meant}" is in ${inGroups([d.group])}`
          : d.meant !== undefined
            ? `Did you mean "${d.meant}"?`
            : `\`kubectl api-resources\` lists the names that a cluster has`,
    }),
    subresource: (d: {
      role: string;
      given: string;
      resource: string;
      meant?: string;
      present: readonly string[];
    }) => ({
      text: `${d.role} grants access to "${d.given}", a subresource that "${d.resource}" does not have; the rule grants nothing on it`,
      help:
        d.meant !== undefined
          ? `Did you mean "${d.meant}"?`
          : d.present.length > 0
            ? `There are ${list(d.present, 12)}`
            : `"${d.resource}" has no subresources`,
    }),
    wildcard: (d: { role: string; given: string; meant: string }) => ({
      text: `${d.role} grants access to "${d.given}", which matches nothing`,
      help:
        d.meant === "*"
          ? `"*" alone stands for every resource and subresource`
          : `List the subresources one by one ("${d.meant}status"), or use "*" for everything`,
    }),
  },

  check(role, { cluster, report }) {
    const rules = role.object.rules ?? [];
    rules.forEach((rule, i) => {
      for (const mistake of findRuleMistakes(cluster.types, rule, rules)) {
        const { type, at, ...data } = mistake;
        const where = `rules[${i}].${at}`;
        const named = { role: role.ref, ...data };
        const rename =
          mistake.type === "group"
            ? mistake.group
            : mistake.type === "resource" && mistake.group !== undefined
              ? undefined
              : mistake.type === "wildcard" || mistake.type === "formerGroup"
                ? undefined
                : mistake.meant;
        report(type, {
          at: where,
          data: named as never,
          fix:
            rename === undefined
              ? undefined
              : {
                  description: `Change "${mistake.given}" to "${rename}"`,
                  safe: false,
                  edits: [{ at: where, value: JSON.stringify(rename) }],
                },
        });
      }
    });
  },

  examples: {
    bad: {
      "kinds, singulars, a short name and a wrong group": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: reader}
        rules:
          - apiGroups: [""]
            resources:
              - ConfigMap   #! resource
              - pod   #! resource
              - svc   #! resource
              - deployments   #! resource
            verbs: [get]
          - apiGroups: [apps]
            resources:
              - daemonsets.apps   #! resource
            verbs: [get]
          - apiGroups:
              - extensions   #! formerGroup
            resources: [ingresses]
            verbs: [get]`,
      "groups that are none": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: reader}
        rules:
          - apiGroups:
              - core   #! group
            resources: [secrets]
            verbs: [get]
          - apiGroups:
              - apps/v1   #! group
            resources: [statefulsets]
            verbs: [get]
          - apiGroups:
              - rbac   #! group
            resources: ["*"]
            verbs: [get]`,
      subresources: `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: debug}
        rules:
          - apiGroups: [""]
            resources:
              - pods/logs   #! subresource
              - configmaps/status   #! subresource
              - pods/*   #! wildcard
            verbs: [get]`,
    },
    good: {
      "custom resources without their CRD, former groups beside today's, wildcards": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: operator}
        rules:
          - apiGroups: [monitoring.coreos.com]
            resources: [prometheuses, prometheuses/finalizers]
            verbs: ["*"]
          - apiGroups: [extensions, networking.k8s.io]
            resources: [ingresses, ingresses/status]
            verbs: [get, list, watch]
          - apiGroups: [extensions]
            resources: [ingresses]
            verbs: [get]
          - apiGroups: ["*"]
            resources: ["*", "*/scale"]
            verbs: [get]
          - apiGroups: [metrics.k8s.io, ""]
            resources: [pods, nodes, nodes/metrics]
            verbs: [get]
          - apiGroups: [""]
            resources: [pods/log, users, "serviceaccounts/token"]
            verbs: ["*"]
          - apiGroups: [authentication.k8s.io]
            resources: [tokenreviews, userextras/scopes]
            verbs: [create, impersonate]`,
    },
  },
});
