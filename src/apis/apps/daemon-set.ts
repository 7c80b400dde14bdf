import type { KindRules } from "../kind-rules.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { checkAtMostAll, checkIntOrPercent, isNoneOf } from "../meta/int-or-percent.js";
import { validateLabelSelector } from "../meta/label-selector.js";
import { dnsSubdomainFault } from "../meta/names.js";
import { checkNotNegative } from "../meta/values.js";
import type { DaemonSet, DaemonSetUpdateStrategy } from "../types/apps.v1.generated.js";
import {
  checkKeepsRunning,
  checkLabelsMatch,
  checkNotEmpty,
  checkSharedDisks,
  isUsable,
  prepareTemplate,
  SPEC,
  setTemplateDefaults,
  validateTemplate,
  warnAboutTemplate,
} from "./workload-template.js";

const GENERATION = "deprecated.daemonset.template.generation";
const STRATEGY = SPEC.child("updateStrategy");

/** https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/ */
export const DAEMON_SET: KindRules<DaemonSet> = {
  defaults(daemonSet, { minor }) {
    const { updateStrategy } = daemonSet.spec;
    updateStrategy.type ??= "RollingUpdate";
    if (updateStrategy.type === "RollingUpdate") {
      updateStrategy.rollingUpdate ??= {};
      updateStrategy.rollingUpdate.maxUnavailable ??= 1;
      updateStrategy.rollingUpdate.maxSurge ??= 0;
    }
    daemonSet.spec.revisionHistoryLimit ??= 10;
    setTemplateDefaults(daemonSet, minor);
  },
  prepare(daemonSet, { minor }) {
    const { metadata } = daemonSet;
    metadata.generation = 1;
    // A field of extensions/v1beta1 that has become an annotation.
    if (!/^[1-9]\d*$/.test(metadata.annotations?.[GENERATION] ?? ""))
      metadata.annotations = { ...metadata.annotations, [GENERATION]: "1" };
    prepareTemplate(daemonSet, minor);
  },
  nameForm: dnsSubdomainFault,
  validate(daemonSet, errors, { minor }) {
    const { selector, updateStrategy, minReadySeconds = 0, revisionHistoryLimit } = daemonSet.spec;
    const usable = isUsable(selector, errors, () => validateLabelSelector(selector, SPEC.child("selector"), errors));
    if (usable) checkLabelsMatch(daemonSet, errors);
    if (selector !== undefined) checkNotEmpty(selector, errors);
    validateTemplate(daemonSet, minor, errors);
    checkSharedDisks(daemonSet, errors);
    checkKeepsRunning(daemonSet, errors);
    checkNotNegative(minReadySeconds, SPEC.child("minReadySeconds"), errors);
    validateStrategy(updateStrategy, errors);
    if (revisionHistoryLimit !== undefined)
      checkNotNegative(revisionHistoryLimit, SPEC.child("revisionHistoryLimit"), errors);
  },
  warnings: (daemonSet, warn) => warnAboutTemplate(daemonSet, warn, false),
};

function validateStrategy({ type = "", rollingUpdate }: DaemonSetUpdateStrategy, errors: FieldErrors): void {
  if (type === "OnDelete") return;
  const at = STRATEGY.child("rollingUpdate");
  if (type !== "RollingUpdate") errors.notSupported(STRATEGY, type, ["RollingUpdate", "OnDelete"]);
  else if (rollingUpdate === undefined) errors.required(at);
  else {
    const { maxUnavailable = 0, maxSurge = 0 } = rollingUpdate;
    checkIntOrPercent(maxUnavailable, at.child("maxUnavailable"), errors);
    checkIntOrPercent(maxSurge, at.child("maxSurge"), errors);
    checkAtMostAll(maxUnavailable, at.child("maxUnavailable"), errors);
    checkAtMostAll(maxSurge, at.child("maxSurge"), errors);
    if (!isNoneOf(maxUnavailable) && !isNoneOf(maxSurge))
      errors.invalid(at.child("maxSurge"), maxSurge, "stands beside maxUnavailable, and one of the two has to be none");
    if (isNoneOf(maxUnavailable) && isNoneOf(maxSurge))
      errors.required(at.child("maxUnavailable"), "with neither it nor maxSurge nothing can move");
  }
}
