import type { ApiObject } from "../kind-rules.js";
import type { PersistentVolumeClaim } from "../types/core.v1.generated.js";
import type { Ingress } from "../types/networking.v1.generated.js";

/** Names the class of a claim or volume where it wins over the field. */
export const CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";
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
const MARKS_DEFAULT: Readonly<Record<string, readonly string[]>> = {
  "storageclasses.storage.k8s.io": [
    "storageclass.kubernetes.io/is-default-class",
    "storageclass.beta.kubernetes.io/is-default-class",
  ],
  "ingressclasses.networking.k8s.io": ["ingressclass.kubernetes.io/is-default-class"],
};

interface MarkedClass {
  readonly name: string;
  /** When it was made; "" where that is not known. */
  readonly made: string;
}

/** The classes that are taken where none is named; of several, the newest. */
export class DefaultClasses {
  readonly #marked = new Map<string, readonly MarkedClass[]>();

  /** Takes in an object of a resource, if that has classes and this is marked as the default. */
  add(resource: string, { metadata }: ApiObject): void {
    if (!MARKS_DEFAULT[resource]?.some((mark) => metadata.annotations?.[mark] === "true")) return;
    const marked = { name: metadata.name ?? "", made: metadata.creationTimestamp ?? "" };
    this.#marked.set(resource, [...(this.#marked.get(resource) ?? []), marked].sort(byAge));
  }

  remove(resource: string, name: string): void {
    const left = this.#marked.get(resource)?.filter((marked) => marked.name !== name);
    if (left !== undefined) this.#marked.set(resource, left);
  }

  /** The name of the class that is taken; undefined where none is marked. */
  of(resource: string): string | undefined {
    return this.#marked.get(resource)?.at(-1)?.name;
  }
}

/** The newest comes last, which is the one that counts; of those of one second, the first by name. */
function byAge(a: MarkedClass, b: MarkedClass): number {
  if (a.made !== b.made) return a.made < b.made ? -1 : 1;
  return a.made === "" || a.name === b.name ? 0 : a.name < b.name ? 1 : -1;
}
