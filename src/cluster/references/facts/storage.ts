import {
  anywhere,
  CLAIM,
  clusterWide,
  core,
  kindIn,
  local,
  NODE,
  OWN_NAMESPACE,
  type ReferenceFact,
  type Row,
  rows,
  SECRET,
  type SelectorFact,
  selectors,
  storage,
} from "./fact.js";

const snapshot = kindIn("snapshot.storage.k8s.io");
const FROM_API_GROUP = { groupFrom: "apiGroup", defaultGroup: "" } as const;
const STORAGE_CLASS = storage("StorageClass");

/** Volume types with a `secretRef`. */
export const VOLUMES_WITH_SECRETS = ["cephfs", "cinder", "flexVolume", "iscsi", "rbd", "scaleIO", "storageos"];

/** What a claim says of its class and its source: the same in a claim, a claim template and an ephemeral volume. */
export const claimSpec = (at: string): Row[] => [
  clusterWide(at, "storageClassName", STORAGE_CLASS, "asks for"),
  clusterWide(at, "volumeAttributesClassName", storage("VolumeAttributesClass"), "asks for"),
  clusterWide(at, "volumeName", core("PersistentVolume"), "asks for"),
  local(`${at}.dataSource`, "name", FROM_API_GROUP, "is filled from"),
  anywhere(`${at}.dataSourceRef`, "name", FROM_API_GROUP, "is filled from"),
];

/** Secrets that a CSI driver is handed, as parameters: https://kubernetes-csi.github.io/docs/secrets-and-credentials.html */
const driverSecrets = (uses: readonly string[]): Row[] =>
  uses.map((use) => ({
    at: "parameters",
    name: `[csi.storage.k8s.io/${use}-secret-name]`,
    to: SECRET,
    namespace: { field: `csi.storage.k8s.io/${use}-secret-namespace` },
    verb: "hands its driver",
  }));

/** Claims, volumes, classes and snapshots: https://kubernetes.io/docs/concepts/storage/ */
export const STORAGE_REFERENCES: readonly ReferenceFact[] = [
  ...rows(CLAIM, ...claimSpec("spec")),
  ...rows(
    core("PersistentVolume"),
    clusterWide("spec", "storageClassName", STORAGE_CLASS, "is of"),
    clusterWide("spec", "volumeAttributesClassName", storage("VolumeAttributesClass"), "is of"),
    anywhere("spec.claimRef", "name", CLAIM, "is reserved for"),
    ...VOLUMES_WITH_SECRETS.map((type) => anywhere(`spec.${type}.secretRef`, "name", SECRET, "mounts a volume with")),
    ...["controllerPublish", "nodeStage", "nodePublish", "controllerExpand", "nodeExpand"].map((use) =>
      anywhere(`spec.csi.${use}SecretRef`, "name", SECRET, "mounts a volume with"),
    ),
    local("spec.azureFile", "secretName", SECRET, "mounts a volume with", { namespace: { field: "secretNamespace" } }),
    local("spec.glusterfs", "endpoints", core("Endpoints"), "mounts a volume of", {
      namespace: { field: "endpointsNamespace" },
    }),
  ),
  ...rows(
    STORAGE_CLASS,
    ...driverSecrets([
      "provisioner",
      "controller-publish",
      "node-stage",
      "node-publish",
      "controller-expand",
      "node-expand",
    ]),
  ),
  ...rows(
    storage("VolumeAttachment"),
    clusterWide("spec.source", "persistentVolumeName", core("PersistentVolume"), "attaches"),
    clusterWide("spec", "nodeName", NODE, "attaches to"),
  ),
  ...rows(storage("CSIStorageCapacity"), clusterWide("storageClassName", "", STORAGE_CLASS, "tells what is left of")),
  // https://kubernetes.io/docs/concepts/storage/volume-snapshots/
  ...rows(
    snapshot("VolumeSnapshot"),
    clusterWide("spec", "volumeSnapshotClassName", snapshot("VolumeSnapshotClass"), "is of"),
    local("spec.source", "persistentVolumeClaimName", CLAIM, "is taken of"),
    clusterWide("spec.source", "volumeSnapshotContentName", snapshot("VolumeSnapshotContent"), "is bound to"),
  ),
  ...rows(
    snapshot("VolumeSnapshotContent"),
    clusterWide("spec", "volumeSnapshotClassName", snapshot("VolumeSnapshotClass"), "is of"),
    {
      at: "spec.volumeSnapshotRef",
      name: "name",
      to: snapshot("VolumeSnapshot"),
      namespace: OWN_NAMESPACE,
      verb: "is bound to",
    },
  ),
  ...rows(snapshot("VolumeSnapshotClass"), ...driverSecrets(["snapshotter", "snapshotter-list"])),
];

const PV_LABELS = {
  at: "spec.selector",
  selector: "",
  form: "selector",
  to: core("PersistentVolume"),
  namespace: "none",
  verb: "may bind to",
} as const;

export const STORAGE_SELECTORS: readonly SelectorFact[] = [
  ...selectors(CLAIM, PV_LABELS),
  ...selectors(
    { group: "apps", kind: "StatefulSet" },
    { ...PV_LABELS, at: "spec.volumeClaimTemplates[*].spec.selector" },
  ),
  ...selectors(core("PersistentVolume"), {
    at: "spec.nodeAffinity.required",
    selector: "",
    form: "nodeSelector",
    to: NODE,
    namespace: "none",
    verb: "is reachable from",
  }),
];
