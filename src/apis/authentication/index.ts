import { type KindTable, rulesFor } from "../kind-rules.js";
import { SELF_SUBJECT_REVIEW } from "./self-subject-review.js";
import { TOKEN_REVIEW } from "./token-review.js";

/** https://kubernetes.io/docs/reference/access-authn-authz/authentication/ */
export const AUTHENTICATION: KindTable = {
  "authentication.k8s.io/v1 SelfSubjectReview": rulesFor(SELF_SUBJECT_REVIEW),
  "authentication.k8s.io/v1 TokenReview": rulesFor(TOKEN_REVIEW),
  "authentication.k8s.io/v1beta1 SelfSubjectReview": rulesFor(SELF_SUBJECT_REVIEW),
};
