import type { AccessGrant } from "../cluster/index.js";
import { type AccessInput, placeText, readAccessInput } from "./can-i-input.js";
import { leftOut, namespaceOf, needsOperands, readQuestion } from "./can-i-question.js";
import { grantFields, placesOf, plainName } from "./can-i-words.js";
import type { ExitCode, Host } from "./host.js";
import type { CommandLine } from "./options.js";
import { writeTable } from "./text-table.js";

const HEADINGS = ["SUBJECT", "NAMESPACE", "BINDING", "ROLE", "BOUND AT", "RULE AT"];

/** `kubeproof who-can`: everybody whom the manifests let do something. */
export function whoCanCommand(line: CommandLine, host: Host): ExitCode {
  needsOperands(line);
  const input = readAccessInput(line, host, line.operands.slice(2), namespaceOf(line) ?? "default");
  const { request, words, assumedNamespace } = readQuestion(line, input, host);
  // Without -n, a namespaced resource is looked for in every namespace.
  const grants = input.authorizer.whoCan(request, assumedNamespace).sort(inOrder);
  const own = grants.filter(({ binding }) => binding.object !== undefined);
  const shown = line.flags.has("all") ? grants : own;
  if (line.values.get("output")?.[0] === "json") {
    const { namespace, ...asked } = request;
    host.out(
      `${JSON.stringify({ ...asked, ...(!assumedNamespace && namespace && { namespace }), subjects: shown.map((grant) => grantFields(input, grant)) }, undefined, 2)}\n`,
    );
    return shown.length > 0 ? 0 : 1;
  }
  const question = assumedNamespace ? words.replace(/ in namespace "default"$/, " in any namespace") : words;
  if (shown.length === 0) host.out(`No manifest lets anybody ${question}\n`);
  else
    host.out(
      writeTable(
        HEADINGS,
        shown.map((grant) => rowOf(input, grant)),
      ),
    );
  const hidden = grants.length - shown.length;
  if (hidden > 0) host.err(`kubeproof: ${leftOut(hidden)}\n`);
  return shown.length > 0 ? 0 : 1;
}

function rowOf(input: AccessInput, grant: AccessGrant): string[] {
  const { subject, binding, role, rule } = grant;
  const places = placesOf(input, grant);
  const part = rule.role === role ? "" : ` (${rule.role.name})`;
  return [
    plainName(subject),
    binding.namespace === "" ? "*" : binding.namespace,
    `${binding.kind} ${binding.name}`,
    `${role.kind} ${role.name}${part}`,
    places.binding ? placeText(places.binding) : "(built in)",
    places.rule ? placeText(places.rule) : "(built in)",
  ];
}

/** Those of the whole cluster first, then by namespace; subjects by kind and name. */
function inOrder(a: AccessGrant, b: AccessGrant): number {
  const key = ({ binding, subject }: AccessGrant) => [
    binding.namespace,
    subject.kind,
    subject.namespace ?? "",
    subject.name,
    binding.name,
  ];
  const [left, right] = [key(a), key(b)];
  const i = left.findIndex((part, k) => part !== right[k]);
  return i < 0 ? 0 : left[i]! < right[i]! ? -1 : 1;
}
