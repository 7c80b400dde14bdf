import type { AdmitContext, ApiObject } from "../kind-rules.js";
import type { Denial } from "../surroundings.js";
import type { PersistentVolumeClaim, Pod } from "../types/core.v1.generated.js";
import type { Fault } from "./denials.js";
import { limitsBrokenByClaim, limitsBrokenByPod } from "./limit-ranges.js";
import type { NamespaceState } from "./namespace-state.js";
import { askPodSecurity } from "./pod-security.js";
import { addedUsage, usageOf } from "./quota-usage.js";

/** What the validating plugins say, in their order; the first one that says something is heard. */
export function faultsInNamespace(
  resource: string,
  object: ApiObject,
  { limitRanges, labels }: NamespaceState,
  { minor, old }: AdmitContext,
  warn: (text: string) => void,
): Fault[] {
  // What these plugins look at in a Pod cannot change.
  if (old !== undefined && resource === "pods") return [];
  let faults: Fault[] = [];
  if (resource === "pods") faults = limitsBrokenByPod(object as Pod, limitRanges);
  if (resource === "persistentvolumeclaims") faults = limitsBrokenByClaim(object as PersistentVolumeClaim, limitRanges);
  if (faults.length === 0) faults = askPodSecurity(resource, object, labels, minor, warn);
  return faults;
}

/** What the quotas of a namespace say; they are asked last of all. */
export function quotaFaults(
  resource: string,
  object: ApiObject,
  { quotas }: NamespaceState,
  old: ApiObject | undefined,
): Fault[] {
  // What quotas count of a Pod cannot change.
  if (quotas.length === 0 || (old !== undefined && resource === "pods")) return [];
  const usage = old === undefined ? usageOf({ resource, object }) : addedUsage(resource, object, old);
  for (const quota of quotas) {
    const refusal = quota.refusal(usage, object);
    if (refusal !== undefined) return [{ message: refusal, field: "" }];
  }
  return [];
}

/** A quota on a new kind refuses all objects until it has been counted. */
export function uncountedFaults(resource: string, { quotas }: NamespaceState): Fault[] {
  const quota = quotas.find(({ limits }) => limits(`count/${resource}`));
  if (quota === undefined) return [];
  return [{ message: `ResourceQuota "${quota.name}" does not know yet how many ${resource} there are`, field: "" }];
}

/** The answer to a second object of one name. */
export function alreadyThere({ kind, metadata }: ApiObject): Denial {
  const where = metadata.namespace === undefined ? "" : ` in namespace "${metadata.namespace}"`;
  const message = `${kind} "${metadata.name}" is there already${where}`;
  return { code: 409, reason: "AlreadyExists", causes: [{ reason: "Forbidden", field: "metadata.name", message }] };
}
