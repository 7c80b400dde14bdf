import type { Controller, Enqueue, Watch } from "./controller.js";
import type { Change } from "./object-store.js";
import type { SimulatedCluster } from "./simulated-cluster.js";

/** So many reconciliations an object are more than any of them needs; beyond, controllers work against each other. */
const STEPS_PER_OBJECT = 400;
const LEAST_STEPS = 20_000;

interface Queue {
  readonly controller: Controller;
  readonly keys: Set<string>;
  /** What failed for reasons outside the object, and the round from which on it is tried again. */
  readonly later: Map<string, number>;
  /** How often something has failed so. */
  readonly failures: Map<string, number>;
  readonly enqueue: Enqueue;
}

/** So many tries come at every round; each further one waits twice as long as the one before, as controllers back off. */
const PROMPT_TRIES = 6;

type Listener = (change: Change) => void;

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
  /** By resource, what hears of its changes, in the order of the controllers. */
  readonly #listeners = new Map<string, readonly Listener[]>();
  /** No queue before this one has keys. */
  #first = 0;
  #areSomeLater = false;
  #round = 0;
  /** The earliest first. */
  readonly #timers: Timer[] = [];
  #changes = 0;
  #steps = 0;

  constructor(
    controllers: readonly Controller[],
    private readonly cluster: SimulatedCluster,
  ) {
    this.#queues = controllers.map((controller, place) => {
      const keys = new Set<string>();
      const enqueue = (key: string) => {
        keys.add(key);
        if (place < this.#first) this.#first = place;
      };
      return { controller, keys, later: new Map(), failures: new Map(), enqueue };
    });
    this.#byName = new Map(this.#queues.map((queue) => [queue.controller.name, queue]));
  }

  notice(change: Change): void {
    this.#changes++;
    let listeners = this.#listeners.get(change.resource);
    if (listeners === undefined) {
      listeners = this.#listenersTo(change.resource);
      this.#listeners.set(change.resource, listeners);
    }
    for (const listener of listeners) listener(change);
  }

  #listenersTo(resource: string): Listener[] {
    return this.#queues.flatMap(({ controller: { watches, watchesAll }, enqueue }) => {
      const watch = Object.hasOwn(watches, resource) ? watches[resource as keyof Controller["watches"]] : undefined;
      const all = [watch as Watch<string> | undefined, watchesAll];
      return all.flatMap((each) => (each ? (change: Change) => each(change, enqueue, this.cluster) : []));
    });
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
    // Thousands of Pods would be gone through again for each document, in vain.
    if (this.cluster.isFull) return;
    const queue = this.#byName.get(controller);
    if (queue === undefined) return;
    const times = (queue.failures.get(key) ?? 0) + 1;
    queue.failures.set(key, times);
    queue.later.set(key, this.#round + 2 ** Math.max(0, times - PROMPT_TRIES));
    this.#areSomeLater = true;
  }

  /** Begins a round: takes up what was put off, as far as its time has come; all of it in the end. */
  retryAll({ inTheEnd = false } = {}): void {
    this.#round++;
    if (!this.#areSomeLater) return;
    this.#areSomeLater = false;
    for (const { enqueue, later } of this.#queues)
      for (const [key, from] of later)
        if (!inTheEnd && from > this.#round) this.#areSomeLater = true;
        else {
          later.delete(key);
          enqueue(key);
        }
  }

  /** Runs until nothing is left to do; false where controllers never come to rest. */
  settle(): boolean {
    for (;;) {
      const queue = this.#queues[this.#first];
      if (queue === undefined) return true;
      if (queue.keys.size === 0) {
        this.#first++;
        continue;
      }
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
    for (const { queue, key } of due) queue.enqueue(key);
  }
}
