import type { FileSystem } from "../input/index.js";

/** The process as commands see it, so that tests can run them without one. */
export interface Host {
  readonly fileSystem: FileSystem;
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Columns of the terminal; undefined where standard output is none. */
  readonly terminalWidth: number | undefined;
  /** Whether standard error is a terminal, for progress. */
  readonly progressVisible: boolean;
  readStandardInput(): Uint8Array;
  /** Throws an `Error` with a message for users. */
  writeFile(path: string, text: string): void;
  out(text: string): void;
  err(text: string): void;
}

/** 0 nothing at or above `--fail-on`, 1 findings, 2 usage, configuration or unreadable input, 3 a fault in kubeproof. */
export type ExitCode = 0 | 1 | 2 | 3;
