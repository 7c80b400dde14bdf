import { isOn } from "../feature-gates.js";
import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { checkChoice, checkGiven, checkNotNegative, checkPort } from "../meta/values.js";
import type { HTTPGetAction, Lifecycle, LifecycleHandler, Probe } from "../types/core.v1.generated.js";
import type { PodOptions } from "./pod-options.js";

const HEADER_NAME = /^[-A-Za-z0-9]+$/;
const NOT_NEGATIVE = [
  "initialDelaySeconds",
  "timeoutSeconds",
  "periodSeconds",
  "successThreshold",
  "failureThreshold",
] as const;

export type ProbeName = "livenessProbe" | "readinessProbe" | "startupProbe";

/** https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/ */
export function validateProbe(
  name: ProbeName,
  probe: Probe | undefined,
  options: PodOptions,
  at: FieldPath,
  errors: FieldErrors,
): void {
  if (probe === undefined) return;
  validateHandler(probe, options, at, errors);
  for (const field of NOT_NEGATIVE) checkNotNegative(probe[field] ?? 0, at.child(field), errors);
  const grace = probe.terminationGracePeriodSeconds;
  if (grace !== undefined && grace <= 0)
    errors.invalid(at.child("terminationGracePeriodSeconds"), grace, "is not greater than zero");
  if (name === "readinessProbe") {
    if (grace !== undefined)
      errors.invalid(at.child("terminationGracePeriodSeconds"), grace, "means nothing to a readiness probe");
  } else if (probe.successThreshold !== 1)
    errors.invalid(at.child("successThreshold"), probe.successThreshold, `is not 1, as it has to be for a ${name}`);
}

/** https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/ */
export function validateLifecycle(lifecycle: Lifecycle, options: PodOptions, at: FieldPath, errors: FieldErrors): void {
  for (const hook of ["postStart", "preStop"] as const)
    if (lifecycle[hook] !== undefined) validateHandler(lifecycle[hook], options, at.child(hook), errors);
}

type Handler = Pick<Probe, "exec" | "httpGet" | "tcpSocket" | "grpc"> & Pick<LifecycleHandler, "sleep">;
const HANDLERS = ["exec", "httpGet", "tcpSocket", "grpc", "sleep"] as const;

function validateHandler(handler: Handler, options: PodOptions, at: FieldPath, errors: FieldErrors): void {
  let count = 0;
  for (const name of HANDLERS) {
    if (handler[name] === undefined) continue;
    const path = at.child(name);
    if (count++ > 0) errors.forbidden(path, "There is another handler already");
    else validateAction(handler, name, options, path, errors);
  }
  if (count === 0) errors.required(at, "a handler says what is to be done");
}

function validateAction(
  handler: Handler,
  name: (typeof HANDLERS)[number],
  options: PodOptions,
  at: FieldPath,
  errors: FieldErrors,
): void {
  switch (name) {
    case "exec":
      if (!handler.exec!.command?.length) errors.required(at.child("command"));
      break;
    case "httpGet":
      validateHttpGet(handler.httpGet!, at, errors);
      break;
    case "tcpSocket":
      checkPort(handler.tcpSocket!.port, at.child("port"), errors);
      break;
    case "grpc":
      checkPort(handler.grpc!.port, at.child("port"), errors);
      break;
    case "sleep":
      validateSleep(handler.sleep!.seconds, options, at, errors);
  }
}

function validateHttpGet(action: HTTPGetAction, at: FieldPath, errors: FieldErrors): void {
  checkGiven(action.path, at.child("path"), errors);
  checkPort(action.port, at.child("port"), errors);
  checkChoice(action.scheme ?? "", ["HTTP", "HTTPS"], at.child("scheme"), errors);
  for (const { name } of action.httpHeaders ?? [])
    if (!HEADER_NAME.test(name))
      errors.invalid(at.child("httpHeaders"), name, "is no header's name: letters, digits and -");
}

/** Longer than the Pod is given to end is as good as forever. */
function validateSleep(seconds: number, options: PodOptions, at: FieldPath, errors: FieldErrors): void {
  const grace = options.gracePeriod;
  if (grace === undefined) return;
  const least = isOn("PodLifecycleSleepActionAllowZero", options.minor) ? 0 : 1;
  if (seconds < least || seconds > grace)
    errors.invalid(at, seconds, `is not between ${least} and terminationGracePeriodSeconds, ${grace}`);
}
