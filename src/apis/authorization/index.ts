import type { KindTable } from "../kind-rules.js";

/** https://kubernetes.io/docs/reference/access-authn-authz/authorization/ */
export const AUTHORIZATION: KindTable = {};
