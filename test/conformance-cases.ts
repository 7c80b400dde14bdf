import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const FOLDER = join(__dirname, "../testdata/conformance/apiserver/v1.34");

interface Operation {
  readonly op: "add" | "remove" | "replace";
  readonly path: string;
  readonly value?: unknown;
}

/** An object, and what an API server answered to its creation. */
export interface ConformanceCase {
  readonly object: Record<string, unknown>;
  /** The code of the answer: below 300 where the server took the object. */
  readonly code: number;
  /** `Reason field`, as far as they are told apart. */
  readonly causes: readonly string[];
  /** How the object differs from one that the server took. */
  readonly operations: readonly Operation[];
}

/** The recorded answers; of each kind every n-th. */
export function* conformanceCases(every: number): Generator<ConformanceCase> {
  for (const name of readdirSync(FOLDER)) {
    const lines = gunzipSync(readFileSync(join(FOLDER, name)))
      .toString()
      .trim()
      .split("\n");
    let base: unknown;
    for (const [i, line] of lines.entries()) {
      const { object, ops, code, causes = [] } = JSON.parse(line);
      if (ops === undefined) base = object;
      else if (i % every === 0 || ops.length === 0)
        yield { object: patch(base, ops) as Record<string, unknown>, code, causes, operations: ops };
    }
  }
}

/** The object that a JSON Patch makes of another. */
export function patch(base: unknown, operations: readonly Operation[]): unknown {
  const root: unknown = structuredClone(base);
  for (const { op, path, value } of operations) {
    const keys = path
      .slice(1)
      .split("/")
      .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
    const last = keys.pop()!;
    const at = keys.reduce((node, key) => (node as Record<string, unknown>)[key], root) as
      | unknown[]
      | Record<string, unknown>;
    if (!Array.isArray(at)) {
      if (op === "remove") delete at[last];
      else at[last] = value;
    } else if (op === "remove") at.splice(Number(last), 1);
    else if (op === "add") at.splice(last === "-" ? at.length : Number(last), 0, value);
    else at[Number(last)] = value;
  }
  return root;
}
