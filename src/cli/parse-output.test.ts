import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeText } from "../source/decode-text.js";
import { SourceFile } from "../source/source-file.js";
import { parseLines } from "./parse-output.js";

interface Answer {
  readonly document: number;
  readonly value?: unknown;
  readonly errors: readonly { message: string; range: { start: { line: number; column: number; offset: number } } }[];
}

function parse(bytes: Uint8Array | string): Answer[] {
  const { text, problems } = decodeText(Buffer.from(bytes));
  return [...parseLines(new SourceFile("a.yaml", text), problems)].map(({ json }) => JSON.parse(json));
}

const OBJECT = "apiVersion: v1\nkind: Pod\n";

test("values as the API server decodes them, integers exact", () => {
  const lines = [
    ...parseLines(
      new SourceFile(
        "a.yaml",
        `${OBJECT}a: 18446744073709551615\nb: 0o17\nc: yes\n9007199254740993: -9223372036854775808\n`,
      ),
    ),
  ];
  expect(lines.map(({ json }) => json)).toEqual([
    '{"file":"a.yaml","document":0,"value":{"apiVersion":"v1","kind":"Pod","a":18446744073709551615,"b":15,"c":true,"9007199254740993":-9223372036854775808},"errors":[]}',
  ]);
});

test("documents count as they stand in the text, empty ones are left out", () => {
  const answers = parse(`${OBJECT}---\n---\n${OBJECT}x: [\n---\n# nothing\n---\n${OBJECT}`);
  expect(answers.map(({ document, errors }) => [document, errors.length])).toEqual([
    [0, 0],
    [2, 1],
    [4, 0],
  ]);
  expect(answers[1]?.errors[0]?.range.start).toEqual({ line: 7, column: 4, offset: 61 });
});

test("what is no object is refused", () => {
  for (const text of ["", "# c\n", "---\n", "text", "- a", "{}", "kind: Pod", "apiVersion: v1\nkind: 1\n"]) {
    expect(parse(text)[0]?.errors).toHaveLength(1);
  }
});

test("a fault of the encoding is the document's in which it stands", () => {
  const answers = parse(
    Buffer.concat([Buffer.from(`${OBJECT}---\n${OBJECT}a: `), Buffer.from([0xff]), Buffer.from(`\n---\n${OBJECT}`)]),
  );
  expect(answers.map(({ errors }) => errors.map(({ range }) => range.start.line))).toEqual([[], [6], []]);
});

/**
 * Texts with the answer that an API server of 1.34 gave to each. `spec`: what stands under `spec:`; `doc`, `stream`: all
 * of the text, of which the server decodes the first document. `value` is the `spec` that was decoded.
 */
interface Case {
  readonly id: string;
  readonly mode: "spec" | "doc" | "stream";
  readonly text?: string;
  readonly base64?: string;
  readonly pieces?: unknown;
  readonly refused?: boolean;
  readonly value?: unknown;
}
const HEADER = "apiVersion: oracle.example.com/v1\nkind: Echo\nmetadata:\n  name: e\n";
const cases = readFileSync(join(__dirname, "../../testdata/conformance/yaml/cases.jsonl"), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as Case);

function bytesOf({ mode, text, base64, pieces }: Case): Uint8Array {
  if (base64 !== undefined) return Buffer.from(base64, "base64");
  if (pieces !== undefined) return Buffer.from((Array.isArray(pieces) ? pieces : [pieces]).map(pieceText).join(""));
  if (mode !== "spec") return Buffer.from(text ?? "");
  const lines = (text ?? "").split("\n").map((line) => (line === "" ? line : `  ${line}`));
  return Buffer.from(`${HEADER}spec:\n${lines.join("\n")}\n`);
}

/** A text times a number, or a staircase of nested keys. */
function pieceText(piece: [string, number] | { stair: string; n: number } | string): string {
  if (typeof piece === "string") return piece === "@H" ? HEADER : piece;
  if (Array.isArray(piece)) return (piece[0] === "@H" ? HEADER : piece[0]).repeat(piece[1]);
  const { stair, n } = piece;
  const steps = Array.from({ length: n }, (_, i) => `  ${" ".repeat(i)}${stair}`);
  return `${steps.join("")}  ${" ".repeat(n)}z\n`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  );
}

test(`${cases.length} texts are read as an API server read them`, () => {
  const wrong: string[] = [];
  for (const item of cases) {
    const answer = parse(bytesOf(item))[0]!;
    const refused = answer.errors.length > 0;
    if (refused !== (item.refused ?? false))
      wrong.push(`${item.id}: ${refused ? answer.errors[0]!.message : "is not refused"}`);
    else if ("value" in item) {
      const spec = (answer.value as { spec?: unknown }).spec ?? null;
      if (JSON.stringify(sorted(spec)) !== JSON.stringify(sorted(item.value ?? null)))
        wrong.push(`${item.id}: ${JSON.stringify(spec)}`);
    }
  }
  expect(wrong).toEqual([]);
});
