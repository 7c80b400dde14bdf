import type { KindRules } from "../kind-rules.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { checkAtMostAll, checkIntOrPercent, isNoneOf } from "../meta/int-or-percent.js";
import { dnsSubdomainFault } from "../meta/names.js";
import { checkNotNegative } from "../meta/values.js";
import type { Deployment, DeploymentStrategy } from "../types/apps.v1.generated.js";
import { validateReplicated } from "./replica-set.js";
import { prepareTemplate, SPEC, setTemplateDefaults, warnAboutTemplate } from "./workload-template.js";

const STRATEGY = SPEC.child("strategy");

/** https://kubernetes.io/docs/concepts/workloads/controllers/deployment/ */
export const DEPLOYMENT: KindRules<Deployment> = {
  defaults(deployment, { minor }) {
    const { spec } = deployment;
    spec.replicas ??= 1;
    spec.strategy.type ??= "RollingUpdate";
    if (spec.strategy.type === "RollingUpdate") {
      spec.strategy.rollingUpdate ??= {};
      spec.strategy.rollingUpdate.maxUnavailable ??= "25%";
      spec.strategy.rollingUpdate.maxSurge ??= "25%";
    }
    spec.revisionHistoryLimit ??= 10;
    spec.progressDeadlineSeconds ??= 600;
    setTemplateDefaults(deployment, minor);
  },
  prepare(deployment, { minor }) {
    deployment.metadata.generation = 1;
    prepareTemplate(deployment, minor);
  },
  nameForm: dnsSubdomainFault,
  validate(deployment, errors, { minor }) {
    const {
      replicas = 0,
      strategy,
      minReadySeconds = 0,
      revisionHistoryLimit,
      progressDeadlineSeconds,
    } = deployment.spec;
    checkNotNegative(replicas, SPEC.child("replicas"), errors);
    validateReplicated(deployment, minor, errors);
    validateStrategy(strategy, errors);
    checkNotNegative(minReadySeconds, SPEC.child("minReadySeconds"), errors);
    if (revisionHistoryLimit !== undefined)
      checkNotNegative(revisionHistoryLimit, SPEC.child("revisionHistoryLimit"), errors);
    if (progressDeadlineSeconds === undefined) return;
    const at = SPEC.child("progressDeadlineSeconds");
    checkNotNegative(progressDeadlineSeconds, at, errors);
    if (progressDeadlineSeconds <= minReadySeconds)
      errors.invalid(at, progressDeadlineSeconds, `is not greater than minReadySeconds, ${minReadySeconds}`);
  },
  warnings: (deployment, warn) => warnAboutTemplate(deployment, warn),
};

function validateStrategy({ type = "", rollingUpdate }: DeploymentStrategy, errors: FieldErrors): void {
  const at = STRATEGY.child("rollingUpdate");
  if (type === "Recreate") {
    if (rollingUpdate !== undefined) errors.forbidden(at, "Strategy Recreate has no rollingUpdate");
  } else if (type !== "RollingUpdate") errors.notSupported(STRATEGY, type, ["Recreate", "RollingUpdate"]);
  else if (rollingUpdate === undefined) errors.required(at);
  else {
    const { maxUnavailable = 0, maxSurge = 0 } = rollingUpdate;
    checkIntOrPercent(maxUnavailable, at.child("maxUnavailable"), errors);
    checkIntOrPercent(maxSurge, at.child("maxSurge"), errors);
    if (isNoneOf(maxUnavailable) && isNoneOf(maxSurge))
      errors.invalid(
        at.child("maxUnavailable"),
        maxUnavailable,
        "is none, and so is maxSurge, so that nothing can move",
      );
    checkAtMostAll(maxUnavailable, at.child("maxUnavailable"), errors);
  }
}
