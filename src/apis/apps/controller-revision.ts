import type { KindRules } from "../kind-rules.js";
import { FieldPath } from "../meta/field-path.js";
import { dnsSubdomainFault } from "../meta/names.js";
import { checkNotNegative } from "../meta/values.js";
import type { ControllerRevision } from "../types/apps.v1.generated.js";

/** https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/controller-revision-v1/ */
export const CONTROLLER_REVISION: KindRules<ControllerRevision> = {
  nameForm: dnsSubdomainFault,
  validate({ data, revision }, errors, { old }) {
    // Data that is taken away is not what is stored, and that is all that is said of it.
    if (old === undefined && (data === undefined || data === null))
      errors.required(FieldPath.of("data"), "a revision holds what was");
    checkNotNegative(revision, FieldPath.of("revision"), errors);
  },
};
