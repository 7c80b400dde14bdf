import type { Field } from "../../cluster/description/description.js";
import { displayWidth, showControls } from "../visible-text.js";
import { Page, type PageOptions } from "./page.js";

/** Writes a description as kubectl's readers know it: labels in a column, what belongs to them beside or below. */
export function writeDescription(fields: readonly Field[], notes: readonly string[], options: PageOptions): string {
  const page = new Page(options);
  writeFields(page, fields, 0);
  if (notes.length > 0) page.blank();
  for (const note of notes) page.sentence(note, 0, page.paint.dim);
  return page.text;
}

const WIDEST_LABEL = 24;

function writeFields(page: Page, fields: readonly Field[], indent: number): void {
  const short = fields.filter(({ lines }) => lines !== undefined).map(({ label }) => displayWidth(showControls(label)));
  const width = Math.min(WIDEST_LABEL, Math.max(0, ...short.filter((each) => each <= WIDEST_LABEL))) + 3;
  const space = " ".repeat(indent);
  const { strong, dim } = page.paint;
  for (const { label, lines, fields: inner, table } of fields) {
    const shown = `${showControls(label)}:`;
    const gap = " ".repeat(Math.max(1, width - displayWidth(shown)));
    if (lines !== undefined) {
      const [first = "", ...rest] = lines.map(showControls);
      const beside = displayWidth(shown) < width;
      page.line(`${space}${strong(shown)}${gap}${first}`);
      for (const line of rest) page.line(`${space}${" ".repeat(beside ? width : 4)}${line}`);
    }
    if (inner !== undefined || table !== undefined) page.line(`${space}${strong(shown)}`);
    if (inner !== undefined) writeFields(page, inner, indent + 2);
    if (table !== undefined) {
      const all = [table.headings, ...table.rows].map((row) => row.map(showControls));
      const widths = table.headings.map((_, i) => Math.max(...all.map((row) => displayWidth(row[i] ?? ""))));
      all.forEach((row, i) => {
        const cells = row.map((cell, column) =>
          column === row.length - 1 ? cell : cell + " ".repeat(widths[column]! - displayWidth(cell)),
        );
        const line = `${space}  ${cells.join("  ")}`.trimEnd();
        page.line(i === 0 ? dim(line) : line);
      });
    }
  }
}
