import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { SourceFile } from "../source/source-file.js";
import type { Span } from "../source/span.js";
import { buildFrames, type Frame } from "./code-frame.js";
import { SAMPLE, spanOf } from "./testing/sample-result.js";
import { displayWidth } from "./visible-text.js";

/** The first frame as text: marks in `[]` (related ones in `()`), `|` for points. */
function draw(text: string, span: Span | string, width = 80, context = 1): string {
  const source = new SourceFile("a.yaml", text);
  const place = typeof span === "string" ? spanOf(source, span) : span;
  const finding: Diagnostic = { ...SAMPLE.diagnostics[0]!, source, span: place, related: [] };
  return drawFrame(buildFrames(finding, { width, context, related: 4 })[0]!);
}

function drawFrame(frame: Frame): string {
  return frame.lines
    .map((line) => {
      if (line === "gap") return "...";
      const parts = line.segments.map(({ text, mark, width }) => {
        if (mark === undefined) return text;
        if (width === 0) return "|";
        return mark === "primary" ? `[${text}]` : `(${text})`;
      });
      return `${line.number} ${parts.join("")}`;
    })
    .join("\n");
}

test("marks exactly the span, with a line around it", () => {
  expect(draw("a: 1\nb: 2\nc: 3\nd: 4\n", "2")).toBe("1 a: 1\n2 b: [2]\n3 c: 3");
});

test("stops at blank lines and at the borders of the document", () => {
  expect(draw("a: 1\n---\nb: 2\n\nc: 3\n", "2")).toBe("3 b: [2]");
});

test("marks each line of a span without its indentation, and leaves out the middle of a long one", () => {
  expect(draw("a:\n  b:\n    c: 1\nd: 2\n", { start: 5, end: 17 })).toBe("1 a:\n2   [b:]\n3     [c: 1]\n4 d: 2");
  const lines = Array.from({ length: 20 }, (_, i) => `k${i}: v`).join("\n");
  expect(draw(lines, { start: 0, end: lines.length })).toBe(
    "1 [k0: v]\n2 [k1: v]\n3 [k2: v]\n4 [k3: v]\n...\n20 [k19: v]",
  );
});

test("a span that reaches to the next line does not mark it", () => {
  expect(draw("a:\n  b: 1\nc: 2\n", { start: 5, end: 10 })).toBe("1 a:\n2   [b: 1]\n3 c: 2");
});

test("an empty span is a point, also at the end of the file", () => {
  expect(draw("a: 1\n", { start: 3, end: 3 })).toBe("1 a: |1");
  expect(draw("a: 1", { start: 4, end: 4 })).toBe("1 a: 1|");
  expect(draw("", { start: 0, end: 0 })).toBe("1 |");
  expect(draw("a: 1", { start: 90, end: 99 })).toBe("1 a: 1|");
});

test("line breaks of every kind", () => {
  expect(draw("a: 1\r\nb: 2\r\nc: 3\r\n", "2")).toBe("1 a: 1\n2 b: [2]\n3 c: 3");
});

test("tabs and controls are shown as something with a width", () => {
  expect(draw("\tb: \u001b[0m\u202e\n", "b")).toBe("1     [b]: ␛[0m<U+202E>");
});

test.each([20, 40, 80])("long lines are cut around the mark to %d columns", (width) => {
  for (const before of [0, 10, 1000, 200_000]) {
    for (const after of [0, 10, 200_000]) {
      const text = `${"x".repeat(before)}MARK${"世".repeat(after)}`;
      const [line] = draw(text, "MARK", width).split("\n");
      expect(line).toContain("[MARK]");
      expect(displayWidth(line!.slice(2).replace(/[[\]]/g, ""))).toBeLessThanOrEqual(width);
      expect(line!.includes("…")).toBe(before + 4 + 2 * after > width);
    }
  }
});

test("of a mark wider than the line, the start is shown", () => {
  expect(draw(`${"a".repeat(50)}${"M".repeat(90)}`, { start: 50, end: 140 }, 20)).toMatch(/^1 …a+\[M+\]…$/);
});

test("related places of the same file share the frame; other files have their own", () => {
  const source = new SourceFile("a.yaml", "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\n");
  const other = new SourceFile("b.yaml", "x: 9\n");
  const finding: Diagnostic = {
    ...SAMPLE.diagnostics[0]!,
    source,
    span: spanOf(source, "1"),
    related: [
      { source, span: spanOf(source, "6"), note: "here" },
      { source: other, span: spanOf(other, "9"), note: "there" },
    ],
  };
  const frames = buildFrames(finding, { width: 80, context: 1, related: 4 });
  expect(frames.map(drawFrame)).toEqual(["1 a: [1]\n2 b: 2\n...\n5 e: 5\n6 f: (6)", "1 x: (9)"]);
});
