import { type KindTable, rulesFor } from "../kind-rules.js";
import { CSI_DRIVER } from "./csi-driver.js";
import { CSI_NODE } from "./csi-node.js";
import { CSI_STORAGE_CAPACITY } from "./csi-storage-capacity.js";
import { STORAGE_CLASS } from "./storage-class.js";
import { VOLUME_ATTACHMENT } from "./volume-attachment.js";
import { VOLUME_ATTRIBUTES_CLASS } from "./volume-attributes-class.js";

export const STORAGE: KindTable = {
  "storage.k8s.io/v1 CSIDriver": rulesFor(CSI_DRIVER),
  "storage.k8s.io/v1 CSINode": rulesFor(CSI_NODE),
  "storage.k8s.io/v1 CSIStorageCapacity": rulesFor(CSI_STORAGE_CAPACITY),
  "storage.k8s.io/v1beta1 CSIStorageCapacity": rulesFor(CSI_STORAGE_CAPACITY),
  "storage.k8s.io/v1 StorageClass": rulesFor(STORAGE_CLASS),
  "storage.k8s.io/v1 VolumeAttachment": rulesFor(VOLUME_ATTACHMENT),
  "storage.k8s.io/v1 VolumeAttributesClass": rulesFor(VOLUME_ATTRIBUTES_CLASS),
  "storage.k8s.io/v1beta1 VolumeAttributesClass": rulesFor(VOLUME_ATTRIBUTES_CLASS),
  "storage.k8s.io/v1alpha1 VolumeAttributesClass": rulesFor(VOLUME_ATTRIBUTES_CLASS),
};
