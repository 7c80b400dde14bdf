import { validateResources } from "../core/pod-resources.js";
import { validateTolerations } from "../core/pod-scheduling.js";
import { OLD_NODE_LABELS } from "../core/pod-warnings.js";
import type { KindRules } from "../kind-rules.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { checkForm, dnsLabelFault, dnsSubdomainFault } from "../meta/names.js";
import { METADATA, validateLabels, validateObjectMeta } from "../meta/object-meta.js";
import type { Toleration } from "../types/core.v1.generated.js";
import type { RuntimeClass } from "../types/node.v1.generated.js";

const NO_CLAIMS: ReadonlySet<string> = new Set();
const SELECTOR = FieldPath.of("scheduling", "nodeSelector");
const TOLERATIONS = FieldPath.of("scheduling", "tolerations");

/** https://kubernetes.io/docs/concepts/containers/runtime-class/ */
export const RUNTIME_CLASS: KindRules<RuntimeClass> = {
  validate({ metadata, handler, overhead, scheduling }, errors) {
    validateObjectMeta(metadata, false, dnsSubdomainFault, METADATA, errors, { anyFinalizer: true });
    checkForm(dnsLabelFault, handler, FieldPath.of("handler"), errors);
    // The server has the amounts checked as limits of a container, and names them so.
    if (overhead !== undefined)
      validateResources({ limits: overhead.podFixed }, NO_CLAIMS, FieldPath.of("overhead"), errors);
    if (scheduling === undefined) return;
    validateLabels(scheduling.nodeSelector, SELECTOR, errors);
    validateTolerations(scheduling.tolerations ?? [], TOLERATIONS, errors);
    checkTolerationsDistinct(scheduling.tolerations ?? [], errors);
  },
  warnings({ scheduling }, warn) {
    for (const label of Object.keys(scheduling?.nodeSelector ?? {})) {
      const instead = OLD_NODE_LABELS.get(label);
      if (instead !== undefined) warn(`${SELECTOR}: label ${label} is deprecated; ${instead} takes its place`);
    }
  },
};

function checkTolerationsDistinct(tolerations: readonly Toleration[], errors: FieldErrors): void {
  const seen = new Set<string>();
  tolerations.forEach(({ key, operator, value, effect }, i) => {
    const text = JSON.stringify([key, operator, value, effect]);
    if (seen.has(text)) errors.duplicate(TOLERATIONS.index(i), key ?? "");
    seen.add(text);
  });
}
