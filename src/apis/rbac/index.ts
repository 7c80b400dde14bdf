import { type KindTable, rulesFor } from "../kind-rules.js";
import { ROLE_BINDING } from "./role-binding.js";

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/ */
export const RBAC: KindTable = { "rbac.authorization.k8s.io/v1 RoleBinding": rulesFor(ROLE_BINDING) };
