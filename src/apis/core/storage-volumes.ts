import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { checkNoBackstep, checkRelativePath } from "../meta/file-paths.js";
import { checkForm, dnsLabelFault } from "../meta/names.js";
import { checkChoice, checkGiven, checkRange } from "../meta/values.js";
import type {
  AzureDiskVolumeSource,
  FCVolumeSource,
  FlexVolumeSource,
  FlockerVolumeSource,
  HostPathVolumeSource,
  ISCSIVolumeSource,
  NFSVolumeSource,
  QuobyteVolumeSource,
  StorageOSVolumeSource,
  Volume,
} from "../types/core.v1.generated.js";

/** Checks one source; `at` is where the volume stands. */
export type StorageCheck<T> = (source: T, at: FieldPath, errors: FieldErrors) => void;
type StorageChecks = { readonly [K in keyof Volume]?: StorageCheck<NonNullable<Volume[K]>> };

const HOST_PATH_TYPES = [
  "",
  "BlockDevice",
  "CharDevice",
  "Directory",
  "DirectoryOrCreate",
  "File",
  "FileOrCreate",
  "Socket",
];
const AZURE_CACHING = ["None", "ReadOnly", "ReadWrite"];
const AZURE_KINDS = ["Dedicated", "Managed", "Shared"];

/** Sources whose only rule is that some fields are given. */
const needs =
  <K extends string>(field: string, ...names: readonly K[]): StorageCheck<{ readonly [P in K]?: unknown }> =>
  (source, at, errors) => {
    for (const name of names) {
      const value = source[name];
      if (!value || (Array.isArray(value) && value.length === 0)) errors.required(at.child(field).child(name));
    }
  };

const needsSecretName = (source: { secretRef?: { name?: string } }, at: FieldPath, errors: FieldErrors) => {
  if (source.secretRef !== undefined) checkGiven(source.secretRef.name, at.child("secretRef").child("name"), errors);
};

/**
 * Storage named in a Pod or a PersistentVolume in the same words:
 * https://kubernetes.io/docs/concepts/storage/volumes/#volume-types
 */
export const STORAGE_CHECKS = {
  hostPath: (source, at, errors) => validateHostPath(source, at.child("hostPath"), errors),
  gitRepo(source, at, errors) {
    checkGiven(source.repository, at.child("gitRepo").child("repository"), errors);
    checkRelativePath(source.directory ?? "", at.child("gitRepo").child("directory"), errors);
  },
  // The server has an old name of the field in its paths.
  gcePersistentDisk(source, at, errors) {
    checkGiven(source.pdName, at.child("persistentDisk").child("pdName"), errors);
    checkRange(source.partition ?? 0, 0, 255, at.child("persistentDisk").child("partition"), errors);
  },
  awsElasticBlockStore(source, at, errors) {
    checkGiven(source.volumeID, at.child("awsElasticBlockStore").child("volumeID"), errors);
    checkRange(source.partition ?? 0, 0, 255, at.child("awsElasticBlockStore").child("partition"), errors);
  },
  nfs: (source, at, errors) => validateNfs(source, at.child("nfs"), errors),
  iscsi: (source, at, errors) => validateIscsi(source, at.child("iscsi"), errors),
  glusterfs: needs("glusterfs", "endpoints", "path"),
  flocker: (source, at, errors) => validateFlocker(source, at.child("flocker"), errors),
  rbd: needs("rbd", "monitors", "image"),
  cinder(source, at, errors) {
    checkGiven(source.volumeID, at.child("cinder").child("volumeID"), errors);
    needsSecretName(source, at.child("cinder"), errors);
  },
  cephfs: needs("cephfs", "monitors"),
  quobyte: (source, at, errors) => validateQuobyte(source, at.child("quobyte"), errors),
  fc: (source, at, errors) => validateFibreChannel(source, at.child("fc"), errors),
  flexVolume: (source, at, errors) => validateFlex(source, at.child("flexVolume"), errors),
  azureFile: needs("azureFile", "secretName", "shareName"),
  vsphereVolume: needs("vsphereVolume", "volumePath"),
  photonPersistentDisk: needs("photonPersistentDisk", "pdID"),
  portworxVolume: needs("portworxVolume", "volumeID"),
  azureDisk: (source, at, errors) => validateAzureDisk(source, at.child("azureDisk"), errors),
  storageos: (source, at, errors) => validateStorageOs(source, at.child("storageos"), errors),
  scaleIO: needs("scaleIO", "gateway", "system", "volumeName"),
} satisfies StorageChecks;

function validateHostPath(source: HostPathVolumeSource, at: FieldPath, errors: FieldErrors): void {
  if (!checkGiven(source.path, at.child("path"), errors)) return;
  checkNoBackstep(source.path, at.child("path"), errors);
  if (source.type !== undefined) checkChoice(source.type, HOST_PATH_TYPES, at.child("type"), errors);
}

function validateNfs({ server, path }: NFSVolumeSource, at: FieldPath, errors: FieldErrors): void {
  checkGiven(server, at.child("server"), errors);
  checkGiven(path, at.child("path"), errors);
  if (!path.startsWith("/")) errors.invalid(at.child("path"), path, "is no absolute path");
}

