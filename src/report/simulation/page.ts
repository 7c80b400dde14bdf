import { Chalk } from "chalk";
import { displayWidth, showControls, wrapText } from "../visible-text.js";
import type { Mark, Row, Table } from "./overview.js";

/** How text for a terminal is written. */
export interface PageOptions {
  readonly color: boolean;
  /** Columns; 0 where there is no terminal. */
  readonly width: number;
  readonly verbose: boolean;
}

const SIGNS: Readonly<Record<Mark, string>> = { good: "✓", bad: "✗", warning: "!", none: " " };
/** No cell is made wider than this to line up with a long one. */
const WIDEST_CELL = 52;
const LEAST_LAST = 24;

/** Collects lines of headings, tables and sentences, as wide as the terminal. */
export class Page {
  readonly #lines: string[] = [];
  readonly #chalk;
  readonly #width: number;

  constructor(readonly options: PageOptions) {
    this.#chalk = new Chalk({ level: options.color ? 1 : 0 });
    this.#width = options.width > 0 ? Math.max(40, Math.min(options.width, 200)) : 120;
  }

  get text(): string {
    return this.#lines.join("\n").replace(/^\n+/, "").concat("\n");
  }

  get paint(): Readonly<Record<Mark | "strong" | "dim", (text: string) => string>> {
    const { green, red, yellow, bold, dim } = this.#chalk;
    return { good: green, bad: red.bold, warning: yellow.bold, none: (text) => text, strong: bold, dim };
  }

  heading(title: string, aside = ""): void {
    const shown = showControls(title);
    const rest = this.#width - displayWidth(shown) - displayWidth(aside) - (aside === "" ? 4 : 7);
    const line = "─".repeat(Math.max(2, rest));
    const { dim, strong } = this.paint;
    this.#lines.push("", `${dim("──")} ${strong(shown)} ${dim(aside === "" ? line : `${line} ${aside} ─`)}`);
  }

  blank(): void {
    if (this.#lines.at(-1) !== "") this.#lines.push("");
  }

  /** A sentence, wrapped; what follows the first line stands below its beginning. */
  sentence(text: string, indent = 2, paint: (text: string) => string = (same) => same, lead = ""): void {
    const lines = wrapText(showControls(text), Math.max(20, this.#width - indent));
    lines.forEach((line, i) => {
      this.#lines.push(
        `${i === 0 && lead !== "" ? lead.padEnd(lead.length + indent - displayWidth(lead)) : " ".repeat(indent)}${paint(line)}`,
      );
    });
  }

  /** A line that is already as it is to be. */
  line(text: string): void {
    this.#lines.push(text);
  }

  table(rows: Table): void {
    const shown = rows.map(({ cells }) => cells.map(showControls));
    const columns = Math.max(0, ...shown.map((cells) => cells.length));
    const widths = Array.from({ length: columns }, (_, i) =>
      Math.min(WIDEST_CELL, Math.max(0, ...shown.map((cells) => (i < cells.length - 1 ? displayWidth(cells[i]!) : 0)))),
    );
    rows.forEach((row, i) => {
      this.#row(row, shown[i]!, widths);
    });
  }

  #row({ mark, notes, details }: Row, cells: readonly string[], widths: readonly number[]): void {
    const { paint } = this;
    let line = `  ${paint[mark](SIGNS[mark])} `;
    let used = 4;
    cells.slice(0, -1).forEach((cell, i) => {
      const paintCell = i === 0 ? paint.strong : i === 1 && mark !== "good" ? paint[mark] : paint.none;
      const gap = Math.max(2, widths[i]! + 2 - displayWidth(cell));
      if (cell === "" && (widths[i] === 0 || used + widths[i]! > this.#width)) return;
      if (used > 4 && used + displayWidth(cell) > this.#width) {
        this.#lines.push(line.trimEnd());
        line = " ".repeat(6);
        used = 6;
      }
      line += paintCell(cell) + " ".repeat(gap);
      used += displayWidth(cell) + gap;
    });
    const last = cells.at(-1) ?? "";
    const below = used + displayWidth(last) > this.#width && this.#width - used < LEAST_LAST;
    if (below) {
      this.#lines.push(line.trimEnd());
      this.sentence(last, 6);
    } else {
      const parts = wrapText(last, this.#width - used);
      const whole = (line + (parts[0] ?? "")).trimEnd();
      if (whole !== "") this.#lines.push(whole);
      for (const part of parts.slice(1)) this.#lines.push(" ".repeat(used) + part);
    }
    for (const note of notes) this.sentence(note, 6, mark === "good" || mark === "none" ? paint.dim : paint.none);
    if (this.options.verbose) for (const detail of details) this.sentence(detail, 6, paint.dim);
  }
}
