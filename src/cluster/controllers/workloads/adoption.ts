import type { ApiObject } from "../../../apis/kind-rules.js";
import { selectorMatches } from "../../../apis/meta/label-selector.js";
import type { LabelSelector } from "../../../apis/types/meta.v1.generated.js";
import type { Enqueue } from "../../simulation/controller.js";
import { entryOf } from "../../simulation/entry-of.js";
import { type Change, controllerOf } from "../../simulation/object-store.js";
import { type KnownResource, keyOf, type Stored } from "../../simulation/resources.js";
import { controlledBy, type SimulatedCluster } from "../../simulation/simulated-cluster.js";

type SelectorOf<O extends KnownResource> = (owner: Stored<O>) => LabelSelector | undefined;

/**
 * Keeps which objects of one resource have no controller, and which owners would take them, so that neither looks
 * through all of the other. Owners adopt what matches their selector, and release what no longer does.
 * https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/#non-template-pod-acquisitions
 */
export class Adoption<O extends KnownResource, D extends KnownResource> {
  /** By namespace and label pair, and by namespace alone: the objects without a controller. */
  readonly #orphans = new Map<string, Map<string, Stored<D>>>();
  /** By namespace and one label pair that the selector asks for, or by namespace alone: owners. */
  readonly #owners = new Map<string, Map<string, LabelSelector>>();

  constructor(
    private readonly dependents: D,
    private readonly kind: string,
    private readonly selectorOf: SelectorOf<O>,
  ) {}

  /** To be told of every change of an owner. */
  noticeOwner = ({ before, after }: Change<O>, enqueue: Enqueue): void => {
    const [was, is] = [before && this.selectorOf(before), after && this.selectorOf(after)];
    if (before !== undefined && was !== undefined) this.#owners.get(ownerPlace(before, was))?.delete(keyOf(before));
    if (after !== undefined) {
      if (is !== undefined)
        entryOf(this.#owners, ownerPlace(after, is), () => new Map<string, LabelSelector>()).set(keyOf(after), is);
      if (before === undefined || isAskedForMore(before, after)) enqueue(keyOf(after));
    }
  };

  /** To be told of every change of what is owned: asks for the owners, or those that may become such. */
  noticeDependent = ({ before, after }: Change<D>, enqueue: Enqueue): void => {
    for (const object of [before, after]) {
      if (object === undefined) continue;
      const owner = controllerOf(object);
      if (owner?.kind === this.kind) enqueue(`${object.metadata.namespace}/${owner.name}`);
    }
    if (before !== undefined && controllerOf(before) === undefined)
      for (const place of orphanPlaces(before)) this.#orphans.get(place)?.delete(keyOf(before));
    if (after === undefined || controllerOf(after) !== undefined) return;
    for (const place of orphanPlaces(after)) {
      entryOf(this.#orphans, place, () => new Map<string, Stored<D>>()).set(keyOf(after), after);
      for (const [key, selector] of this.#owners.get(place) ?? [])
        if (selectorMatches(selector, after.metadata.labels ?? {})) enqueue(key);
    }
  };

  /** Adopts and releases as the selector says, and gives what the owner controls then. */
  claim(
    owner: Stored<O>,
    cluster: SimulatedCluster,
    mayAdopt: (object: Stored<D>) => boolean = () => true,
  ): Stored<D>[] {
    const selector = this.selectorOf(owner);
    const uid = owner.metadata.uid ?? "";
    const going = owner.metadata.deletionTimestamp !== undefined;
    const own: Stored<D>[] = [];
    for (const object of [...cluster.objects.controlledBy(this.dependents, uid)]) {
      if (selector !== undefined && selectorMatches(selector, object.metadata.labels ?? {})) own.push(object);
      else if (!going && object.metadata.deletionTimestamp === undefined) this.#release(object, uid, cluster);
    }
    if (going || selector === undefined) return own;
    for (const object of [...(this.#orphans.get(ownerPlace(owner, selector))?.values() ?? [])]) {
      if (!selectorMatches(selector, object.metadata.labels ?? {})) continue;
      if (object.metadata.deletionTimestamp !== undefined || !mayAdopt(object)) continue;
      own.push(this.#adopt(object, owner, cluster));
    }
    return own;
  }

  #adopt(object: Stored<D>, owner: Stored<O>, cluster: SimulatedCluster): Stored<D> {
    const { metadata } = object;
    const others = (metadata.ownerReferences ?? []).filter(({ uid }) => uid !== owner.metadata.uid);
    const adopted = { ...object, metadata: { ...metadata, ownerReferences: [...others, controlledBy(owner)] } };
    cluster.update(this.dependents, adopted as Stored<D>);
    return adopted as Stored<D>;
  }

  #release(object: Stored<D>, uid: string, cluster: SimulatedCluster): void {
    const left = object.metadata.ownerReferences?.filter((owner) => owner.uid !== uid) ?? [];
    const ownerReferences = left.length > 0 ? left : undefined;
    cluster.update(this.dependents, { ...object, metadata: { ...object.metadata, ownerReferences } } as Stored<D>);
  }
}

/** Whether more has changed than the status, which owners write themselves. */
const isAskedForMore = (before: ApiObject, after: ApiObject): boolean =>
  before.metadata !== after.metadata || (before as Specified).spec !== (after as Specified).spec;

type Specified = ApiObject & { readonly spec?: unknown };

const pairPlace = (namespace: string, key: string, value: string): string => `${namespace}/${key}=${value}`;

function ownerPlace({ metadata: { namespace = "" } }: ApiObject, { matchLabels }: LabelSelector): string {
  for (const key in matchLabels) return pairPlace(namespace, key, matchLabels[key]!);
  return namespace;
}

const orphanPlaces = ({ metadata: { namespace = "", labels = {} } }: ApiObject): string[] => [
  namespace,
  ...Object.entries(labels).map(([key, value]) => pairPlace(namespace, key, value)),
];