type Iscsi = Pick<
  ISCSIVolumeSource,
  "targetPortal" | "iqn" | "lun" | "chapAuthDiscovery" | "chapAuthSession" | "initiatorName"
> & { readonly secretRef?: unknown };

/** https://datatracker.ietf.org/doc/html/rfc3720#section-3.2.6 */
export function validateIscsi(source: Iscsi, at: FieldPath, errors: FieldErrors): void {
  checkGiven(source.targetPortal, at.child("targetPortal"), errors);
  if (checkGiven(source.iqn, at.child("iqn"), errors)) checkIscsiName(source.iqn, at.child("iqn"), errors);
  checkRange(source.lun, 0, 255, at.child("lun"), errors);
  if ((source.chapAuthDiscovery || source.chapAuthSession) && source.secretRef === undefined)
    errors.required(at.child("secretRef"), "CHAP needs a secret");
  if (source.initiatorName !== undefined) checkIscsiName(source.initiatorName, at.child("initiatorname"), errors);
}

const ISCSI_NAMES: Readonly<Record<string, RegExp>> = {
  iqn: /iqn\.\d{4}-\d{2}\.([A-Za-z0-9\-.]+)(:[^,;*&$|\s]+)$/,
  eui: /^eui.[A-Za-z0-9]{16}$/,
  naa: /^naa.[A-Za-z0-9]{32}$/,
};

function checkIscsiName(name: string, at: FieldPath, errors: FieldErrors): void {
  const form = ISCSI_NAMES[name.slice(0, 3)];
  if (form === undefined || !form.test(name)) errors.invalid(at, name, "is no iSCSI name: iqn., eui. or naa.");
}

export function validateFlocker(source: FlockerVolumeSource, at: FieldPath, errors: FieldErrors): void {
  const { datasetName = "", datasetUUID = "" } = source;
  if (datasetName === "" && datasetUUID === "") errors.required(at, "datasetName or datasetUUID");
  if (datasetName !== "" && datasetUUID !== "") errors.invalid(at, undefined, "has both datasetName and datasetUUID");
  if (datasetName.includes("/")) errors.invalid(at.child("datasetName"), datasetName, "has a slash");
}

export function validateQuobyte(source: QuobyteVolumeSource, at: FieldPath, errors: FieldErrors): void {
  const { registry, tenant = "", volume } = source;
  if (checkGiven(registry, at.child("registry"), errors)) {
    if (tenant.length > 64) errors.required(at.child("tenant"), "a tenant has at most 64 characters");
    else if (!registry.split(",").every(isHostPort))
      errors.invalid(at.child("registry"), registry, "is no list of host:port");
  }
  checkGiven(volume, at.child("volume"), errors);
}

/** One colon, or an address in brackets before it. */
const isHostPort = (text: string): boolean => /^([^:[\]]*|\[[^[\]]*\]):[^:[\]]*$/.test(text);

export function validateFibreChannel(source: FCVolumeSource, at: FieldPath, errors: FieldErrors): void {
  const { targetWWNs = [], wwids = [], lun } = source;
  if (targetWWNs.length === 0 && wwids.length === 0) errors.required(at.child("targetWWNs"), "targetWWNs or wwids");
  if (targetWWNs.length > 0 && wwids.length > 0)
    errors.invalid(at.child("targetWWNs"), undefined, "stands beside wwids");
  if (targetWWNs.length === 0) return;
  if (lun === undefined) errors.required(at.child("lun"), "targetWWNs come with a lun");
  else checkRange(lun, 0, 255, at.child("lun"), errors);
}

export function validateFlex(
  source: Pick<FlexVolumeSource, "driver" | "options">,
  at: FieldPath,
  errors: FieldErrors,
): void {
  checkGiven(source.driver, at.child("driver"), errors);
  for (const key in source.options ?? {}) {
    const prefix = `.${key.split("/", 1)[0]!.toLowerCase()}`;
    if (prefix.endsWith(".kubernetes.io") || prefix.endsWith(".k8s.io"))
      errors.invalid(at.child("options").key(key), key, "has a prefix that is Kubernetes' own");
  }
}

export function validateAzureDisk(source: AzureDiskVolumeSource, at: FieldPath, errors: FieldErrors): void {
  const { diskName, diskURI, cachingMode, kind } = source;
  checkGiven(diskName, at.child("diskName"), errors);
  checkGiven(diskURI, at.child("diskURI"), errors);
  if (cachingMode !== undefined) checkChoice(cachingMode, AZURE_CACHING, at.child("cachingMode"), errors);
  if (kind === undefined) return;
  checkChoice(kind, AZURE_KINDS, at.child("kind"), errors);
  const start = kind === "Managed" ? "/subscriptions/" : "https://";
  if (!diskURI.startsWith(start)) errors.notSupported(at.child("diskURI"), diskURI, [`${start}...`]);
}

function validateStorageOs(source: StorageOSVolumeSource, at: FieldPath, errors: FieldErrors): void {
  const { volumeName = "", volumeNamespace = "" } = source;
  if (checkGiven(volumeName, at.child("volumeName"), errors))
    checkForm(dnsLabelFault, volumeName, at.child("volumeName"), errors);
  if (volumeNamespace !== "") checkForm(dnsLabelFault, volumeNamespace, at.child("volumeNamespace"), errors);
  needsSecretName(source, at, errors);
}
