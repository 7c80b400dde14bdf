import { displayWidth, showControls } from "../report/visible-text.js";

/** A table with a line of headings; columns are as wide as what is in them, the last one has no end. */
export function writeTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const shown = [headings, ...rows.map((row) => row.map(showControls))];
  const widths = headings.map((_, i) => Math.max(...shown.map((row) => displayWidth(row[i] ?? ""))));
  const lines = shown.map((row) =>
    row
      .map((text, i) => (i === row.length - 1 ? text : text + " ".repeat(widths[i]! - displayWidth(text))))
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}
