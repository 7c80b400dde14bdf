import {
  type AccessRequest,
  accountOf,
  accountUser,
  findResource,
  findVerbMistakes,
  groupsOf,
  type Requester,
} from "../cluster/index.js";
import { count, list } from "../engine/wording.js";
import type { AccessInput } from "./can-i-input.js";
import type { Host } from "./host.js";
import { type CommandLine, UsageError } from "./options.js";

/** A request as asked on the command line, with the namespace that it is really about. */
export interface Question {
  readonly request: AccessRequest;
  /** `get pods/log in namespace "shop"`. */
  readonly words: string;
  /** Whether the namespace is none that the user named. */
  readonly assumedNamespace: boolean;
}

/** The namespace that `-n` names. */
export const namespaceOf = (line: CommandLine): string | undefined => line.values.get("namespace")?.[0] || undefined;

/** Who asks: `--as` or `--serviceaccount`, and the groups that authentication adds. */
export function readRequester(line: CommandLine): Requester {
  const [as] = line.values.get("as") ?? [];
  const [account] = line.values.get("serviceaccount") ?? [];
  const given = line.values.get("as-group") ?? [];
  if (as !== undefined && account !== undefined)
    throw new UsageError("--as and --serviceaccount name two that ask; give one of them");
  let user = as;
  if (account !== undefined) {
    const [namespace, name, ...rest] = account.split("/");
    if (!namespace || !name || rest.length > 0)
      throw new UsageError(`--serviceaccount takes NAMESPACE/NAME, not "${account}"`);
    user = accountUser(namespace, name);
  }
  if (user === undefined && given.length === 0)
    throw new UsageError("Who asks? Give --as USER, --serviceaccount NAMESPACE/NAME or --as-group GROUP");
  return { user: user ?? "", groups: [...new Set([...given, ...groupsOf(user ?? "")])] };
}

/** The namespace that is meant where none is named: a ServiceAccount's own. */
export const ownNamespaceOf = ({ user }: Requester): string => accountOf(user)?.namespace ?? "default";

/** `User "jane"`, `ServiceAccount "shop/orders"`, `a member of Group "dev"`. */
export function describeRequester({ user, groups = [] }: Requester): string {
  if (user === "") return `a member of Group "${groups[0]}"`;
  const account = accountOf(user);
  return account ? `ServiceAccount "${account.namespace}/${account.name}"` : `User "${user}"`;
}

/** What is said of bindings that stand in no manifest. */
export const leftOut = (bindings: number): string =>
  `${count(bindings, "binding")} that every cluster has ${bindings === 1 ? "is" : "are"} left out; --all shows ${bindings === 1 ? "it" : "them"}`;

/** Throws where VERB and RESOURCE are not given. */
export function needsOperands({ command: { name }, operands }: CommandLine): void {
  const example = `kubeproof ${name} get pods${name === "can-i" ? " --as jane" : ""}`;
  if (operands.length < 2) throw new UsageError(`${name} takes a verb and a resource, as in ${example}`);
}

/**
 * Reads VERB and RESOURCE; tells on standard error of what is odd about them. `ownNamespace`: which one is asked about where
 * the command line names none.
 */
export function readQuestion(
  line: CommandLine,
  { types, shortNames }: AccessInput,
  host: Host,
  ownNamespace = "default",
): Question {
  const [verb = "", what = ""] = line.operands;
  const isUrl = what.startsWith("/");
  const [odd] = findVerbMistakes(types, {
    verbs: [verb],
    ...(isUrl ? { nonResourceURLs: [what] } : { apiGroups: [] }),
  });
  if (odd)
    host.err(
      `kubeproof: No request has the verb "${verb}"${odd.meant.length > 0 ? `; did you mean ${list(odd.meant.map((meant) => `"${meant}"`))}?` : ""}\n`,
    );
  if (isUrl) return { request: { verb, nonResourceURL: what }, words: `${verb} ${what}`, assumedNamespace: false };

  const [type = "", ...rest] = what.split("/");
  const found = findResource(types, type, shortNames);
  if ("unknown" in found) {
    const help = found.nearest
      ? `did you mean "${found.nearest}"?`
      : "write a custom one with its group, as in widgets.example.com";
    throw new UsageError(`No resource is called "${found.unknown}"; ${help}`);
  }
  const { group, resource, namespaced } = found;
  const named = readRest(rest, what, line.values.get("subresource")?.[0], (name) =>
    isSubresource(types.resourcesOf(group), resource, name),
  );
  const asked = namespaceOf(line);
  const everywhere = line.flags.has("all-namespaces");
  if (asked !== undefined && everywhere) throw new UsageError("-n and -A exclude each other");
  let namespace = everywhere ? undefined : (asked ?? ownNamespace);
  let assumedNamespace = asked === undefined && !everywhere;
  // A request for a namespace itself is one in that namespace.
  if (resource === "namespaces" && group === "" && named.name) [namespace, assumedNamespace] = [named.name, false];
  else if (namespaced === false && !(ASKED_ELSEWHERE.has(verb) && asked !== undefined)) {
    if (asked !== undefined) host.err(`kubeproof: ${resource} are in no namespace; -n is left aside\n`);
    [namespace, assumedNamespace] = [undefined, false];
  }
  const request = { verb, group, resource, ...named, ...(namespace !== undefined && { namespace }) };
  return { request, words: describeRequest(request, namespaced !== false), assumedNamespace };
}

/** Verbs that are asked about in the namespace of the object that needs them. */
const ASKED_ELSEWHERE: ReadonlySet<string> = new Set(["bind", "use"]);

/** What follows the resource: a subresource, a name, or `NAME/SUBRESOURCE`. */
function readRest(
  rest: readonly string[],
  what: string,
  flag: string | undefined,
  isKnown: (name: string) => boolean,
): { readonly name?: string; readonly subresource?: string } {
  if (rest.length > 2 || rest.includes(""))
    throw new UsageError(`"${what}" is no RESOURCE, RESOURCE/NAME or RESOURCE/SUBRESOURCE`);
  const [first, second] = rest;
  if (second !== undefined) {
    if (flag !== undefined && flag !== second)
      throw new UsageError(`"${what}" and --subresource name two subresources`);
    return { name: first, subresource: second };
  }
  if (flag !== undefined) return { ...(first !== undefined && first !== flag && { name: first }), subresource: flag };
  if (first === undefined) return {};
  return isKnown(first) ? { subresource: first } : { name: first };
}

const isSubresource = (names: ReadonlyMap<string, unknown> | undefined, resource: string, name: string): boolean =>
  (names?.has(`${resource}/${name}`) ?? false) || (resource === "*" && ["log", "scale", "status"].includes(name));

function describeRequest(request: AccessRequest, namespaced: boolean): string {
  const { verb, group, resource, subresource, name, namespace } = request;
  const full = `${resource}${group && group !== "*" ? `.${group}` : ""}${subresource ? `/${subresource}` : ""}`;
  if (resource === "namespaces" && name) return `${verb} ${full} "${name}"`;
  const where = namespace ? ` in namespace "${namespace}"` : namespaced ? " in all namespaces" : "";
  return `${verb} ${full}${name ? ` "${name}"` : ""}${where}`;
}
