import { type KindTable, rulesFor } from "../kind-rules.js";
import { CERTIFICATE_SIGNING_REQUEST } from "./certificate-signing-request.js";

/** https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/ */
export const CERTIFICATES: KindTable = {
  "certificates.k8s.io/v1 CertificateSigningRequest": rulesFor(CERTIFICATE_SIGNING_REQUEST),
};
