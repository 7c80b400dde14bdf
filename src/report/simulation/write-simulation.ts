import { goneOf } from "../../cluster/outcome/documents.js";
import type { Simulation } from "../../cluster/simulation/simulate.js";
import { count, list } from "../../engine/wording.js";
import type { Manifest } from "../../input/index.js";
import { showControls } from "../visible-text.js";
import type { Difference } from "./difference.js";
import { simulationHints } from "./hints.js";
import { type Overview, overviewOf } from "./overview.js";
import { Page, type PageOptions } from "./page.js";
import { type RefusedDocument, refusedDocuments } from "./refusals.js";

/** A document whose text does not decode. */
export interface BrokenDocument {
  readonly place: string;
  readonly message: string;
}

/** All that `simulate` tells. */
export interface SimulationReport {
  readonly simulation: Simulation;
  readonly manifests: readonly Manifest[];
  readonly broken: readonly BrokenDocument[];
  readonly overview: Overview;
  readonly refused: readonly RefusedDocument[];
  /** What else is told at the end: sections with their lines. */
  readonly differences: readonly Difference[];
  /** Of the nodes and namespaces that were taken as there. */
  readonly assumed: readonly string[];
}

export const reportOn = (
  simulation: Simulation,
  manifests: readonly Manifest[],
): Pick<SimulationReport, "overview" | "refused" | "simulation" | "manifests"> => ({
  simulation,
  manifests,
  overview: overviewOf(simulation),
  refused: refusedDocuments(simulation, manifests),
});

/** Writes the report for people. */
export function writeSimulation(report: SimulationReport, options: PageOptions): string {
  const page = new Page(options);
  writeRefusals(report, page);
  for (const { namespace, tables, others } of report.overview.parts) {
    page.heading(namespace === "" ? "the cluster" : `namespace ${namespace}`);
    tables.forEach((table, i) => {
      if (i > 0) page.blank();
      page.table(table);
    });
    if (others.length > 0) {
      if (tables.length > 0) page.blank();
      page.sentence(`${tables.length > 0 ? "and " : ""}${list(others, 1000)}`, 4, page.paint.dim);
    }
  }
  writeGone(report, page);
  writeWarnings(report, page);
  for (const { title, lines } of report.differences) {
    page.heading(title);
    for (const { mark, text } of lines) page.sentence(text, 4, page.paint.none, `  ${page.paint[mark](SIGN[mark])} `);
  }
  writeSummary(report, page);
  return page.text;
}

const SIGN = { good: "+", bad: "✗", warning: "!", none: "·" } as const;
/** So many documents that are refused for one reason are told together. */
const TOGETHER = 3;
const MOST_NAMED = 4;

function writeRefusals({ refused, broken, simulation }: SimulationReport, page: Page): void {
  const total = refused.length + broken.length;
  if (total === 0) return;
  page.heading("refused", `${total} of ${count(simulation.answers.length + broken.length, "document")}`);
  const { bad, strong, dim } = page.paint;
  for (const { place, message } of broken) {
    page.line(`  ${bad("✗")} ${strong(showControls(place))} ${dim("does not decode")}`);
    page.sentence(message, 6);
  }
  for (const group of likeRefusals(refused)) {
    const [first] = group;
    const single = group.length <= (page.options.verbose ? Number.POSITIVE_INFINITY : TOGETHER);
    if (single)
      for (const { answer, place, name, causes } of group) {
        const causePlace = causes.length === 1 ? causes[0]!.place : place;
        page.line(
          `  ${bad("✗")} ${strong(showControls(causePlace))} ${showControls(name)} ${dim(`${answer.code} ${answer.reason ?? ""}`)}`,
        );
        for (const cause of causes) {
          const where = causes.length > 1 ? `${cause.place.slice(cause.place.indexOf(":") + 1)} ` : "";
          page.sentence(`${where}${cause.field === "" ? "" : `${cause.field}: `}${cause.message}`, 6);
        }
      }
    else {
      const { answer, causes } = first!;
      page.line(
        `  ${bad("✗")} ${strong(count(group.length, "document"))} ${dim(`${answer.code} ${answer.reason ?? ""}`)}`,
      );
      for (const { field, message } of causes) page.sentence(`${field === "" ? "" : `${field}: `}${message}`, 6);
      for (const { place, name } of group.slice(0, MOST_NAMED)) page.sentence(`${place} ${name}`, 8, dim);
      if (group.length > MOST_NAMED)
        page.sentence(`and ${group.length - MOST_NAMED} more; --verbose names them`, 8, dim);
    }
  }
}

/** Documents that are refused for the same reason together, in the order of the first of each. */
function likeRefusals(refused: readonly RefusedDocument[]): RefusedDocument[][] {
  const groups = new Map<string, RefusedDocument[]>();
  for (const refusal of refused) {
    const key = JSON.stringify([refusal.answer.code, refusal.causes.map(({ field, message }) => [field, message])]);
    const own = groups.get(key);
    if (own === undefined) groups.set(key, [refusal]);
    else own.push(refusal);
  }
  return [...groups.values()];
}

function writeGone({ simulation }: SimulationReport, page: Page): void {
  const gone = [...goneOf(simulation)];
  if (gone.length === 0) return;
  page.heading("gone or going", String(gone.length));
  for (const { kind, namespace, name, terminating, finalizers } of gone) {
    const identity = namespace === undefined ? `${name}` : `${namespace}/${name}`;
    const held = terminating
      ? ` is held back by its finalizers: ${(finalizers as string[] | undefined)?.join(", ")}`
      : " is not there in the end";
    page.sentence(`${kind} ${identity}${held}`, 4, page.paint.none, `  ${page.paint.warning("!")} `);
  }
}

function writeWarnings({ simulation, manifests }: SimulationReport, page: Page): void {
  if (!page.options.verbose) return;
  const warnings = simulation.answers.flatMap(({ warnings, kind, name }, i) =>
    warnings.map((warning) => `${manifests[i]?.source.path ?? ""} ${kind} ${name}: ${warning}`),
  );
  if (warnings.length === 0) return;
  page.heading("warnings of the API server", String(warnings.length));
  for (const warning of warnings) page.sentence(warning, 4, page.paint.none, `  ${page.paint.warning("!")} `);
}

function writeSummary(report: SimulationReport, page: Page): void {
  const { overview, refused, broken, simulation, assumed } = report;
  const { paint } = page;
  page.blank();
  const rows = overview.parts.flatMap(({ tables }) => tables.flat());
  const number = (mark: string) => rows.filter((row) => row.mark === mark).length;
  const taken = simulation.answers.length - refused.length;
  const refusals = refused.length + broken.length;
  const parts = [
    refusals > 0 ? paint.bad(`${refusals} refused`) : "",
    paint.good(`${taken} accepted`),
    number("bad") > 0 ? paint.bad(`${count(number("bad"), "object")} not as wanted`) : "",
    number("warning") > 0 ? paint.warning(`${number("warning")} to look at`) : "",
  ].filter(Boolean);
  page.line(parts.join(", "));
  for (const text of assumed) page.sentence(text, 0, paint.dim);
  for (const hint of simulationHints(report)) page.sentence(hint, 6, paint.none, paint.strong("hint"));
  for (const remark of simulation.cluster.remarks) page.sentence(remark, 6, paint.none, paint.strong("note"));
  if (!simulation.settled)
    page.sentence("Something was still changing in the end", 6, paint.none, paint.strong("note"));
}
