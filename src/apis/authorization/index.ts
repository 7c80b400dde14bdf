import { type KindTable, rulesFor } from "../kind-rules.js";
import { SELF_SUBJECT_RULES_REVIEW } from "./self-subject-rules-review.js";
import {
  LOCAL_SUBJECT_ACCESS_REVIEW,
  SELF_SUBJECT_ACCESS_REVIEW,
  SUBJECT_ACCESS_REVIEW,
} from "./subject-access-review.js";

/** https://kubernetes.io/docs/reference/access-authn-authz/authorization/ */
export const AUTHORIZATION: KindTable = {
  "authorization.k8s.io/v1 LocalSubjectAccessReview": rulesFor(LOCAL_SUBJECT_ACCESS_REVIEW),
  "authorization.k8s.io/v1 SelfSubjectAccessReview": rulesFor(SELF_SUBJECT_ACCESS_REVIEW),
  "authorization.k8s.io/v1 SelfSubjectRulesReview": rulesFor(SELF_SUBJECT_RULES_REVIEW),
  "authorization.k8s.io/v1 SubjectAccessReview": rulesFor(SUBJECT_ACCESS_REVIEW),
};
