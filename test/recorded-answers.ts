import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Verdict } from "../src/apis/index.js";
import { patch } from "./conformance-cases.js";

/** How many answers of a real API server the program gives too, by what of them is compared. */
export type Score<Figure extends string> = Readonly<Record<"cases" | Figure, number>>;

/** One object that was sent to a real API server, and its answer. */
export interface Answered {
  /** The valid object of which it is a change. */
  readonly base: unknown;
  readonly object: unknown;
  readonly unchanged: boolean;
  readonly code: number;
  readonly causes: readonly string[];
  readonly warnings: number;
  readonly stored?: unknown;
}

/** The files of a folder of answers, by kind. */
export const kindsIn = (folder: string): string[] => readdirSync(folder).map((name) => name.replace(".jsonl.gz", ""));

/** The answers of one kind; `testdata/conformance/apiserver/README.md` describes the lines. */
export function readAnswers(folder: string, kind: string): Answered[] {
  const lines = gunzipSync(readFileSync(join(folder, `${kind}.jsonl.gz`)))
    .toString()
    .trim()
    .split("\n");
  const answers: Answered[] = [];
  let base: unknown;
  for (const line of lines) {
    const { object, ops, code, causes = [], warnings = 0, stored } = JSON.parse(line);
    if (ops === undefined) base = object;
    else answers.push({ base, object: patch(base, ops), unchanged: ops.length === 0, code, causes, warnings, stored });
  }
  return answers;
}

/** The causes of a verdict as the data have them: of an undecodable object only unknown fields. */
export const causesOf = ({ code, causes }: Verdict): string[] =>
  [...new Set(causes.map(({ reason, field }) => `${reason.replace(/^Field(Value)?/, "")} ${field}`))]
    .filter((text) => code === 422 || text.startsWith("Unknown "))
    .sort();

/**
 * Answers what is below the floors of a file, and with UPDATE set in the environment writes the scores there. Says in
 * percent what was reached.
 */
export function compareWithFloors<Figure extends string>(
  file: string,
  scores: Readonly<Record<string, Score<Figure>>>,
  figures: readonly Figure[],
  title: string,
): string[] {
  const floors: Record<string, Score<Figure>> = JSON.parse(readFileSync(file, "utf8"));
  const kinds = Object.keys(scores);
  const fallen = kinds.flatMap((kind) =>
    figures
      .filter((figure) => scores[kind]![figure] < (floors[kind]?.[figure] ?? 0))
      .map((figure) => `${kind}: ${figure} ${scores[kind]![figure]}, was ${floors[kind]![figure]}`),
  );
  if (process.env.UPDATE && fallen.length === 0)
    writeFileSync(file, `{\n${kinds.map((kind) => `  "${kind}": ${JSON.stringify(scores[kind])}`).join(",\n")}\n}\n`);
  const total = (figure: "cases" | Figure) => kinds.reduce((sum, kind) => sum + scores[kind]![figure], 0);
  const percent = (figure: Figure) => `${((100 * total(figure)) / total("cases")).toFixed(2)} % ${figure}`;
  process.stdout.write(`${title}, of ${total("cases")} answers the same: ${figures.map(percent).join(", ")}\n`);
  return fallen;
}
