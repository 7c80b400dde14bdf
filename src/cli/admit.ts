import { ClusterSoFar, EMPTY_CLUSTER } from "../apis/index.js";
import { findFiles } from "../input/find-files.js";
import { DEFAULT_MINOR, NEWEST_MINOR, OLDEST_MINOR, parseMinor } from "../schema/index.js";
import { decodeText } from "../source/decode-text.js";
import { SourceFile } from "../source/source-file.js";
import { answersTo } from "./admit-answers.js";
import { writeAnswerAsJson } from "./admit-output.js";
import { AnswerWriter } from "./admit-pretty.js";
import type { ExitCode, Host } from "./host.js";
import { type CommandLine, UsageError } from "./options.js";
import { VERSION } from "./version.js";
import { wantsColor } from "./wants-color.js";

/** Lines are handed on by some thousand, as each hand-over costs. */
const LINES_AT_ONCE = 1000;

/** `kubeproof admit`: what the API server would answer to each object, applied in order or each on its own. */
export async function admitCommand(line: CommandLine, host: Host): Promise<ExitCode> {
  const minor = minorOf(line);
  const writer = line.values.get("output")?.[0] === "json" ? undefined : await loadWriter(line, host);
  const found = findFiles(host.fileSystem, {
    paths: line.operands.length > 0 ? line.operands : ["."],
    context: [],
    excludes: () => false,
    root: host.workingDirectory,
    stdinName: "-",
  });
  let unreadable = found.unreadable.length > 0;
  let refused = false;
  let faulty = false;
  for (const { path, message } of found.unreadable) host.err(`kubeproof: ${path}: ${message}\n`);
  const cluster = line.flags.has("isolated") ? undefined : new ClusterSoFar(minor);
  const lines: string[] = [];
  const flush = () => host.out(lines.splice(0).join(""));
  let index = 0;
  for (const { path, real } of found.files) {
    let bytes: Uint8Array;
    try {
      bytes = real === undefined ? host.readStandardInput() : host.fileSystem.readFile(path);
    } catch (error) {
      unreadable = true;
      host.err(`kubeproof: ${path}: ${error instanceof Error ? error.message : error}\n`);
      continue;
    }
    const source = new SourceFile(path, decodeText(bytes).text);
    const options = { minor, surroundings: cluster ?? EMPTY_CLUSTER, manifestsOnly: real !== undefined };
    for (const answer of answersTo(source, options)) {
      refused ||= !answer.verdict.allowed;
      if (answer.verdict.object) cluster?.apply(answer.verdict.object);
      if (answer.fault !== undefined) {
        faulty = true;
        host.err(`kubeproof: a fault in kubeproof itself, please report it: ${answer.fault.stack}\n`);
      }
      lines.push(writer === undefined ? writeAnswerAsJson(answer, index++) : writer.write(answer));
      if (lines.length >= LINES_AT_ONCE) flush();
    }
  }
  if (writer !== undefined) lines.push(writer.summary());
  flush();
  if (faulty) return 3;
  return unreadable ? 2 : refused ? 1 : 0;
}

const loadWriter = (line: CommandLine, host: Host): Promise<AnswerWriter> =>
  AnswerWriter.load({
    color: wantsColor(line.values.get("color")?.[0], host.terminalWidth !== undefined, host),
    width: host.terminalWidth ?? 0,
    verbose: line.flags.has("verbose"),
    toolVersion: VERSION,
    workingDirectory: host.workingDirectory,
  });

function minorOf(line: CommandLine): number {
  const text = line.values.get("kubernetes-version")?.[0];
  if (text === undefined) return DEFAULT_MINOR;
  const minor = parseMinor(text);
  if (minor === undefined || minor < OLDEST_MINOR || minor > NEWEST_MINOR)
    throw new UsageError(`--kubernetes-version takes 1.${OLDEST_MINOR} to 1.${NEWEST_MINOR}, not "${text}"`);
  return minor;
}
