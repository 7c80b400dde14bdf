import { signOf } from "../meta/amounts.js";
import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { byteLength, checkForm, dnsLabelFault, dnsSubdomainFault } from "../meta/names.js";
import type { Volume } from "../types/core.v1.generated.js";
import { validateClaimTemplate } from "./claim-template.js";
import type { PodOptions } from "./pod-options.js";
import { validateProjected } from "./projected-volumes.js";
import { STORAGE_CHECKS, type StorageCheck } from "./storage-volumes.js";
import {
  validateConfigMapVolume,
  validateCsiVolume,
  validateDownwardVolume,
  validateImageVolume,
  validateSecretVolume,
} from "./volume-sources.js";

interface Source {
  readonly field: keyof Volume;
  /** Where the server says that there is another source already, where that is not the field's name. */
  readonly refusedAt?: string;
}

/** The sources in the order in which the server looks at them. */
const SOURCES: readonly Source[] = [
  { field: "emptyDir" },
  { field: "hostPath" },
  { field: "gitRepo" },
  { field: "gcePersistentDisk" },
  { field: "awsElasticBlockStore" },
  { field: "secret" },
  { field: "nfs" },
  { field: "iscsi" },
  { field: "glusterfs" },
  { field: "flocker" },
  { field: "persistentVolumeClaim" },
  { field: "rbd" },
  { field: "cinder" },
  { field: "cephfs", refusedAt: "cephFS" },
  { field: "quobyte" },
  { field: "downwardAPI", refusedAt: "downwarAPI" },
  { field: "fc" },
  { field: "flexVolume" },
  { field: "configMap" },
  { field: "azureFile" },
  { field: "vsphereVolume" },
  { field: "photonPersistentDisk" },
  { field: "portworxVolume" },
  { field: "azureDisk" },
  { field: "storageos" },
  { field: "projected" },
  { field: "scaleIO" },
  { field: "csi" },
  { field: "ephemeral" },
  { field: "image" },
];

/** Validates the volumes and answers those that can be mounted: https://kubernetes.io/docs/concepts/storage/volumes/ */
export function validateVolumes(
  volumes: readonly Volume[],
  options: PodOptions,
  at: FieldPath,
  errors: FieldErrors,
): ReadonlyMap<string, Volume> {
  const mountable = new Map<string, Volume>();
  const podName = options.pod?.name;
  const created = new Set(
    podName ? volumes.filter(({ ephemeral }) => ephemeral !== undefined).map(({ name }) => `${podName}-${name}`) : [],
  );
  volumes.forEach((volume, i) => {
    const item = at.index(i);
    const before = errors.causes.length;
    const { name } = volume;
    validateSource(volume, options, item, errors);
    if (name === "") errors.required(item.child("name"));
    else checkForm(dnsLabelFault, name, item.child("name"), errors);
    if (mountable.has(name)) errors.duplicate(item.child("name"), name);
    if (errors.causes.length === before) mountable.set(name, volume);
    const claim = volume.persistentVolumeClaim?.claimName;
    if (claim !== undefined && created.has(claim))
      errors.invalid(
        item.child("persistentVolumeClaim").child("claimName"),
        claim,
        "is a claim made for this Pod alone",
      );
  });
  return mountable;
}

const BY_FIELD: ReadonlyMap<string, Source> = new Map(SOURCES.map((source) => [source.field, source]));

/** In the server's order. Looked for among the fields that a volume has, which are few. */
function sourcesOf(volume: Volume): readonly Source[] {
  const given: Source[] = [];
  for (const name in volume) {
    const source = BY_FIELD.get(name);
    if (source !== undefined && volume[source.field] !== undefined) given.push(source);
  }
  return given.length > 1 ? SOURCES.filter((source) => given.includes(source)) : given;
}

function validateSource(volume: Volume, options: PodOptions, at: FieldPath, errors: FieldErrors): void {
  let count = 0;
  for (const { field, refusedAt = field } of sourcesOf(volume)) {
    if (count > 0) errors.forbidden(at.child(refusedAt), "There is another source already");
    else validateOne(volume, field, options, at, errors);
    if (field === "iscsi") checkIscsiName(volume, at, errors);
    count++;
  }
  if (count === 0) errors.required(at, "a volume has a source");
}

function validateOne(
  volume: Volume,
  field: keyof Volume,
  options: PodOptions,
  at: FieldPath,
  errors: FieldErrors,
): void {
  const path = at.child(field);
  switch (field) {
    case "emptyDir": {
      const { sizeLimit } = volume.emptyDir!;
      if (sizeLimit !== undefined && signOf(sizeLimit) < 0)
        errors.forbidden(path.child("sizeLimit"), `${sizeLimit} is negative`);
      break;
    }
    case "secret":
      validateSecretVolume(volume.secret!, path, errors);
      break;
    case "configMap":
      validateConfigMapVolume(volume.configMap!, path, errors);
      break;
    case "downwardAPI":
      validateDownwardVolume(volume.downwardAPI!, path, errors);
      break;
    case "projected":
      validateProjected(volume.projected!, path, errors);
      break;
    case "persistentVolumeClaim":
      if (volume.persistentVolumeClaim!.claimName === "") errors.required(path.child("claimName"));
      break;
    case "csi":
      validateCsiVolume(volume.csi!, path, errors);
      break;
    case "image":
      validateImageVolume(volume.image!, path, errors);
      break;
    case "ephemeral":
      validateEphemeral(volume, options, at, errors);
      break;
    default:
      (STORAGE_CHECKS as Readonly<Record<string, StorageCheck<unknown>>>)[field]?.(volume[field], at, errors);
  }
}

/** The name of the claim is made of the Pod's and the volume's: https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/ */
function validateEphemeral(volume: Volume, options: PodOptions, at: FieldPath, errors: FieldErrors): void {
  const template = volume.ephemeral!.volumeClaimTemplate;
  const path = at.child("ephemeral").child("volumeClaimTemplate");
  if (template === undefined) errors.required(path);
  else validateClaimTemplate(template, path, errors);
  if (!options.pod?.name || volume.name === "") return;
  const why = dnsSubdomainFault(`${options.pod.name}-${volume.name}`);
  if (why !== undefined) errors.invalid(at.child("name"), volume.name, `makes the claim's name one that ${why}`);
}

const LONGEST_ISCSI_NAME = 64;

function checkIscsiName({ name, iscsi }: Volume, at: FieldPath, errors: FieldErrors): void {
  if (iscsi?.initiatorName === undefined) return;
  if (byteLength(`${name}:${iscsi.targetPortal}`) > LONGEST_ISCSI_NAME)
    errors.invalid(at.child("name"), name, "is with the target portal longer than 64 characters");
}
