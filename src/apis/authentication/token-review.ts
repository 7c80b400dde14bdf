import type { KindRules } from "../kind-rules.js";
import type { TokenReview } from "../types/authentication.v1.generated.js";

/** https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-review-v1/ */
export const TOKEN_REVIEW: KindRules<TokenReview> = {
  malformed: ({ spec }) => (spec.token ? undefined : "spec.token is not given"),
};
