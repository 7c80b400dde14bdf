/** What happened that may let a Pod in: `all`, or what only some predicates ask about. */
export type Disturbance = "all" | "podGone" | "podPlaced" | "storage";

/** The predicates to which each event makes a difference. */
const CONCERNED: Readonly<Record<Exclude<Disturbance, "all">, readonly string[]>> = {
  podGone: ["NodeResourcesFit", "NodePorts", "VolumeRestrictions", "PodTopologySpread", "InterPodAffinity"],
  podPlaced: ["PodTopologySpread", "InterPodAffinity"],
  storage: ["VolumeBinding", "VolumeRestrictions", "VolumeZone", "DynamicResources"],
};

interface Waiting {
  readonly turn: number;
  readonly plugins: ReadonlySet<string>;
}

/**
 * The Pods that wait for a node. Those that were refused wait until something happens that may concern what refused them.
 * https://kubernetes.io/docs/concepts/scheduling-eviction/scheduling-framework/#queueinghint
 */
export class SchedulingQueue {
  /** When each Pod's turn is, by its key. */
  readonly #active = new Map<string, number>();
  readonly #refused = new Map<string, Waiting>();
  readonly #disturbances = new Set<Disturbance>();
  #turn = 0;

  /** A Pod that has come, or was changed. */
  add(key: string): void {
    const turn = this.#refused.get(key)?.turn ?? ++this.#turn;
    this.#refused.delete(key);
    this.#active.set(key, turn);
  }

  forget(key: string): void {
    this.#active.delete(key);
    this.#refused.delete(key);
  }

  /** Puts a Pod aside that these predicates refused. */
  refuse(key: string, plugins: ReadonlySet<string>): void {
    this.#refused.set(key, { turn: ++this.#turn, plugins });
  }

  disturb(disturbance: Disturbance): void {
    this.#disturbances.add(disturbance);
  }

  /** The Pods to be tried next, each with its turn; none where nothing happened that may help one. */
  take(): (readonly [key: string, turn: number])[] {
    if (this.#active.size === 0) this.#wake();
    const taken = [...this.#active];
    this.#active.clear();
    return taken;
  }

  #wake(): void {
    if (this.#disturbances.size === 0) return;
    const concerned = new Set<string>();
    for (const disturbance of this.#disturbances)
      if (disturbance !== "all") for (const plugin of CONCERNED[disturbance]) concerned.add(plugin);
    const everybody = this.#disturbances.has("all");
    this.#disturbances.clear();
    for (const [key, { turn, plugins }] of this.#refused) {
      if (!everybody && ![...plugins].some((plugin) => concerned.has(plugin))) continue;
      this.#refused.delete(key);
      this.#active.set(key, turn);
    }
  }
}
