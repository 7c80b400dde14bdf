import { showControls } from "../report/visible-text.js";
import { explainNo, explainYes, type Remark, strangers } from "./can-i-answer.js";
import { placeText, readAccessInput } from "./can-i-input.js";
import { listRules, rulesTable, subjectRuleFields } from "./can-i-list.js";
import {
  describeRequester,
  leftOut,
  namespaceOf,
  needsOperands,
  ownNamespaceOf,
  readQuestion,
  readRequester,
} from "./can-i-question.js";
import { grantFields } from "./can-i-words.js";
import { loadTheme } from "./finding-theme.js";
import type { ExitCode, Host } from "./host.js";
import type { CommandLine } from "./options.js";

/** `kubeproof can-i`: whether the manifests let somebody do something, and which binding and rule decide. */
export async function canICommand(line: CommandLine, host: Host): Promise<ExitCode> {
  const json = line.values.get("output")?.[0] === "json";
  const requester = readRequester(line);
  const isList = line.flags.has("list");
  if (!isList) needsOperands(line);
  const paths = isList ? line.operands : line.operands.slice(2);
  const input = readAccessInput(line, host, paths, namespaceOf(line) ?? "default");

  if (isList) {
    const all = listRules(input, requester, namespaceOf(line), line.flags.has("all-namespaces"));
    const rules = line.flags.has("all") ? all : all.filter(({ binding }) => binding.object !== undefined);
    if (json) {
      const fields = rules.map((rule) => subjectRuleFields(input, rule));
      host.out(`${JSON.stringify({ ...requester, rules: fields }, undefined, 2)}\n`);
    } else {
      host.out(
        rules.length > 0 ? rulesTable(input, rules) : `No manifest gives ${describeRequester(requester)} anything\n`,
      );
      const hidden =
        new Set(all.map(({ binding }) => binding)).size - new Set(rules.map(({ binding }) => binding)).size;
      if (hidden > 0) host.err(`kubeproof: ${leftOut(hidden)}\n`);
      if (requester.groups?.includes("system:masters"))
        host.err('kubeproof: Members of Group "system:masters" may do everything; no rule is asked\n');
      for (const { text } of strangers(input, requester)) host.err(`kubeproof: ${showControls(text)}\n`);
    }
    return 0;
  }

  const question = readQuestion(line, input, host, ownNamespaceOf(requester));
  const decision = input.authorizer.authorize(requester, question.request);
  if (json) {
    const reason = input.authorizer.answer({ ...requester, ...question.request }).reason;
    const answer = {
      ...requester,
      ...question.request,
      allowed: decision.allowed,
      ...(reason !== undefined && { reason }),
      grants: decision.grants.map((grant) => grantFields(input, grant)),
      ...(!decision.allowed && { remarks: explainNo(input, requester, question).map(({ text }) => text) }),
    };
    host.out(`${JSON.stringify(answer, undefined, 2)}\n`);
  } else if (!line.flags.has("quiet")) {
    const remarks = decision.allowed ? explainYes(input, question, decision) : explainNo(input, requester, question);
    host.out(await writeAnswer(decision.allowed, remarks, line, host));
  }
  return decision.allowed ? 0 : 1;
}

/** `yes` or `no` on a line of its own, then why, each place in a column before what is said of it. */
async function writeAnswer(
  allowed: boolean,
  remarks: readonly Remark[],
  line: CommandLine,
  host: Host,
): Promise<string> {
  const theme = await loadTheme(line, host);
  const places = remarks.map(({ place, builtIn }) => (place ? placeText(place) : builtIn ? "(built in)" : ""));
  const width = Math.max(...places.map((place) => place.length));
  const lines = remarks.map(({ text }, i) => {
    const place = showControls(places[i]!);
    return `  ${place === "" ? "" : `${theme.dim(place.padEnd(width))}  `}${showControls(text)}`;
  });
  return `${[allowed ? theme.good("yes") : theme.severity.error("no"), ...lines].join("\n")}\n`;
}
