import { expressionFault } from "../cel/check.js";
import { BOOL } from "../cel/types.js";
import { checkDriverName } from "../core/volume-sources.js";
import { isMapping } from "../decode/is-mapping.js";
import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { byteLength } from "../meta/names.js";
import type { DeviceClassConfiguration, DeviceSelector } from "../types/resource.v1.generated.js";
import { DEVICE_SCOPE } from "./selector-expressions.js";

const MOST_SELECTORS = 32;
const LONGEST_EXPRESSION = 10 * 1024;
const LONGEST_PARAMETERS = 10 * 1024;

/** Parameters for the driver, which only the driver understands. */
export function validateDeviceConfig({ opaque }: DeviceClassConfiguration, at: FieldPath, errors: FieldErrors): void {
  const opaqueAt = at.child("opaque");
  if (opaque === undefined) {
    errors.required(opaqueAt);
    return;
  }
  checkDriverName(opaque.driver, opaqueAt.child("driver"), errors);
  const { parameters } = opaque;
  const parametersAt = opaqueAt.child("parameters");
  if (parameters === undefined || parameters === null) errors.required(parametersAt);
  else if (byteLength(JSON.stringify(parameters)) > LONGEST_PARAMETERS)
    errors.tooLong(parametersAt, LONGEST_PARAMETERS);
  else if (!isMapping(parameters)) errors.invalid(parametersAt, undefined, "is no object");
}

export function validateSelectors(selectors: readonly DeviceSelector[], at: FieldPath, errors: FieldErrors): void {
  if (selectors.length > MOST_SELECTORS) {
    errors.tooMany(at, selectors.length, MOST_SELECTORS);
    return;
  }
  selectors.forEach(({ cel }, i) => {
    const celAt = at.index(i).child("cel");
    if (cel === undefined) errors.required(celAt);
    else if (byteLength(cel.expression) > LONGEST_EXPRESSION)
      errors.tooLong(celAt.child("expression"), LONGEST_EXPRESSION);
    else {
      const fault = expressionFault(cel.expression, DEVICE_SCOPE, [BOOL]);
      if (fault !== undefined) errors.invalid(celAt.child("expression"), cel.expression, fault);
    }
  });
}
