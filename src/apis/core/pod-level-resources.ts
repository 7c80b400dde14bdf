import { addAmounts, compareAmounts } from "../meta/amounts.js";
import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import type { PodSpec } from "../types/core.v1.generated.js";
import type { PodOptions } from "./pod-options.js";
import { validateResources } from "./pod-resources.js";
import { checkPodResourceName, isHugePages } from "./resource-names.js";

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
  for (const kind of ["requests", "limits"] as const) {
    const together = amountsOfContainers(spec, kind);
    for (const [name, given] of Object.entries(resources[kind] ?? {})) {
      const needed = together[name];
      // Limits of cpu and memory may add up to more than the Pod's, as not all are reached at once.
      if (needed === undefined || (kind === "limits" && !isHugePages(name)) || compareAmounts(needed, given) <= 0)
        continue;
      errors.invalid(at.child(kind).key(name), given, `is less than the ${kind} of the containers together, ${needed}`);
    }
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
 * The requests or limits of the containers together: those that run side by side added up, or the most that an init container needs
 * beside the sidecars started before it.
 * https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function amountsOfContainers(spec: PodSpec, kind: "requests" | "limits"): Amounts {
  const total: Amounts = {};
  const sidecars: Amounts = {};
  const atStart: Amounts = {};
  for (const container of spec.containers ?? []) add(total, container.resources[kind]);
  for (const container of spec.initContainers ?? []) {
    const amounts = container.resources[kind] ?? {};
    if (container.restartPolicy === "Always") {
      add(total, amounts);
      add(sidecars, amounts);
      raise(atStart, sidecars);
    } else {
      const beside = { ...sidecars };
      add(beside, amounts);
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
