import { ClusterSoFar, EMPTY_CLUSTER } from "../apis/index.js";
import { readInput } from "../input/index.js";
import { decodeText } from "../source/decode-text.js";
import { SourceFile } from "../source/source-file.js";
import { type Answer, answersTo, answersToInput } from "./admit-answers.js";
import { writeAnswerAsJson } from "./admit-output.js";
import { AnswerWriter } from "./admit-pretty.js";
import type { ExitCode, Host } from "./host.js";
import type { CommandLine } from "./options.js";
import { minorOf } from "./target-minor.js";
import { VERSION } from "./version.js";
import { wantsColor } from "./wants-color.js";

/** Lines are handed on by some thousand, as each hand-over costs. */
const LINES_AT_ONCE = 1000;

/** `kubeproof admit`: what the API server would answer to each object, applied in order or each on its own. */
export async function admitCommand(line: CommandLine, host: Host): Promise<ExitCode> {
  const minor = minorOf(line);
  const writer = line.values.get("output")?.[0] === "json" ? undefined : await loadWriter(line, host);
  let unreadable = false;
  let refused = false;
  let faulty = false;
  const cluster = line.flags.has("isolated") ? undefined : new ClusterSoFar(minor);
  const options = { minor, surroundings: cluster ?? EMPTY_CLUSTER };
  const lines: string[] = [];
  const flush = () => host.out(lines.splice(0).join(""));
  let index = 0;
  for (const paths of groupPaths(line.operands)) {
    let answers: Iterable<Answer>;
    if (paths[0] === "-") answers = answersTo(new SourceFile("-", decodeText(host.readStandardInput()).text), options);
    else {
      const input = readInput(host.fileSystem, { paths, root: host.workingDirectory });
      unreadable ||= input.unreadable.length > 0;
      for (const { path, message } of input.unreadable) host.err(`kubeproof: ${path}: ${message}\n`);
      answers = answersToInput(input, options);
    }
    for (const answer of answers) {
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

/** Standard input by itself, as what comes from there is taken for manifests; other paths together. */
function groupPaths(operands: readonly string[]): string[][] {
  const groups: string[][] = [];
  for (const path of operands.length > 0 ? operands : ["."]) {
    const last = groups.at(-1);
    if (last === undefined || path === "-" || last[0] === "-") groups.push([path]);
    else last.push(path);
  }
  return groups;
}

const loadWriter = (line: CommandLine, host: Host): Promise<AnswerWriter> =>
  AnswerWriter.load({
    color: wantsColor(line.values.get("color")?.[0], host.terminalWidth !== undefined, host),
    width: host.terminalWidth ?? 0,
    verbose: line.flags.has("verbose"),
    toolVersion: VERSION,
    workingDirectory: host.workingDirectory,
  });
