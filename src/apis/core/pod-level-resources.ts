import { addAmounts, compareAmounts } from "../meta/amounts.js";
import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import type { PodSpec } from "../types/core.v1.generated.js";
import type { PodOptions } from "./pod-options.js";
import { validateResources } from "./pod-resources.js";
import { checkPodResourceName } from "./resource-names.js";

type Amounts = Record<string, string>;

/** https://kubernetes.io/docs/tasks/configure-pod-container/assign-pod-level-resources/ */
export function validatePodLevelResources(
  spec: PodSpec,
  options: PodOptions,
  at: FieldPath,
  errors: FieldErrors,
): void {
  const { resources } = spec;
  if (resources === undefined) return;
  if (resources.claims !== undefined) errors.forbidden(at.child("claims"), "Claims are a container's, not a Pod's");
  validateResources(resources, options.claimNames, at, errors, checkPodResourceName);
  const needed = requestsOfContainers(spec);
  for (const name in needed) {
    const given = resources.requests?.[name] ?? "0";
    if (compareAmounts(needed[name]!, given) > 0)
      errors.invalid(
        at.child("requests").key(name),
        given,
        `is less than the containers together request, ${needed[name]}`,
      );
  }
  spec.containers?.forEach((container, i) => {
    const limits = container.resources.limits ?? {};
    for (const name in limits) {
      const most = resources.limits?.[name];
      if (most !== undefined && compareAmounts(limits[name]!, most) > 0)
        errors.invalid(
          at.child("containers").index(i).key(name).child("limits"),
          limits[name],
          `is above the Pod's limit, ${most}`,
        );
    }
  });
}

/**
 * What the containers request together: those that run side by side added up, or the most that an init container needs
 * beside the sidecars started before it.
 * https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function requestsOfContainers(spec: PodSpec): Amounts {
  const total: Amounts = {};
  const sidecars: Amounts = {};
  const atStart: Amounts = {};
  for (const container of spec.containers ?? []) add(total, container.resources.requests);
  for (const container of spec.initContainers ?? []) {
    const requests = container.resources.requests ?? {};
    if (container.restartPolicy === "Always") {
      add(total, requests);
      add(sidecars, requests);
      raise(atStart, sidecars);
    } else {
      const beside = { ...sidecars };
      add(beside, requests);
      raise(atStart, beside);
    }
  }
  raise(total, atStart);
  return total;
}

function add(total: Amounts, more: Readonly<Amounts> = {}): void {
  for (const name in more) total[name] = total[name] === undefined ? more[name]! : addAmounts(total[name], more[name]!);
}

function raise(most: Amounts, other: Readonly<Amounts>): void {
  for (const name in other)
    if (most[name] === undefined || compareAmounts(other[name]!, most[name]) > 0) most[name] = other[name]!;
}
