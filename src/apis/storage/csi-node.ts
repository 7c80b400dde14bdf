import { checkDriverName } from "../core/volume-sources.js";
import type { KindRules } from "../kind-rules.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { byteLength, checkForm, dnsSubdomainFault, qualifiedNameFault } from "../meta/names.js";
import { checkNotNegative } from "../meta/values.js";
import type { CSINode, CSINodeDriver } from "../types/storage.v1.generated.js";

const DRIVERS = FieldPath.of("spec", "drivers");
const LONGEST_NODE_ID = 256;
const LONGEST_NODE_ID_BEFORE_27 = 192;

/** https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/csi-node-v1/ */
export const CSI_NODE: KindRules<CSINode> = {
  nameForm: dnsSubdomainFault,
  validate({ spec }, errors, { minor }) {
    const longest = minor < 27 ? LONGEST_NODE_ID_BEFORE_27 : LONGEST_NODE_ID;
    const names = new Set<string>();
    spec.drivers?.forEach((driver, i) => {
      const at = DRIVERS.index(i);
      validateDriver(driver, longest, at, errors);
      if (names.has(driver.name)) errors.duplicate(at.child("name"), driver.name);
      names.add(driver.name);
      validateTopologyKeys(driver.topologyKeys ?? [], at, errors);
    });
  },
};

function validateDriver(
  { name, nodeID, allocatable }: CSINodeDriver,
  longestId: number,
  at: FieldPath,
  errors: FieldErrors,
): void {
  checkDriverName(name, at.child("name"), errors);
  const idAt = at.child("nodeID");
  if (nodeID === "") errors.required(idAt, "the driver knows the node by it");
  if (byteLength(nodeID) > longestId) errors.invalid(idAt, nodeID, `is longer than ${longestId} bytes`);
  if (allocatable?.count !== undefined)
    checkNotNegative(allocatable.count, at.child("allocatable").child("count"), errors);
}

/** The server names the driver, not the key. */
function validateTopologyKeys(keys: readonly string[], driverAt: FieldPath, errors: FieldErrors): void {
  const known = new Set<string>();
  for (const key of keys) {
    if (key === "") errors.required(driverAt, "a topology is the key of a label");
    if (known.has(key)) errors.duplicate(driverAt, key);
    known.add(key);
    checkForm(qualifiedNameFault, key, driverAt, errors);
  }
}
