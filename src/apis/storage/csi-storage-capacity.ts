import { OLD_NODE_LABELS } from "../core/pod-warnings.js";
import type { KindRules } from "../kind-rules.js";
import { checkAmountNotNegative } from "../meta/amounts.js";
import { FieldPath } from "../meta/field-path.js";
import { validateLabelSelector } from "../meta/label-selector.js";
import { checkForm, dnsSubdomainFault } from "../meta/names.js";
import type { CSIStorageCapacity } from "../types/storage.v1.generated.js";

/** https://kubernetes.io/docs/concepts/storage/storage-capacity/ */
export const CSI_STORAGE_CAPACITY: KindRules<CSIStorageCapacity> = {
  nameForm: dnsSubdomainFault,
  validate({ nodeTopology, storageClassName, capacity }, errors) {
    validateLabelSelector(nodeTopology, FieldPath.of("nodeTopology"), errors);
    checkForm(dnsSubdomainFault, storageClassName, FieldPath.of("storageClassName"), errors);
    if (capacity !== undefined) checkAmountNotNegative(capacity, FieldPath.of("capacity"), errors);
  },
  warnings({ nodeTopology: { matchExpressions = [], matchLabels = {} } = {} }, warn) {
    const check = (key: string, at: string) => {
      const instead = OLD_NODE_LABELS.get(key);
      if (instead !== undefined) warn(`${at}: "${key}" is deprecated; "${instead}" takes its place`);
    };
    for (const [i, { key }] of matchExpressions.entries()) check(key, `nodeTopology.matchExpressions[${i}].key`);
    for (const key in matchLabels) check(key, `nodeTopology.matchLabels.${key}`);
  },
};
