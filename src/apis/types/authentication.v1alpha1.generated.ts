// Made by scripts/generate-api-types.mjs.
import type * as AuthenticationV1 from "./authentication.v1.generated.js";
import type * as MetaV1 from "./meta.v1.generated.js";

export interface SelfSubjectReview {
  apiVersion?: string;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  status: SelfSubjectReviewStatus;
}

export interface SelfSubjectReviewStatus {
  userInfo: AuthenticationV1.UserInfo;
}
