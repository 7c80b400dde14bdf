import { checkDriverName } from "../core/volume-sources.js";
import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { byteLength, checkForm, cIdentifierFault, dnsSubdomainFault } from "../meta/names.js";

const LONGEST_ID = 32;
const LONGEST_POOL = 253;

/** An attribute or capacity: an identifier, with the domain of its driver and a slash before it where it is another's. */
export function checkQualifiedName(name: string, at: FieldPath, errors: FieldErrors): void {
  const parts = name.split("/");
  if (name === "") errors.required(at, "it names an attribute");
  else if (parts.length === 1) checkIdentifier(name, at, errors);
  else if (parts.length === 2) {
    const [domain, id] = parts as [string, string];
    if (domain === "") errors.required(at, "a domain stands before the slash");
    else checkDriverName(domain, at, errors);
    if (id === "") errors.required(at, "a name stands after the slash");
    else checkIdentifier(id, at, errors);
  }
}

/** As above, with a domain. */
export function checkFullName(name: string, at: FieldPath, errors: FieldErrors): void {
  checkQualifiedName(name, at, errors);
  if (name !== "" && !name.includes("/")) errors.invalid(at, name, "has no domain before a slash");
}

function checkIdentifier(id: string, at: FieldPath, errors: FieldErrors): void {
  if (byteLength(id) > LONGEST_ID) errors.tooLong(at, LONGEST_ID);
  checkForm(cIdentifierFault, id, at, errors);
}

/** DNS names, with slashes between them. */
export function checkPoolName(name: string, at: FieldPath, errors: FieldErrors): void {
  if (name === "") {
    errors.required(at);
    return;
  }
  if (byteLength(name) > LONGEST_POOL) errors.tooLong(at, LONGEST_POOL);
  for (const part of name.split("/")) checkForm(dnsSubdomainFault, part, at, errors);
}
