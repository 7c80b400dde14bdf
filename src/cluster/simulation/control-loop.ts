import type { Controller } from "./controller.js";
import type { Change } from "./object-store.js";
import type { SimulatedCluster } from "./simulated-cluster.js";

/** So many reconciliations an object are more than any of them needs; beyond, controllers work against each other. */
const STEPS_PER_OBJECT = 400;
const LEAST_STEPS = 20_000;

interface Queue {
  readonly controller: Controller;
  readonly keys: Set<string>;
  /** What failed for reasons outside the object; tried again when something new is asked of the cluster. */
  readonly later: Set<string>;
}

interface Timer {
  readonly at: number;
  readonly queue: Queue;
  readonly key: string;
}

/**
 * Runs the controllers until none has anything to do. They take turns in a fixed order, each emptying its own queue, so
 * that the same manifests always come to the same end.
 */
export class ControlLoop {
  readonly #queues: readonly Queue[];
  readonly #byName: ReadonlyMap<string, Queue>;
  /** The earliest first. */
  readonly #timers: Timer[] = [];
  #changes = 0;
  #steps = 0;

  constructor(
    controllers: readonly Controller[],
    private readonly cluster: SimulatedCluster,
  ) {
    this.#queues = controllers.map((controller) => ({ controller, keys: new Set(), later: new Set() }));
    this.#byName = new Map(this.#queues.map((queue) => [queue.controller.name, queue]));
  }

  notice(change: Change): void {
    this.#changes++;
    for (const { controller, keys } of this.#queues) {
      const enqueue = (key: string) => void keys.add(key);
      const watch = controller.watches[change.resource as keyof Controller["watches"]];
      (watch as ((...args: unknown[]) => void) | undefined)?.(change, enqueue, this.cluster);
      controller.watchesAll?.(change, enqueue, this.cluster);
    }
  }

  /** Has a controller look at a key again at a moment (seconds). */
  wakeAt(at: number, controller: string, key: string): void {
    const queue = this.#byName.get(controller);
    if (queue === undefined) return;
    let [low, high] = [0, this.#timers.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#timers[middle]!.at <= at) low = middle + 1;
      else high = middle;
    }
    this.#timers.splice(low, 0, { at, queue, key });
  }

  /** Has a controller look at a key again when the next document has come, or time has passed. */
  retry(controller: string, key: string): void {
    this.#byName.get(controller)?.later.add(key);
  }

  /** Takes up what was put off. */
  retryAll(): void {
    for (const { keys, later } of this.#queues) {
      for (const key of later) keys.add(key);
      later.clear();
    }
  }

  /** Runs until nothing is left to do; false where controllers never come to rest. */
  settle(): boolean {
    for (;;) {
      const queue = this.#queues.find(({ keys }) => keys.size > 0);
      if (queue === undefined) return true;
      for (const key of queue.keys) {
        queue.keys.delete(key);
        if (++this.#steps > LEAST_STEPS + STEPS_PER_OBJECT * this.cluster.created) return false;
        queue.controller.reconcile(key, this.cluster);
      }
    }
  }

  /** How many changes there have been. */
  get changes(): number {
    return this.#changes;
  }

  /** When the next timer is due. */
  get nextTimer(): number | undefined {
    return this.#timers[0]?.at;
  }

  /** Puts what is due by a moment into the queues. */
  ring(now: number): void {
    const later = this.#timers.findIndex(({ at }) => at > now);
    const due = this.#timers.splice(0, later < 0 ? this.#timers.length : later);
    for (const { queue, key } of due) queue.keys.add(key);
  }
}
