import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { checkNoBackstep } from "../meta/file-paths.js";
import { byteLength, checkForm, dnsLabelFault, dnsSubdomainFault } from "../meta/names.js";
import { checkGiven } from "../meta/values.js";
import type {
  CSIPersistentVolumeSource,
  ISCSIPersistentVolumeSource,
  PersistentVolumeSpec,
  SecretReference,
  StorageOSPersistentVolumeSource,
} from "../types/core.v1.generated.js";
import { STORAGE_CHECKS, type StorageCheck, validateIscsi } from "./storage-volumes.js";
import { checkDriverName } from "./volume-sources.js";

type Spec = PersistentVolumeSpec;
type Source = keyof typeof CHECKS;

/** With its name, an initiator's portal makes the name of an interface. */
const LONGEST_INTERFACE = 64;

/**
 * What a PersistentVolume may be made of. The server looks in this order.
 * https://kubernetes.io/docs/concepts/storage/persistent-volumes/#types-of-persistent-volumes
 */
const CHECKS = {
  hostPath: STORAGE_CHECKS.hostPath,
  gcePersistentDisk: STORAGE_CHECKS.gcePersistentDisk,
  awsElasticBlockStore: STORAGE_CHECKS.awsElasticBlockStore,
  glusterfs(source, at, errors) {
    STORAGE_CHECKS.glusterfs(source, at, errors);
    const { endpointsNamespace } = source;
    if (endpointsNamespace !== undefined)
      checkForm(dnsLabelFault, endpointsNamespace, at.child("glusterfs").child("endpointsNamespace"), errors);
  },
  flocker: STORAGE_CHECKS.flocker,
  nfs: STORAGE_CHECKS.nfs,
  rbd: STORAGE_CHECKS.rbd,
  quobyte: STORAGE_CHECKS.quobyte,
  cephfs: STORAGE_CHECKS.cephfs,
  iscsi: (source, at, errors) => validateIscsiVolume(source, at.child("iscsi"), errors),
  cinder(source, at, errors) {
    STORAGE_CHECKS.cinder(source, at, errors);
    checkSecretNamespace(source.secretRef, at.child("cinder"), errors);
  },
  fc: STORAGE_CHECKS.fc,
  flexVolume: STORAGE_CHECKS.flexVolume,
  azureFile(source, at, errors) {
    STORAGE_CHECKS.azureFile(source, at, errors);
    if (source.secretNamespace === "") errors.required(at.child("azureFile").child("secretNamespace"));
  },
  vsphereVolume: STORAGE_CHECKS.vsphereVolume,
  photonPersistentDisk: STORAGE_CHECKS.photonPersistentDisk,
  portworxVolume: STORAGE_CHECKS.portworxVolume,
  azureDisk: STORAGE_CHECKS.azureDisk,
  scaleIO: STORAGE_CHECKS.scaleIO,
  local({ path }, at, errors) {
    if (checkGiven(path, at.child("local").child("path"), errors))
      checkNoBackstep(path, at.child("local").child("path"), errors);
  },
  storageos: (source, at, errors) => validateStorageOsVolume(source, at, errors),
  csi: (source, at, errors) => validateCsi(source, at.child("csi"), errors),
} satisfies { readonly [K in keyof Spec]?: StorageCheck<NonNullable<Spec[K]>> };

/** Where the server reports a second source under another name than the field's. */
const REFUSED_AT: Readonly<Record<string, string>> = { cephfs: "cephFS" };
/** A flexVolume is never one too many, but what comes after it is. */
const NEVER_REFUSED = "flexVolume";

/** Exactly one source; a second one is refused, not looked at. */
export function validateSources(spec: Spec, name: string, at: FieldPath, errors: FieldErrors): void {
  let first: Source | undefined;
  for (const field of Object.keys(CHECKS) as Source[]) {
    const source = spec[field];
    if (source === undefined) continue;
    if (first !== undefined && field !== NEVER_REFUSED) {
      errors.forbidden(at.child(REFUSED_AT[field] ?? field), `The volume is made of ${first} already`);
      continue;
    }
    first ??= field;
    (CHECKS[field] as StorageCheck<typeof source>)(source, at, errors);
    if (field === "iscsi") checkInterfaceName(spec.iscsi!, name, at.child("iscsi"), errors);
    if (field === "local" && spec.nodeAffinity === undefined)
      errors.required(at.child("nodeAffinity"), "a local volume says on which nodes it is");
  }
  if (first === undefined) errors.required(at, "a volume has a source");
}

function validateIscsiVolume(source: ISCSIPersistentVolumeSource, at: FieldPath, errors: FieldErrors): void {
  validateIscsi(source, at, errors);
  if (source.secretRef !== undefined) checkGiven(source.secretRef.name, at.child("secretRef").child("name"), errors);
}

function checkInterfaceName(
  { initiatorName, targetPortal }: ISCSIPersistentVolumeSource,
  name: string,
  at: FieldPath,
  errors: FieldErrors,
): void {
  if (initiatorName !== undefined && byteLength(`${name}:${targetPortal}`) > LONGEST_INTERFACE)
    errors.invalid(
      at.child("targetportal"),
      targetPortal,
      `is longer than ${LONGEST_INTERFACE} with the volume's name`,
    );
}

function validateStorageOsVolume(source: StorageOSPersistentVolumeSource, at: FieldPath, errors: FieldErrors): void {
  STORAGE_CHECKS.storageos(source, at, errors);
  checkSecretNamespace(source.secretRef, at.child("storageos"), errors);
}

function checkSecretNamespace(secret: SecretReference | undefined, at: FieldPath, errors: FieldErrors): void {
  if (secret !== undefined) checkGiven(secret.namespace, at.child("secretRef").child("namespace"), errors);
}

const CSI_SECRETS = [
  "controllerPublishSecretRef",
  "controllerExpandSecretRef",
  "nodePublishSecretRef",
  "nodeExpandSecretRef",
] as const;
/** The server forgets to look at nodeStageSecretRef. */
function validateCsi(source: CSIPersistentVolumeSource, at: FieldPath, errors: FieldErrors): void {
  checkDriverName(source.driver, at.child("driver"), errors);
  checkGiven(source.volumeHandle, at.child("volumeHandle"), errors);
  for (const field of CSI_SECRETS) {
    const secret = source[field];
    if (secret === undefined) continue;
    const { name = "", namespace = "" } = secret;
    if (checkGiven(name, at.child(field).child("name"), errors))
      checkForm(dnsSubdomainFault, name, at.child(field).child("name"), errors);
    if (checkGiven(namespace, at.child(field).child("namespace"), errors))
      checkForm(dnsLabelFault, namespace, at.child(field).child("namespace"), errors);
  }
}
