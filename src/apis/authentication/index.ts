import type { KindTable } from "../kind-rules.js";

/** https://kubernetes.io/docs/reference/access-authn-authz/authentication/ */
export const AUTHENTICATION: KindTable = {};
