import type { Cause, CauseReason } from "../../apis/index.js";

/**
 * What the API server refuses objects for, by what an author has to think about: one rule each. The first row that fits
 * is a cause's family.
 */
interface FamilyFacts {
  readonly family: string;
  readonly reasons?: readonly CauseReason[];
  /** Of objects of custom kinds. */
  readonly custom?: true;
  /** Of the field, as the server writes it. */
  readonly field?: RegExp;
  readonly having?: (cause: Cause) => boolean;
}

const LABELS = /(^|\.)(labels|annotations|matchLabels|nodeSelector|selector)(\[|$)|\.(matchExpressions|matchFields)\b/;
const AMOUNTS = /(^|\.)(resources|overhead|capacity|hard|limits|allocatable)(\.|\[|$)/;

const FACTS = [
  { family: "custom-rule", custom: true, reasons: ["FieldValueForbidden"] },
  {
    family: "custom-rule",
    custom: true,
    reasons: ["FieldValueInvalid"],
    having: ({ detail }) => detail?.value === undefined,
  },
  {
    family: "expression",
    field: /(^|\.)\w*[eE]xpression$|\bx-kubernetes-validations\b/,
    reasons: ["FieldValueInvalid"],
  },
  { family: "custom-schema", field: /\bopenAPIV3Schema\b/ },
  { family: "label", field: LABELS, having: ({ detail }) => detail?.form === true },
  { family: "name", having: ({ detail, field }) => detail?.form === true && !AMOUNTS.test(field) },
  { family: "admission", reasons: ["Forbidden"] },
  { family: "amount", field: AMOUNTS, reasons: ["FieldValueInvalid", "FieldValueNotSupported", "FieldValueForbidden"] },
  { family: "missing", reasons: ["FieldValueRequired"] },
  { family: "choice", reasons: ["FieldValueNotSupported"] },
  { family: "forbidden", reasons: ["FieldValueForbidden"] },
  { family: "duplicate", reasons: ["FieldValueDuplicate", "FieldDuplicate"] },
  { family: "size", reasons: ["FieldValueTooLong", "FieldValueTooMany"] },
  { family: "undefined-name", reasons: ["FieldValueNotFound"] },
  { family: "range", reasons: ["FieldValueInvalid"], having: ({ detail }) => typeof detail?.value === "number" },
  { family: "combination", reasons: ["FieldValueInvalid"], having: ({ detail }) => detail?.value === undefined },
  { family: "form", reasons: ["FieldValueInvalid", "FieldValueTypeInvalid", "InternalError"] },
] as const satisfies readonly FamilyFacts[];

export type CauseFamily = (typeof FACTS)[number]["family"];

/** Undefined for what the schema says of an object: kinds and fields that are not known. */
export function familyOf(cause: Cause, isCustom: boolean): CauseFamily | undefined {
  const facts: readonly (FamilyFacts & { readonly family: CauseFamily })[] = FACTS;
  return facts.find(
    ({ custom, reasons, field, having }) =>
      (custom === undefined || isCustom) &&
      (reasons === undefined || reasons.includes(cause.reason)) &&
      (field === undefined || field.test(cause.field)) &&
      (having === undefined || having(cause)),
  )?.family;
}
