import { type BootstrapRole, readGrants } from "./bootstrap-notation.js";
import { BOOTSTRAP_BINDINGS, BOOTSTRAP_CLUSTER_ROLES, BOOTSTRAP_ROLES } from "./bootstrap-roles.js";
import type { PolicyBinding, PolicyRole } from "./policy-objects.js";

/** The roles that every cluster of a minor has. */
export const bootstrapRoles = (minor: number): readonly PolicyRole[] => [
  ...BOOTSTRAP_CLUSTER_ROLES.filter(({ since = 0 }) => since <= minor).map((role) =>
    policyRole(role, "ClusterRole", "", minor),
  ),
  ...BOOTSTRAP_ROLES.map((role) => policyRole(role, "Role", role.namespace, minor)),
];

const AGGREGATION = "rbac.authorization.k8s.io/aggregate-to-";

const policyRole = (role: BootstrapRole, kind: PolicyRole["kind"], namespace: string, minor: number): PolicyRole => ({
  kind,
  name: role.name,
  namespace,
  labels: {
    "kubernetes.io/bootstrapping": "rbac-defaults",
    ...(role.aggregatesTo && { [AGGREGATION + role.aggregatesTo]: "true" }),
  },
  rules: readGrants(role.rules ?? [], minor),
  ...(role.aggregates && { selectors: [{ matchLabels: { [AGGREGATION + role.aggregates]: "true" } }] }),
});

const CONTROLLER = "system:controller:";

/** The bindings that every cluster of a minor has. */
export const bootstrapBindings = (minor: number): readonly PolicyBinding[] => [
  ...BOOTSTRAP_BINDINGS.map(
    ({ role, name = role, namespace = "", subjects }): PolicyBinding => ({
      kind: namespace === "" ? "ClusterRoleBinding" : "RoleBinding",
      name,
      namespace,
      roleKind: namespace === "" ? "ClusterRole" : "Role",
      roleName: role,
      subjects: subjects.map(([kind, who]) => ({
        kind,
        name: who,
        ...(kind === "ServiceAccount" && { namespace: "kube-system" }),
      })),
    }),
  ),
  ...BOOTSTRAP_CLUSTER_ROLES.filter(({ name, since = 0 }) => name.startsWith(CONTROLLER) && since <= minor).map(
    ({ name }): PolicyBinding => ({
      kind: "ClusterRoleBinding",
      name,
      namespace: "",
      roleKind: "ClusterRole",
      roleName: name,
      subjects: [{ kind: "ServiceAccount", name: name.slice(CONTROLLER.length), namespace: "kube-system" }],
    }),
  ),
];
