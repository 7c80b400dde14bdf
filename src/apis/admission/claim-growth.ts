import { compareAmounts } from "../meta/amounts.js";
import type { PersistentVolumeClaim } from "../types/core.v1.generated.js";
import { storageClassOf } from "./default-classes.js";
import type { Fault } from "./denials.js";

const FIELD = "spec.resources.requests.storage";

/** https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#persistentvolumeclaimresize */
export function growthFaults(
  claim: PersistentVolumeClaim,
  old: PersistentVolumeClaim,
  expandable: ReadonlySet<string>,
): Fault[] {
  const size = ({ spec }: PersistentVolumeClaim): string => spec.resources.requests?.storage ?? "0";
  if (compareAmounts(size(claim), size(old)) <= 0) return [];
  if (old.status?.phase !== "Bound") return [{ message: "Only a claim that is bound can grow", field: FIELD }];
  const className = storageClassOf(claim);
  if (className && className === storageClassOf(old) && expandable.has(className)) return [];
  const message = "Only a claim whose StorageClass has allowVolumeExpansion can grow";
  return [{ message, field: FIELD }];
}
