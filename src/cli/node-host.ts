import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Host } from "./host.js";
import { nodeFileSystem, reasonOf } from "./node-file-system.js";
import { readStandardInput } from "./standard-input.js";

/** The host that is this process. */
export function nodeHost(): Host {
  // A reader that stops early (`kubeproof | head`) is no fault.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    process.stderr.write(`kubeproof: Standard output cannot be written: ${reasonOf(error)}\n`);
    process.exit(2);
  });
  // There is nobody left to tell.
  process.stderr.on("error", () => undefined);
  return {
    fileSystem: nodeFileSystem,
    workingDirectory: process.cwd(),
    environment: process.env,
    terminalWidth: process.stdout.isTTY ? (process.stdout.columns ?? 80) : undefined,
    progressVisible: process.stderr.isTTY === true,
    readStandardInput,
    writeFile: (path, text) => {
      mkdirSync(dirname(resolve(path)), { recursive: true });
      writeFileSync(path, text);
    },
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
  };
}
