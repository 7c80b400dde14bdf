import type { KindRules } from "../kind-rules.js";
import type { SelfSubjectRulesReview } from "../types/authorization.v1.generated.js";

/** Answered with nothing of what was asked: https://kubernetes.io/docs/reference/access-authn-authz/authorization/ */
export const SELF_SUBJECT_RULES_REVIEW: KindRules<SelfSubjectRulesReview> = {
  malformed: ({ spec }) => (spec.namespace ? undefined : "spec.namespace is not given: rules are those of a namespace"),
  prepare(review) {
    review.metadata = {};
    review.spec = {};
  },
};
