import { type KindTable, rulesFor } from "../kind-rules.js";
import { CLUSTER_ROLE_BINDING } from "./cluster-role-binding.js";
import { CLUSTER_ROLE, ROLE } from "./role.js";
import { ROLE_BINDING } from "./role-binding.js";

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/ */
export const RBAC: KindTable = {
  "rbac.authorization.k8s.io/v1 ClusterRole": rulesFor(CLUSTER_ROLE),
  "rbac.authorization.k8s.io/v1 ClusterRoleBinding": rulesFor(CLUSTER_ROLE_BINDING),
  "rbac.authorization.k8s.io/v1 Role": rulesFor(ROLE),
  "rbac.authorization.k8s.io/v1 RoleBinding": rulesFor(ROLE_BINDING),
};
