import type { FieldErrors } from "./field-errors.js";
import type { FieldPath } from "./field-path.js";
import { checkForm, dns1035LabelFault, dnsSubdomainFault } from "./names.js";
import { parseUrl } from "./urls.js";
import { checkPortNumber } from "./values.js";

/** Where a webhook is called, of admission or of a conversion. */
export interface WebhookTarget {
  readonly url?: string;
  readonly service?: WebhookService;
}

export interface WebhookService {
  readonly name: string;
  readonly namespace: string;
  readonly path?: string;
  port?: number;
}

const HTTPS = 443;
/** Versions of reviews that the server sends: https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/ */
const REVIEW_VERSIONS = ["v1", "v1beta1"];

export function setServiceDefaults(service: WebhookService | undefined): void {
  if (service !== undefined) service.port ??= HTTPS;
}

/** Exactly one of a URL and a Service. */
export function validateWebhookTarget({ url, service }: WebhookTarget, at: FieldPath, errors: FieldErrors): void {
  if ((url === undefined) === (service === undefined)) errors.required(at, "exactly one of url and service is given");
  else if (url !== undefined) validateUrl(url, at.child("url"), errors);
  else if (service !== undefined) validateService(service, at.child("service"), errors);
}

function validateUrl(url: string, at: FieldPath, errors: FieldErrors): void {
  const parts = parseUrl(url);
  if (parts === undefined) {
    errors.required(at, "what is given cannot be read as a URL");
    return;
  }
  if (parts.scheme !== "https") errors.invalid(at, url, "does not start with https");
  if (parts.host === "") errors.invalid(at, url, "names no host");
  if (parts.hasUser) errors.invalid(at, url, "names a user");
  if (parts.fragment !== "") errors.invalid(at, url, "has a fragment");
  if (parts.query !== "") errors.invalid(at, url, "has a query");
}

function validateService({ name, namespace, path, port = HTTPS }: WebhookService, at: FieldPath, errors: FieldErrors) {
  // The server takes the one for the other where it reports that one is missing.
  if (namespace === "") errors.required(at.child("name"), "the Service has a name and a namespace");
  if (name === "") errors.required(at.child("namespace"), "the Service has a name and a namespace");
  checkPortNumber(port, at.child("port"), errors);
  if (path !== undefined && path !== "" && path !== "/") validateServicePath(path, at.child("path"), errors);
}

/** Each step has the form of a DNS name. */
function validateServicePath(path: string, at: FieldPath, errors: FieldErrors): void {
  if (path === "//") {
    errors.invalid(at, path, "has an empty step");
    return;
  }
  if (!path.startsWith("/")) errors.invalid(at, path, "does not start with a slash");
  for (const step of path.slice(1).replace(/\/$/, "").split("/")) {
    const fault = step === "" ? "is empty" : dnsSubdomainFault(step);
    if (fault !== undefined) errors.invalid(at, path, `has a step that ${fault}`);
  }
}

/** The versions of reviews that a webhook understands, of which the server has to know one. */
export function validateReviewVersions(versions: readonly string[] | null, at: FieldPath, errors: FieldErrors): void {
  if (!versions?.length) {
    errors.required(at, `one of ${REVIEW_VERSIONS.join(", ")} is needed`);
    return;
  }
  versions.forEach((version, i) => {
    if (versions.indexOf(version) < i) errors.invalid(at.index(i), version, "is in the list already");
    else checkForm(dns1035LabelFault, version, at.index(i), errors);
  });
  if (!versions.some((version) => REVIEW_VERSIONS.includes(version)))
    errors.invalid(at, undefined, `has none of ${REVIEW_VERSIONS.join(", ")}, the versions that the server sends`);
}
