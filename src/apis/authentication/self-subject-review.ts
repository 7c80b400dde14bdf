import type { KindRules } from "../kind-rules.js";
import type { SelfSubjectReview } from "../types/authentication.v1.generated.js";

/**
 * Answered with nothing of what was sent.
 * https://kubernetes.io/docs/reference/access-authn-authz/authentication/#self-subject-review
 */
export const SELF_SUBJECT_REVIEW: KindRules<SelfSubjectReview> = {
  prepare(review) {
    review.metadata = {};
  },
};
