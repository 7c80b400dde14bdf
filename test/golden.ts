import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Whether this run rewrites what it would compare with. */
export const UPDATE = process.env.UPDATE === "1";

/** Compares a text with a committed file; with UPDATE=1 writes the file instead. */
export function expectGolden(path: string, actual: string): void {
  if (UPDATE) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, actual);
  } else expect(actual).toBe(existsSync(path) ? readFileSync(path, "utf8") : `${path} is missing: run with UPDATE=1`);
}
