import { USAGES } from "../../schema/certificate-usages.js";
import type { KindRules } from "../kind-rules.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { byteLength, dnsLabelFault, dnsSubdomainFault } from "../meta/names.js";
import { ADMINISTRATOR } from "../surroundings.js";
import type { CertificateSigningRequest } from "../types/certificates.v1.generated.js";
import { type Pkcs10Request, parseRequest, signatureFault } from "./pkcs10.js";

const SPEC = FieldPath.of("spec");
const REQUEST = SPEC.child("request");
const SIGNER = SPEC.child("signerName");
const SHORTEST_LIFE = 600;
const LONGEST_DOMAIN = 253;
/** A domain, a slash, and the names of a namespace and of an object within. */
const LONGEST_SIGNER = 571;
/** Of v1beta1 alone. */
const LEGACY_SIGNER = "kubernetes.io/legacy-unknown";
const CLIENT_SIGNER = "kubernetes.io/kube-apiserver-client";
/** May do everything, whatever RBAC says. */
const MASTERS = "system:masters";

/** https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/ */
export const CERTIFICATE_SIGNING_REQUEST: KindRules<CertificateSigningRequest> = {
  prepare({ spec }) {
    delete spec.extra;
    const { name, uid, groups } = ADMINISTRATOR;
    Object.assign(spec, { username: name, uid, groups: [...groups] });
  },
  nameForm: () => undefined,
  validate({ spec }, errors) {
    const parsed = parsedRequest(spec.request);
    const fault = typeof parsed === "string" ? parsed : signatureFault(parsed);
    if (fault !== undefined) errors.invalid(REQUEST, undefined, fault);
    const { usages = [], expirationSeconds } = spec;
    if (usages.length === 0) errors.required(SPEC.child("usages"), "a certificate is for some use");
    usages.forEach((usage, i) => {
      const at = SPEC.child("usages").index(i);
      if (!USAGES.includes(usage)) errors.notSupported(at, usage, USAGES);
      if (usages.indexOf(usage) < i) errors.duplicate(at, usage);
    });
    validateSigner(spec.signerName, errors);
    if (expirationSeconds !== undefined && expirationSeconds < SHORTEST_LIFE)
      errors.invalid(SPEC.child("expirationSeconds"), expirationSeconds, `is less than ${SHORTEST_LIFE}`);
  },
  // https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#certificatesubjectrestriction
  admit({ spec }) {
    if (spec.signerName !== CLIENT_SIGNER) return undefined;
    const parsed = parsedRequest(spec.request);
    if (typeof parsed === "string" || !parsed.organizations.includes(MASTERS)) return undefined;
    return `No certificate of signer ${CLIENT_SIGNER} is for group ${MASTERS}`;
  },
};

/** Bytes that were not given are null. */
const parsedRequest = (base64: string | null): Pkcs10Request | string =>
  parseRequest(Buffer.from(base64 ?? "", "base64").toString("latin1"));

function validateSigner(name: string, errors: FieldErrors): void {
  if (name === "") {
    errors.required(SIGNER, "a signer takes the request");
    return;
  }
  if (name === LEGACY_SIGNER) {
    errors.invalid(SIGNER, name, "is no signer of this version of the API");
    return;
  }
  const [domain, path, ...others] = name.split("/");
  if (domain === undefined || path === undefined || others.length > 0) {
    errors.invalid(SIGNER, name, "is no signer: a domain, a slash and a path, such as example.com/signer");
    return;
  }
  const labels = domain.split(".");
  if (byteLength(domain) > LONGEST_DOMAIN) errors.tooLong(SIGNER, LONGEST_DOMAIN);
  if (labels.some((label) => dnsLabelFault(label) !== undefined))
    errors.invalid(SIGNER, domain, "is no domain: it has parts that are no DNS labels");
  if (labels.length < 2) errors.invalid(SIGNER, domain, "is no domain of two parts or more");
  if (path.split(".").some((part) => dnsSubdomainFault(part) !== undefined))
    errors.invalid(SIGNER, path, "has parts that are no DNS names");
  if (byteLength(name) > LONGEST_SIGNER) errors.tooLong(SIGNER, LONGEST_SIGNER);
}
