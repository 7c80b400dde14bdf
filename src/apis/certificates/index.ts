import type { KindTable } from "../kind-rules.js";

/** https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/ */
export const CERTIFICATES: KindTable = {};
