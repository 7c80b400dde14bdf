import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { simulate } from "../simulation/simulate.js";
import type { Query } from "./authorization.js";
import { type Outcome, outcomeOf } from "./outcome.js";

const FOLDER = join(__dirname, "../../../testdata/conformance/simulation");
const FLOORS = join(FOLDER, "floors.json");

/** Documents, and what a control plane of 1.34 made of them. */
interface Scenario {
  readonly name: string;
  readonly documents: readonly unknown[];
  readonly queries?: readonly Query[];
  readonly outcome: Readonly<Record<string, readonly unknown[]>>;
}

/** Of one section: how many facts there are, how many of them are told, and what is told that is not so. */
interface Score {
  facts: number;
  had: number;
  wrong: number;
}

const scenarios: Scenario[] = gunzipSync(readFileSync(join(FOLDER, "scenarios.jsonl.gz")))
  .toString()
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

/** Texts and what is not recorded. */
const NO_FACTS = ["message", "audit", "tokenMounted", "labels", "warnings", "finalizers"];
const NAMES =
  "kind namespace name owner index type target pod port field user groups verb group resource subresource nonResourceURL node addressType managedBy".split(
    " ",
  );

/** Every leaf of a value by its path; entries of lists go by what names them. */
function collectFacts(value: unknown, at: string, facts: Set<string>): void {
  if (Array.isArray(value)) {
    const seen = new Map<string, number>();
    for (const item of value) {
      const name = typeof item === "object" && item !== null ? nameOf(item) : JSON.stringify(item);
      const count = (seen.get(name) ?? 0) + 1;
      seen.set(name, count);
      const place = `${at}[${name}${count > 1 ? `#${count}` : ""}]`;
      if (typeof item === "object" && item !== null) collectFacts(item, place, facts);
      else facts.add(place);
    }
    if (value.length === 0) facts.add(`${at} is empty`);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value))
      if (!NO_FACTS.includes(key) && item !== undefined && !(at.startsWith("queries") && key === "reason"))
        collectFacts(item, `${at}.${key}`, facts);
  } else facts.add(`${at} = ${JSON.stringify(value)}`);
}

const nameOf = (item: object): string =>
  NAMES.map((key) => {
    const value = (item as Record<string, unknown>)[key];
    return Array.isArray(value) ? value.join("+") : typeof value === "object" ? "" : `${value ?? ""}`;
  }).join("/");

function factsOf(section: string, entries: readonly unknown[] | undefined): Set<string> {
  const facts = new Set<string>();
  // As it is printed: what is undefined is left out.
  if (entries !== undefined) collectFacts(JSON.parse(JSON.stringify(entries)), section, facts);
  return facts;
}

function measure(): Record<string, Score> {
  const scores: Record<string, Score> = {};
  for (const { documents, queries, outcome } of scenarios) {
    const told: Outcome = outcomeOf(simulate(documents, { minor: 34 }), queries);
    for (const section of new Set([...Object.keys(outcome), ...Object.keys(told)])) {
      if (section === "nodes" || section === "otherEndpointSlices") continue;
      const [wanted, claimed] = [factsOf(section, outcome[section] ?? []), factsOf(section, told[section] ?? [])];
      scores[section] ??= { facts: 0, had: 0, wrong: 0 };
      const score = scores[section];
      score.facts += wanted.size;
      for (const fact of wanted) if (claimed.has(fact)) score.had++;
      for (const fact of claimed) if (!wanted.has(fact)) score.wrong++;
    }
  }
  return scores;
}

test("the cluster comes out as a control plane made it", () => {
  const scores = measure();
  if (process.env.UPDATE) writeFileSync(FLOORS, `${JSON.stringify(scores, undefined, 2)}\n`);
  const floors: Record<string, Score> = JSON.parse(readFileSync(FLOORS, "utf8"));
  const all = Object.values(scores).reduce(
    (sum, { had, facts }) => ({ had: sum.had + had, facts: sum.facts + facts }),
    {
      had: 0,
      facts: 0,
    },
  );
  console.info(`${all.had} of ${all.facts} facts of ${scenarios.length} scenarios`);
  const worse = Object.entries(floors).flatMap(([section, floor]) => {
    const { had, wrong } = scores[section] ?? { had: 0, wrong: 0 };
    return had < floor.had || wrong > floor.wrong ? [{ section, had, wrong, floor }] : [];
  });
  expect(worse).toEqual([]);
});
