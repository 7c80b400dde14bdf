import type { PersistentVolumeClaim } from "../types/core.v1.generated.js";
import type { Ingress } from "../types/networking.v1.generated.js";

const CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";
const INGRESS_ANNOTATION = "kubernetes.io/ingress.class";

/** The annotation of old still wins over the field. */
export const storageClassOf = ({ metadata, spec }: PersistentVolumeClaim): string | undefined =>
  metadata.annotations?.[CLASS_ANNOTATION] ?? spec?.storageClassName;

/** https://kubernetes.io/docs/concepts/storage/storage-classes/#default-storageclass */
export function setStorageClass(claim: PersistentVolumeClaim, byDefault: string | undefined): void {
  if (byDefault !== undefined && claim.spec && storageClassOf(claim) === undefined)
    claim.spec.storageClassName = byDefault;
}

/** https://kubernetes.io/docs/concepts/services-networking/ingress/#default-ingress-class */
export function setIngressClass({ metadata, spec }: Ingress, byDefault: string | undefined): void {
  if (byDefault === undefined || !spec || spec.ingressClassName !== undefined) return;
  if (metadata.annotations?.[INGRESS_ANNOTATION] === undefined) spec.ingressClassName = byDefault;
}

/** Annotations that make a class the one that is taken where none is named. */
export const MARKS_DEFAULT: Readonly<Record<string, readonly string[]>> = {
  "storageclasses.storage.k8s.io": [
    "storageclass.kubernetes.io/is-default-class",
    "storageclass.beta.kubernetes.io/is-default-class",
  ],
  "ingressclasses.networking.k8s.io": ["ingressclass.kubernetes.io/is-default-class"],
};
