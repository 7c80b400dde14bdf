import fc from "fast-check";
import { decodeText } from "./decode-text.js";

const bytes = (...all: number[]) => Uint8Array.from(all);
const TEXT = "kind: Pod # é 漢 😀\n";

const encodings: Record<string, Uint8Array> = {
  "UTF-8": Buffer.from(TEXT),
  "UTF-8 with a byte order mark": Buffer.from(`\ufeff${TEXT}`),
  "UTF-16, little end first": Buffer.from(`\ufeff${TEXT}`, "utf16le"),
  "UTF-16, big end first": Buffer.from(`\ufeff${TEXT}`, "utf16le").swap16(),
};
test.each(Object.keys(encodings))("%s", (name) => {
  expect(decodeText(encodings[name]!)).toEqual({ text: TEXT, problems: [] });
});

test("only the first byte order mark is none of the text", () => {
  expect(decodeText(Buffer.from("\ufeff\ufeffa")).text).toBe("\ufeffa");
  expect(decodeText(Buffer.from("\ufeff\ufeffa", "utf16le")).text).toBe("\ufeffa");
});

test("what is not UTF-8 is told with the place where it begins", () => {
  for (const wrong of [
    bytes(0xff),
    bytes(0xc0, 0x80),
    bytes(0xed, 0xa0, 0x80),
    bytes(0xe6, 0xbc),
    bytes(0xf5, 0x80, 0x80, 0x80),
  ]) {
    const { text, problems } = decodeText(Buffer.concat([Buffer.from("é: 漢 "), wrong, Buffer.from("\nb: é\n")]));
    expect(problems).toMatchObject([{ message: "The text is not UTF-8 from here on", offset: 5 }]);
    expect(text.startsWith("é: 漢 \ufffd")).toBe(true);
    expect(text.endsWith("\nb: é\n")).toBe(true);
  }
});

test("UTF-16 without byte order mark and UTF-32 are read, and refused", () => {
  const utf16 = decodeText(Buffer.from("kind: Pod\n", "utf16le"));
  expect(utf16.text).toBe("kind: Pod\n");
  expect(utf16.problems[0]?.message).toContain("UTF-16 without a byte order mark");
  const utf32 = decodeText(Buffer.from([..."kind"].flatMap((c) => [0, 0, 0, c.charCodeAt(0)])));
  expect(utf32.text).toBe("kind");
  expect(utf32.problems[0]?.message).toContain("UTF-32");
});

test("half a character of UTF-16 is told", () => {
  expect(decodeText(bytes(0xff, 0xfe, 0x61, 0, 0x3d, 0xd8)).problems).toMatchObject([{ offset: 1 }]);
  expect(decodeText(bytes(0xff, 0xfe, 0x61, 0, 0x61)).problems).toMatchObject([{ offset: 1 }]);
});

test("any text survives, and any bytes are decoded", () => {
  const whole = fc.string({ unit: "binary" }).filter((s) => !/^[\0\ufeff]|^.\0/s.test(s));
  fc.assert(fc.property(whole, (text) => expect(decodeText(Buffer.from(text)).text).toBe(text)));
  fc.assert(
    fc.property(fc.uint8Array(), (all) => {
      const { text, problems } = decodeText(all);
      for (const { offset } of problems) expect(offset).toBeLessThanOrEqual(text.length);
    }),
  );
});
