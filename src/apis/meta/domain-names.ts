import type { FieldErrors } from "./field-errors.js";
import type { FieldPath } from "./field-path.js";
import { checkForm, dnsSubdomainFault, type NameCheck, wildcardSubdomainFault } from "./names.js";

/** Characters of a path: https://datatracker.ietf.org/doc/html/rfc3986#section-3.3 */
const PATH = /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;

/** `example.com/ingress-controller`. */
export const domainPrefixedPathFault: NameCheck = (value) => {
  const slash = value.indexOf("/");
  if (slash < 1 || slash === value.length - 1) return "is no path after a domain, such as example.com/controller";
  const fault = dnsSubdomainFault(value.slice(0, slash));
  if (fault !== undefined) return `has a domain that ${fault}`;
  return PATH.test(value.slice(slash + 1)) ? undefined : "has characters after its domain that no path has";
};

/** A host name, or one with a wildcard as its first part. */
export const hostFault: NameCheck = (value) =>
  value.includes("*") ? wildcardSubdomainFault(value) : dnsSubdomainFault(value);

/** A name of at least three parts between dots, such as those of webhooks. */
export function checkFullyQualifiedName(name: string, at: FieldPath, errors: FieldErrors): void {
  if (name === "") errors.required(at);
  else if (checkForm(dnsSubdomainFault, name, at, errors) && name.split(".").length < 3)
    errors.invalid(at, name, "has fewer than three parts between dots");
}
