import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { checkChoice } from "../meta/values.js";
import type { Container } from "../types/core.v1.generated.js";

const MOST_RULES = 20;
const MOST_CODES = 255;

/** https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#container-restart-rules */
export function validateRestartRules(container: Container, at: FieldPath, errors: FieldErrors): void {
  const { restartPolicy, restartPolicyRules: rules = [] } = container;
  if (restartPolicy !== undefined)
    checkChoice(restartPolicy, ["Always", "Never", "OnFailure"], at.child("restartPolicy"), errors);
  else if (rules.length > 0) errors.required(at.child("restartPolicy"), "rules are exceptions from a policy");
  const path = at.child("restartPolicyRules");
  if (rules.length > MOST_RULES) errors.tooMany(path, rules.length, MOST_RULES);
  rules.forEach(({ action, exitCodes }, i) => {
    const item = path.index(i);
    checkChoice(action ?? "", ["Restart"], item.child("action"), errors, { required: true });
    if (exitCodes === undefined) errors.required(item.child("exitCodes"), "a rule says when it holds");
    else {
      checkChoice(exitCodes.operator ?? "", ["In", "NotIn"], item.child("exitCodes").child("operator"), errors, {
        required: true,
      });
      const count = exitCodes.values?.length ?? 0;
      if (count > MOST_CODES) errors.tooMany(item.child("exitCodes").child("values"), count, MOST_CODES);
    }
  });
}
