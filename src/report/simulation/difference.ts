import type { Mark, Overview, Row } from "./overview.js";
import type { RefusedDocument } from "./refusals.js";

/** What differs between two simulations, or what an action would do. */
export interface Difference {
  readonly title: string;
  readonly lines: readonly { readonly mark: Mark; readonly text: string }[];
}

/** Compares what two simulations come to, row by row; what is left on the nodes follows from the rest. */
export function differencesBetween(before: Overview, after: Overview): Difference["lines"] {
  const [old, young] = [rowsOf(before), rowsOf(after)];
  const lines: { mark: Mark; text: string }[] = [];
  for (const [key, row] of old) {
    const now = young.get(key);
    if (now === undefined) lines.push({ mark: "none", text: `${key}: ${stateOf(row)} → not there` });
    else if (stateOf(row) !== stateOf(now) || row.mark !== now.mark) lines.push(changeOf(key, row, now));
  }
  for (const [key, row] of young)
    if (!old.has(key)) lines.push({ mark: "none", text: `${key}: not there → ${stateOf(row)}` });
  return lines;
}

/** Only the cells that differ. */
function changeOf(key: string, row: Row, now: Row): { mark: Mark; text: string } {
  const [was, is] = [row, now].map(({ cells }, side) =>
    cells.filter((cell, i) => i > 0 && cell !== [now, row][side]!.cells[i]).map((cell) => cell || "nothing"),
  );
  const notes = now.notes.filter((note) => !row.notes.includes(note));
  const change = `${was?.join(", ")} → ${is?.join(", ")}`;
  const rise = RANK[now.mark] - RANK[row.mark];
  return {
    mark: rise > 0 ? "bad" : rise < 0 ? "good" : "none",
    text: `${key}: ${[change, ...notes].join("; ")}`,
  };
}

const RANK: Readonly<Record<Mark, number>> = { good: 0, none: 0, warning: 1, bad: 2 };

/** What is behind the name. */
const stateOf = ({ cells }: Row): string => cells.slice(1).filter(Boolean).join(", ") || "there";

const rowsOf = ({ parts }: Overview): Map<string, Row> =>
  new Map(
    parts.flatMap(({ namespace, tables }) =>
      tables
        .flat()
        .filter(({ key }) => !key.startsWith("Node/"))
        .map((row) => [namespace === "" ? row.key : row.key.replace("/", `/${namespace}/`), row] as const),
    ),
  );

/** Refusals that only the second simulation has. */
export function newRefusals(
  before: readonly RefusedDocument[],
  after: readonly RefusedDocument[],
): Difference["lines"] {
  const known = new Set(before.map(({ place }) => place));
  return after
    .filter(({ place }) => !known.has(place))
    .map(({ name, causes }) => ({
      mark: "bad",
      text: `${name} is refused${causes.length > 0 ? `: ${causes.map(({ message }) => message).join("; ")}` : ""}`,
    }));
}
