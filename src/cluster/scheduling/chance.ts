/**
 * Stands for the scheduler's dice. Where several nodes are equally good, the real scheduler takes one at random; here it is
 * always the first, or always the last, and noted which Pods it was done for. What both come to is certain.
 */
export class Chance {
  /** The keys of the Pods for which it came to this. */
  readonly decided = new Set<string>();

  constructor(readonly prefers: "first" | "last" = "first") {}

  pick<T>(options: readonly T[], pod: string): T | undefined {
    if (options.length > 1) this.decided.add(pod);
    return this.prefers === "first" ? options[0] : options.at(-1);
  }
}
