import type { Change } from "./object-store.js";
import type { KnownResource } from "./resources.js";
import type { SimulatedCluster } from "./simulated-cluster.js";

/** Asks for the object with this key to be looked at again. */
export type Enqueue = (key: string) => void;

/** What a controller asks for after a change of one resource. */
export type Watch<R extends string> = (change: Change<R>, enqueue: Enqueue, cluster: SimulatedCluster) => void;

/**
 * One of the control plane's loops: it hears of changes, and brings each object it is asked about nearer to what is
 * wanted. One instance serves one simulation, so that it may keep an index of its own.
 */
export interface Controller {
  readonly name: string;
  readonly watches: { readonly [R in KnownResource]?: Watch<R> };
  /** Hears of the changes of all resources, besides `watches`. */
  readonly watchesAll?: Watch<string>;
  /** Called once for a key however often it was asked for meanwhile. The object may be gone by then. */
  reconcile(key: string, cluster: SimulatedCluster): void;
}
