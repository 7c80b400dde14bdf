import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { checkRelativePath, hasBackstep } from "../meta/file-paths.js";
import { checkChoice } from "../meta/values.js";
import type { Container, Volume, VolumeDevice, VolumeMount } from "../types/core.v1.generated.js";

const PROPAGATIONS = ["Bidirectional", "HostToContainer", "None"];
const RECURSIVE_READ_ONLY = ["Disabled", "Enabled", "IfPossible"];

type Volumes = ReadonlyMap<string, Volume>;

/** https://kubernetes.io/docs/concepts/storage/volumes/ */
export function validateMounts(container: Container, volumes: Volumes, at: FieldPath, errors: FieldErrors): void {
  const { volumeMounts = [], volumeDevices = [] } = container;
  const paths = new Set<string>();
  const devices = new Map(volumeDevices.map((device) => [device.name, device.devicePath]));
  const devicePaths = new Set(devices.values());
  volumeMounts.forEach((mount, i) => {
    const item = at.index(i);
    const { name, mountPath } = mount;
    const volume = volumes.get(name);
    if (name === "") errors.required(item.child("name"));
    if (volume === undefined) errors.notFound(item.child("name"), name);
    if (mountPath === "") errors.required(item.child("mountPath"));
    if (paths.has(mountPath)) errors.invalid(item.child("mountPath"), mountPath, "is mounted twice");
    paths.add(mountPath);
    if (devices.has(name)) errors.invalid(item.child("name"), name, "is in volumeDevices, too");
    if (devicePaths.has(mountPath)) errors.invalid(item.child("mountPath"), mountPath, "is the path of a device, too");
    validateSubPaths(mount, volume?.image !== undefined, at, item, errors);
    validatePropagation(mount, container, at, errors);
    validateRecursiveReadOnly(mount, at, errors);
  });
}

/** Some faults the server reports at the list instead of the item. */
function validateSubPaths(
  { subPath, subPathExpr }: VolumeMount,
  ofImage: boolean,
  list: FieldPath,
  item: FieldPath,
  errors: FieldErrors,
): void {
  if (ofImage && subPath) errors.invalid(item.child("subPath"), subPath, "cannot be taken of an image");
  if (ofImage && subPathExpr) errors.invalid(item.child("subPathExpr"), subPathExpr, "cannot be taken of an image");
  if (subPath) checkRelativePath(subPath, list.child("subPath"), errors);
  if (subPathExpr) {
    if (subPath) errors.invalid(item.child("subPathExpr"), subPathExpr, "cannot stand beside subPath");
    checkRelativePath(subPathExpr, list.child("subPathExpr"), errors);
  }
}

function validatePropagation(mount: VolumeMount, container: Container, list: FieldPath, errors: FieldErrors): void {
  const { mountPropagation } = mount;
  if (mountPropagation === undefined) return;
  const at = list.child("mountPropagation");
  checkChoice(mountPropagation, PROPAGATIONS, at, errors);
  if (mountPropagation === "Bidirectional" && !container.securityContext?.privileged)
    errors.forbidden(at, "Bidirectional propagation is only for privileged containers");
}

function validateRecursiveReadOnly(mount: VolumeMount, list: FieldPath, errors: FieldErrors): void {
  const { recursiveReadOnly, readOnly, mountPropagation } = mount;
  if (recursiveReadOnly === undefined || recursiveReadOnly === "Disabled") return;
  const at = list.child("recursiveReadOnly");
  if (!checkChoice(recursiveReadOnly, RECURSIVE_READ_ONLY, at, errors)) return;
  if (!readOnly) errors.forbidden(at, "A recursive read-only mount has readOnly: true");
  if (mountPropagation !== undefined && mountPropagation !== "None")
    errors.forbidden(at, "A recursive read-only mount has no mountPropagation but None");
}

/** https://kubernetes.io/docs/concepts/storage/persistent-volumes/#raw-block-volume-support */
export function validateDevices(
  devices: readonly VolumeDevice[],
  mounts: readonly VolumeMount[],
  volumes: Volumes,
  at: FieldPath,
  errors: FieldErrors,
): void {
  const names = new Set<string>();
  const paths = new Set<string>();
  const mounted = new Map(mounts.map((mount) => [mount.name, mount.mountPath]));
  const mountPaths = new Set(mounted.values());
  devices.forEach(({ name, devicePath }, i) => {
    const item = at.index(i);
    const volume = volumes.get(name);
    if (name === "") errors.required(item.child("name"));
    if (names.has(name)) errors.invalid(item.child("name"), name, "is given twice");
    if (volume === undefined) errors.notFound(item.child("name"), name);
    else if (volume.persistentVolumeClaim === undefined && volume.ephemeral === undefined)
      errors.invalid(item.child("name"), name, "is no claim, and only claims are block devices");
    if (devicePath === "") errors.required(item.child("devicePath"));
    if (paths.has(devicePath)) errors.invalid(item.child("devicePath"), devicePath, "is given twice");
    if (hasBackstep(devicePath)) errors.invalid(item.child("devicePath"), devicePath, 'has ".." as a step');
    else paths.add(devicePath);
    if (mounted.has(name)) errors.invalid(item.child("name"), name, "is in volumeMounts, too");
    if (mountPaths.has(devicePath)) errors.invalid(item.child("devicePath"), devicePath, "is the path of a mount, too");
    if (name !== "") names.add(name);
  });
}
