import fc from "fast-check";
import { SourceFile } from "./source-file.js";

test("lines end at a line feed, a carriage return, or both together", () => {
  const file = new SourceFile("a", "one\ntwo\r\nthree\rfour");
  expect([1, 2, 3, 4].map((line) => file.line(line))).toEqual(["one", "two", "three", "four"]);
  expect(file.lineCount).toBe(4);
  expect(file.position(file.text.indexOf("four") + 1)).toEqual({ line: 4, column: 2 });
});

test("a position leads back to its offset", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("a", "é", "😀", "\n", "\r", "\r\n")), fc.nat(), (parts, n) => {
      const file = new SourceFile("a", parts.join(""));
      const offset = n % (file.text.length + 1);
      const { line, column } = file.position(offset);
      expect(file.lineSpan(line).start + column - 1).toBe(offset);
      expect(/[\n\r]/.test(file.line(line))).toBe(false);
    }),
  );
});
