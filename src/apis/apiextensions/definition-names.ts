import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { checkForm, dns1035LabelFault } from "../meta/names.js";
import { parseUrl } from "../meta/urls.js";
import type { CustomResourceDefinition, CustomResourceDefinitionNames } from "../types/apiextensions.v1.generated.js";

const NAMES = FieldPath.of("spec", "names");
const APPROVAL = "api-approved.kubernetes.io";
/** Groups of the project itself: https://kubernetes.io/docs/reference/labels-annotations-taints/#api-approved-kubernetes-io */
const PROTECTED = /(^|\.)(k8s|kubernetes)\.io$/;

export function setNameDefaults(names: CustomResourceDefinitionNames): void {
  if (!names.singular && names.kind !== "") names.singular = names.kind.toLowerCase();
  if (!names.listKind && names.kind !== "") names.listKind = `${names.kind}List`;
}

/** All of them are required, and labels; kinds may have capitals. */
export function validateNames(names: CustomResourceDefinitionNames, errors: FieldErrors): void {
  for (const field of ["plural", "singular", "kind", "listKind"] as const) {
    const name = names[field] ?? "";
    const isKind = field === "kind" || field === "listKind";
    if (name === "") errors.required(NAMES.child(field));
    else checkForm((text) => dns1035LabelFault(isKind ? text.toLowerCase() : text), name, NAMES.child(field), errors);
  }
  if (names.kind !== "" && names.kind === names.listKind)
    errors.invalid(NAMES.child("listKind"), names.listKind, "is the kind of the single object, too");
  for (const field of ["shortNames", "categories"] as const)
    names[field]?.forEach((name, i) => void checkForm(dns1035LabelFault, name, NAMES.child(field).index(i), errors));
}

export function validateApproval({ metadata, spec }: CustomResourceDefinition, errors: FieldErrors): void {
  if (!PROTECTED.test(spec.group)) return;
  const at = FieldPath.of("metadata", "annotations").key(APPROVAL);
  const approval = metadata.annotations?.[APPROVAL] ?? "";
  if (approval === "") errors.required(at, `group ${spec.group} is the Kubernetes project's own`);
  else if (!approval.startsWith("unapproved")) {
    const url = parseUrl(approval);
    if (!url?.scheme || !url.host)
      errors.invalid(at, approval, 'is no URL of an approval, nor starts with "unapproved"');
  }
}
