import type { KindRules } from "../kind-rules.js";
import { FieldPath } from "../meta/field-path.js";
import { pathSegmentFault } from "../meta/names.js";
import type { ClusterRoleBinding } from "../types/rbac.v1.generated.js";
import { setBindingDefaults, validateRoleRef, validateSubject } from "./role-binding.js";

const SUBJECTS = FieldPath.of("subjects");

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding */
export const CLUSTER_ROLE_BINDING: KindRules<ClusterRoleBinding> = {
  defaults: setBindingDefaults,
  nameForm: pathSegmentFault,
  validate({ roleRef, subjects }, errors) {
    validateRoleRef(roleRef, ["ClusterRole"], errors);
    subjects?.forEach((subject, i) => void validateSubject(subject, false, SUBJECTS.index(i), errors));
  },
};
