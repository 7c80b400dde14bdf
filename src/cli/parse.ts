import { findFiles } from "../input/find-files.js";
import { decodeText } from "../source/decode-text.js";
import { SourceFile } from "../source/source-file.js";
import type { ExitCode, Host } from "./host.js";
import type { CommandLine } from "./options.js";
import { parseLines } from "./parse-output.js";

/** `kubeproof parse`: the texts as the API server decodes them, whatever they are. */
export function parseCommand(line: CommandLine, host: Host): ExitCode {
  const found = findFiles(host.fileSystem, {
    paths: line.operands.length > 0 ? line.operands : ["."],
    context: [],
    excludes: () => false,
    root: host.workingDirectory,
    stdinName: line.values.get("stdin-name")?.[0] ?? "-",
  });
  let refused = false;
  let unreadable = found.unreadable.length > 0;
  for (const { path, message } of found.unreadable) host.err(`kubeproof: ${path}: ${message}\n`);
  for (const { path, real, named } of found.files) {
    if (!named && /\.(md|markdown)$/i.test(path)) continue;
    let bytes: Uint8Array;
    try {
      bytes = real === undefined ? host.readStandardInput() : host.fileSystem.readFile(path);
    } catch (error) {
      unreadable = true;
      host.err(`kubeproof: ${path}: ${error instanceof Error ? error.message : error}\n`);
      continue;
    }
    const { text, problems } = decodeText(bytes);
    for (const { json, errors } of parseLines(new SourceFile(path, text), problems)) {
      refused ||= errors > 0;
      host.out(`${json}\n`);
    }
  }
  return unreadable ? 2 : refused ? 1 : 0;
}
