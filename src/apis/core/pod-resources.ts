import { compareAmounts } from "../meta/amounts.js";
import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { checkForm, dnsLabelFault } from "../meta/names.js";
import type { ResourceClaim, ResourceRequirements } from "../types/core.v1.generated.js";
import {
  areWholePages,
  checkContainerResourceName,
  checkResourceAmount,
  isHugePages,
  isOvercommitAllowed,
} from "./resource-names.js";

/**
 * Requests and limits of a container, or with other names of a whole Pod.
 * https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
 */
export function validateResources(
  { limits = {}, requests = {}, claims = [] }: ResourceRequirements,
  claimNames: ReadonlySet<string>,
  at: FieldPath,
  errors: FieldErrors,
  checkName: (name: string, at: FieldPath, errors: FieldErrors) => void = checkContainerResourceName,
): void {
  let hugePages = false;
  let computes = false;
  const checkAmount = (name: string, amount: string, path: FieldPath) => {
    checkResourceAmount(name, amount, path, errors);
    if (isHugePages(name)) {
      hugePages = true;
      if (!areWholePages(name, amount)) errors.invalid(path, amount, `is no whole number of ${name}`);
    }
    if (name === "cpu" || name === "memory") computes = true;
  };
  for (const name in limits) {
    const path = at.child("limits").key(name);
    checkName(name, path, errors);
    checkAmount(name, limits[name]!, path);
  }
  for (const name in requests) {
    const path = at.child("requests").key(name);
    checkName(name, path, errors);
    checkAmount(name, requests[name]!, path);
    checkAgainstLimit(name, requests[name]!, limits[name], at, errors);
  }
  if (hugePages && !computes) errors.forbidden(at, "Huge pages are only given together with cpu or memory");
  validateClaims(claims, claimNames, at.child("claims"), errors);
}

function checkAgainstLimit(
  name: string,
  request: string,
  limit: string | undefined,
  at: FieldPath,
  errors: FieldErrors,
): void {
  if (limit === undefined) {
    if (!isOvercommitAllowed(name)) errors.required(at.child("limits"), `a request of ${name} has the same limit`);
    return;
  }
  const order = compareAmounts(request, limit);
  if (order !== 0 && !isOvercommitAllowed(name))
    errors.invalid(at.child("requests"), request, `is not the limit of ${name}, ${limit}, as it has to be`);
  else if (order > 0) errors.invalid(at.child("requests"), request, `is above the limit of ${name}, ${limit}`);
}

/** Each claim as a whole, or one request of it, once. */
function validateClaims(
  claims: readonly ResourceClaim[],
  claimNames: ReadonlySet<string>,
  at: FieldPath,
  errors: FieldErrors,
): void {
  const whole = new Set<string>();
  const parts = new Set<string>();
  claims.forEach(({ name, request = "" }, i) => {
    const item = at.index(i);
    if (name === "") {
      errors.required(item);
      return;
    }
    if (whole.has(name)) errors.duplicate(item, name);
    else if (request === "") {
      if ([...parts].some((part) => part.startsWith(`${name}/`))) errors.duplicate(item, name);
      whole.add(name);
    } else {
      checkForm(dnsLabelFault, request, item.child("request"), errors);
      if (parts.has(`${name}/${request}`)) errors.duplicate(item, `${name}/${request}`);
      parts.add(`${name}/${request}`);
    }
    if (!claimNames.has(name)) errors.notFound(item, name);
  });
}
