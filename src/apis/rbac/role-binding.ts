import type { KindRules } from "../kind-rules.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { checkForm, dnsSubdomainFault, pathSegmentFault } from "../meta/names.js";
import type { RoleBinding, RoleRef, Subject } from "../types/rbac.v1.generated.js";

export const RBAC_GROUP = "rbac.authorization.k8s.io";
const ROLE_REF = FieldPath.of("roleRef");
const SUBJECTS = FieldPath.of("subjects");
/** The API group of each kind of subject. */
const SUBJECT_GROUPS: ReadonlyMap<string, string> = new Map([
  ["ServiceAccount", ""],
  ["User", RBAC_GROUP],
  ["Group", RBAC_GROUP],
]);

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding */
export const ROLE_BINDING: KindRules<RoleBinding> = {
  defaults: setBindingDefaults,
  nameForm: pathSegmentFault,
  validate({ roleRef, subjects }, errors) {
    validateRoleRef(roleRef, ["Role", "ClusterRole"], errors);
    subjects?.forEach((subject, i) => void validateSubject(subject, true, SUBJECTS.index(i), errors));
  },
};

export function setBindingDefaults({ roleRef, subjects }: Pick<RoleBinding, "roleRef" | "subjects">): void {
  if (roleRef.apiGroup === "") roleRef.apiGroup = RBAC_GROUP;
  for (const subject of subjects ?? []) {
    const group = SUBJECT_GROUPS.get(subject.kind);
    if (group) subject.apiGroup ??= group;
  }
}

export function validateRoleRef(roleRef: RoleRef, kinds: readonly string[], errors: FieldErrors): void {
  if (roleRef.apiGroup !== RBAC_GROUP) errors.notSupported(ROLE_REF.child("apiGroup"), roleRef.apiGroup, [RBAC_GROUP]);
  if (!kinds.includes(roleRef.kind)) errors.notSupported(ROLE_REF.child("kind"), roleRef.kind, kinds);
  if (roleRef.name === "") errors.required(ROLE_REF.child("name"));
  else checkForm(pathSegmentFault, roleRef.name, ROLE_REF.child("name"), errors);
}

/** A ServiceAccount without a namespace is taken from the binding's, where that has one. */
export function validateSubject(subject: Subject, namespaced: boolean, at: FieldPath, errors: FieldErrors): void {
  const { kind, name, namespace, apiGroup = "" } = subject;
  if (name === "") errors.required(at.child("name"));
  const group = SUBJECT_GROUPS.get(kind);
  if (group === undefined) {
    errors.notSupported(at.child("kind"), kind, [...SUBJECT_GROUPS.keys()]);
    return;
  }
  if (kind === "ServiceAccount" && name !== "") checkForm(dnsSubdomainFault, name, at.child("name"), errors);
  if (apiGroup !== group) errors.notSupported(at.child("apiGroup"), apiGroup, [group]);
  if (kind === "ServiceAccount" && !namespaced && !namespace)
    errors.required(at.child("namespace"), "a ClusterRoleBinding has none to take it from");
}
