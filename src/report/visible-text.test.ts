import fc from "fast-check";
import { displayWidth, graphemes, showControls, wrapText } from "./visible-text.js";

test.each([
  ["abc", 3],
  ["Grüße", 5],
  ["Gru\u0308ße", 5],
  ["世界", 4],
  ["ｱｱ", 2],
  ["👋", 2],
  ["👩‍👩‍👧", 2],
  ["❤️", 2],
  ["🇩🇪", 2],
  ["…•│", 3],
])("%s takes %d columns", (text, width) => {
  expect(displayWidth(text)).toBe(width);
});

test("controls become visible, and text without any stays", () => {
  expect(showControls("a\u0000\n\u007f\u009b\u202e\u200b\ufeff\ud800b")).toBe("a␀␊␡<U+009B><U+202E><U+200B><U+FEFF>�b");
  expect(showControls("Grüße, 世界 👩‍👩‍👧 می‌خواهم")).toBe("Grüße, 世界 👩‍👩‍👧 می‌خواهم");
});

test("wrapping keeps the words and the width", () => {
  expect(wrapText("one two three", 7)).toEqual(["one two", "three"]);
  expect(wrapText("averylongword b", 4)).toEqual(["averylongword", "b"]);
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("a", "世界", "word", "👋", "")),
      fc.integer({ min: 8, max: 40 }),
      (words, width) => {
        const lines = wrapText(words.join(" "), width);
        expect(lines.join(" ").split(/ +/).join(" ").trim()).toBe(words.join(" ").split(/ +/).join(" ").trim());
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      },
    ),
  );
});

test("graphemes join to the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(graphemes(text).join("")).toBe(text);
    }),
  );
});
