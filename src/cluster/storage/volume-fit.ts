import { amountOf } from "../../apis/meta/amounts.js";
import type { PersistentVolume, PersistentVolumeClaim } from "../../apis/types/core.v1.generated.js";
import { matchSelector } from "../selection/selectors.js";
import { classOfClaim, classOfVolume } from "./storage-classes.js";

/** How much a claim asks for, in billionths of a byte, as quantities are kept. */
export const sizeAsked = ({ spec }: PersistentVolumeClaim): bigint =>
  amountOf(spec.resources?.requests?.storage ?? "0").nano;

export const sizeOf = ({ spec }: PersistentVolume): bigint => amountOf(spec.capacity?.storage ?? "0").nano;

/** Whether a volume is reserved for a claim: by name, and by uid where one is given. */
export const isReservedFor = ({ spec: { claimRef } }: PersistentVolume, { metadata }: PersistentVolumeClaim): boolean =>
  claimRef !== undefined &&
  claimRef.name === metadata.name &&
  claimRef.namespace === metadata.namespace &&
  (!claimRef.uid || claimRef.uid === metadata.uid);

/** Whether a volume offers every access mode that a claim asks for. */
export const offersModes = ({ spec }: PersistentVolume, claim: PersistentVolumeClaim): boolean =>
  (claim.spec.accessModes ?? []).every((mode) => spec.accessModes?.includes(mode));

/** Whether both are file systems, or both blocks. */
export const isSameMode = ({ spec }: PersistentVolume, claim: PersistentVolumeClaim): boolean =>
  (spec.volumeMode ?? "Filesystem") === (claim.spec.volumeMode ?? "Filesystem");

export const hasSameAttributes = ({ spec }: PersistentVolume, claim: PersistentVolumeClaim): boolean =>
  (spec.volumeAttributesClassName ?? "") === (claim.spec.volumeAttributesClassName ?? "");

export const isSelected = ({ metadata }: PersistentVolume, { spec: { selector } }: PersistentVolumeClaim): boolean =>
  selector === undefined || matchSelector(selector, metadata.labels ?? {}) === "yes";

/** A volume that any claim may get. */
export const isFree = ({ metadata, spec, status }: PersistentVolume): boolean =>
  spec.claimRef === undefined && status?.phase === "Available" && metadata.deletionTimestamp === undefined;

/** Whether a claim may be bound to a free volume that it does not name. */
export const fits = (volume: PersistentVolume, claim: PersistentVolumeClaim): boolean =>
  sizeOf(volume) >= sizeAsked(claim) &&
  classOfVolume(volume) === classOfClaim(claim) &&
  offersModes(volume, claim) &&
  isSameMode(volume, claim) &&
  hasSameAttributes(volume, claim) &&
  isSelected(volume, claim);

/** Why a claim does not get the volume that it names; its selector and the volume's nodes do not matter then. */
export function misfit(volume: PersistentVolume, claim: PersistentVolumeClaim): string | undefined {
  const name = `PersistentVolume "${volume.metadata.name}"`;
  const [asked, size] = [claim.spec.resources?.requests?.storage, volume.spec.capacity?.storage];
  if (sizeOf(volume) < sizeAsked(claim)) return `${name} has ${size}, which is less than the ${asked} asked for`;
  const [own, other] = [classOfClaim(claim), classOfVolume(volume)];
  if (own !== other) return `${name} is of the StorageClass "${other}", not "${own}"`;
  if (!hasSameAttributes(volume, claim)) return `${name} is of another VolumeAttributesClass`;
  if (!isSameMode(volume, claim)) return `${name} is of another volumeMode`;
  return offersModes(volume, claim) ? undefined : `${name} does not offer every access mode asked for`;
}
