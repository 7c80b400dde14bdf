import type { Span } from "../source/span.js";

/** Stretches of a text, to be asked which of them holds an offset. Asking costs little where they nest or lie apart. */
export class ScopeIndex<T extends { readonly scope: Span }> {
  readonly #sorted: readonly T[];
  /** The furthest end among a stretch and those before it. */
  readonly #reach: readonly number[];

  constructor(items: readonly T[]) {
    this.#sorted = [...items].sort((a, b) => a.scope.start - b.scope.start);
    let furthest = -1;
    this.#reach = this.#sorted.map(({ scope }) => {
      furthest = Math.max(furthest, scope.end);
      return furthest;
    });
  }

  /** The one that begins last among those that hold the offset, their ends included. */
  at(offset: number): T | undefined {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sorted[middle]!.scope.start <= offset) low = middle + 1;
      else high = middle;
    }
    for (let i = low - 1; i >= 0 && this.#reach[i]! >= offset; i--) {
      if (this.#sorted[i]!.scope.end >= offset) return this.#sorted[i];
    }
    return undefined;
  }
}
