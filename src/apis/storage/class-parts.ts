import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { byteLength, checkForm, qualifiedNameFault } from "../meta/names.js";

const PARAMETERS = FieldPath.of("parameters");
const MOST_PARAMETERS = 512;
const MOST_PARAMETER_BYTES = 256 * 1024;

/** Who makes the volumes of a class; upper case passes. */
export function checkProvisioner(provisioner: string, at: FieldPath, errors: FieldErrors): void {
  if (provisioner === "") errors.required(at, "a class names the driver of its volumes");
  else checkForm((name) => qualifiedNameFault(name.toLowerCase()), provisioner, at, errors);
}

/** What the driver is told; its meaning is the driver's. */
export function validateParameters(
  parameters: Readonly<Record<string, string>> = {},
  errors: FieldErrors,
  { emptyAllowed }: { emptyAllowed: boolean },
): void {
  const names = Object.keys(parameters);
  if (names.length > MOST_PARAMETERS) {
    errors.tooLong(PARAMETERS, MOST_PARAMETERS);
    return;
  }
  let size = 0;
  for (const name of names) {
    if (name === "") errors.invalid(PARAMETERS, "", "is no name of a parameter");
    size += byteLength(name) + byteLength(parameters[name]!);
  }
  if (size > MOST_PARAMETER_BYTES) errors.tooLong(PARAMETERS, MOST_PARAMETER_BYTES);
  if (!emptyAllowed && names.length === 0) errors.required(PARAMETERS, "the class sets a parameter of its volumes");
}
