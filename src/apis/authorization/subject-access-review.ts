import { isOn } from "../feature-gates.js";
import type { AdmitContext, KindRules } from "../kind-rules.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { checkOperatorValues, validateLabelRequirement } from "../meta/label-selector.js";
import { METADATA } from "../meta/object-meta.js";
import { checkGiven } from "../meta/values.js";
import type {
  FieldSelectorAttributes,
  LabelSelectorAttributes,
  LocalSubjectAccessReview,
  ResourceAttributes,
  SelfSubjectAccessReview,
  SelfSubjectAccessReviewSpec,
  SubjectAccessReview,
  SubjectAccessReviewSpec,
} from "../types/authorization.v1.generated.js";
import type { FieldSelectorRequirement, ObjectMeta } from "../types/meta.v1.generated.js";

const SPEC = FieldPath.of("spec");
const RESOURCE = SPEC.child("resourceAttributes");
const NON_RESOURCE = SPEC.child("nonResourceAttributes");
/** What the server makes of its own accord. */
const SYSTEM_FIELDS = new Set(["creationTimestamp", "uid"]);

/** https://kubernetes.io/docs/reference/access-authn-authz/authorization/#checking-api-access */
export const SUBJECT_ACCESS_REVIEW: KindRules<SubjectAccessReview> = {
  prepare: dropSelectors,
  validate({ metadata, spec }, errors) {
    validateAttributes(spec, errors);
    validateSubject(spec, errors);
    checkNoMetadata(metadata, errors);
  },
};

export const SELF_SUBJECT_ACCESS_REVIEW: KindRules<SelfSubjectAccessReview> = {
  prepare: dropSelectors,
  validate({ metadata, spec }, errors) {
    validateAttributes(spec, errors);
    checkNoMetadata(metadata, errors);
  },
};

/** A review in one namespace, so that who is allowed no more than that may ask. */
export const LOCAL_SUBJECT_ACCESS_REVIEW: KindRules<LocalSubjectAccessReview> = {
  prepare: dropSelectors,
  validate({ metadata, spec }, errors) {
    validateAttributes(spec, errors);
    validateSubject(spec, errors);
    const { namespace, ...others } = metadata;
    checkNoMetadata(others, errors);
    const { resourceAttributes, nonResourceAttributes } = spec;
    if (resourceAttributes !== undefined && (resourceAttributes.namespace ?? "") !== (namespace ?? ""))
      errors.invalid(
        RESOURCE.child("namespace"),
        resourceAttributes.namespace ?? "",
        `is not the namespace of the review, "${namespace}"`,
      );
    if (nonResourceAttributes !== undefined)
      errors.invalid(NON_RESOURCE, undefined, "is given, and paths are in no namespace");
  },
};

function dropSelectors({ spec }: { spec: SelfSubjectAccessReviewSpec }, { minor }: AdmitContext): void {
  if (spec.resourceAttributes === undefined || isOn("AuthorizeWithSelectors", minor)) return;
  delete spec.resourceAttributes.fieldSelector;
  delete spec.resourceAttributes.labelSelector;
}

function validateAttributes(spec: SelfSubjectAccessReviewSpec, errors: FieldErrors): void {
  const { resourceAttributes, nonResourceAttributes } = spec;
  if (resourceAttributes !== undefined) {
    if (nonResourceAttributes !== undefined)
      errors.invalid(NON_RESOURCE, undefined, "is given beside resourceAttributes");
    validateSelectors(resourceAttributes, errors);
  } else if (nonResourceAttributes === undefined)
    errors.invalid(RESOURCE, undefined, "is missing, and nonResourceAttributes too");
}

function validateSubject({ user, groups = [] }: SubjectAccessReviewSpec, errors: FieldErrors): void {
  if (!user && groups.length === 0) errors.invalid(SPEC.child("user"), "", "is no user, and there are no groups");
}

function validateSelectors({ fieldSelector, labelSelector }: ResourceAttributes, errors: FieldErrors): void {
  if (fieldSelector !== undefined) {
    const at = checkEitherForm(fieldSelector, RESOURCE.child("fieldSelector"), errors);
    fieldSelector.requirements?.forEach((item, i) => void validateFieldRequirement(item, at.index(i), errors));
  }
  if (labelSelector !== undefined) {
    const at = checkEitherForm(labelSelector, RESOURCE.child("labelSelector"), errors);
    labelSelector.requirements?.forEach((item, i) => {
      validateLabelRequirement(item, at.index(i), errors, { unknownOperatorsAllowed: true });
    });
  }
}

/** Answers where the requirements are. */
function checkEitherForm(
  { rawSelector, requirements = [] }: FieldSelectorAttributes | LabelSelectorAttributes,
  at: FieldPath,
  errors: FieldErrors,
): FieldPath {
  if (rawSelector && requirements.length > 0)
    errors.invalid(at.child("rawSelector"), rawSelector, "is given beside requirements");
  if (!rawSelector && requirements.length === 0)
    errors.required(at.child("requirements"), "a selector has requirements or rawSelector");
  return at.child("requirements");
}

function validateFieldRequirement(requirement: FieldSelectorRequirement, at: FieldPath, errors: FieldErrors): void {
  checkGiven(requirement.key, at.child("key"), errors);
  // Callers may know operators that the server does not.
  checkOperatorValues(requirement.operator, requirement.values ?? [], at, errors);
}

/** A review is no object that would have a name. */
function checkNoMetadata(metadata: Readonly<ObjectMeta>, errors: FieldErrors): void {
  for (const [field, value] of Object.entries(metadata)) {
    if (SYSTEM_FIELDS.has(field) || isEmpty(value)) continue;
    errors.invalid(METADATA, undefined, `has ${field}, and a review has no such metadata`);
    return;
  }
}

const isEmpty = (value: unknown): boolean => !value || (typeof value === "object" && Object.keys(value).length === 0);
