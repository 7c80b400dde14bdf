import type { GrantedRule, Requester, SubjectRule } from "../cluster/index.js";
import { type AccessInput, placeText } from "./can-i-input.js";
import { nameOf, nameOfSubject, ruleFields } from "./can-i-words.js";
import { writeTable } from "./text-table.js";

/** The rules that somebody has, binding by binding: in one namespace and the cluster, or where. */
export function listRules(
  { authorizer }: AccessInput,
  requester: Requester,
  /** With `clusterAlone`, none; otherwise undefined stands for every namespace with a binding of theirs. */
  namespace: string | undefined,
  clusterAlone: boolean,
): SubjectRule[] {
  const scopes = clusterAlone ? [] : namespace === undefined ? authorizer.namespacesOf(requester) : [namespace];
  const clusterWide = authorizer.rulesFor(requester);
  return [
    ...clusterWide,
    ...scopes.flatMap((scope) => authorizer.rulesFor(requester, scope).slice(clusterWide.length)),
  ];
}

/** A rule with its binding, for programs. */
export function subjectRuleFields({ placeOf }: AccessInput, { binding, subject, role, rule }: SubjectRule) {
  const place = placeOf(rule.role.object, `rules[${rule.index}]`);
  return {
    ...(binding.namespace !== "" && { namespace: binding.namespace }),
    ...ruleFields(rule),
    subject: nameOfSubject(subject),
    binding: nameOf(binding),
    role: nameOf(role),
    ...(place ?? { builtIn: true }),
  };
}

/** What may be done to one resource, by whatever rules. */
interface Row {
  readonly builtIn: boolean;
  readonly namespace: string;
  readonly what: string;
  readonly names: string;
  readonly verbs: Set<string>;
  readonly through: Set<string>;
  readonly places: Set<string>;
}

const HEADINGS = ["RESOURCE", "NAMES", "VERBS", "NAMESPACE", "THROUGH", "RULE AT"];

/** One line for each resource and namespace; what every cluster has by itself comes last. */
export function rulesTable(input: AccessInput, rules: readonly SubjectRule[]): string {
  const rows = new Map<string, Row>();
  for (const { binding, role, rule } of rules) {
    const place = input.placeOf(rule.role.object, `rules[${rule.index}]`);
    const names = rule.rule.resourceNames?.join(",") ?? "";
    const builtIn = binding.object === undefined;
    for (const what of objectsOf(rule)) {
      const key = JSON.stringify([builtIn, binding.namespace, what, names]);
      const row: Row = rows.get(key) ?? {
        builtIn,
        namespace: binding.namespace,
        what,
        names,
        verbs: new Set(),
        through: new Set(),
        places: new Set(),
      };
      rows.set(key, row);
      for (const verb of rule.rule.verbs ?? []) row.verbs.add(verb);
      row.through.add(`${binding.kind} ${binding.name} → ${role.kind} ${role.name}`);
      row.places.add(place ? placeText(place) : "(built in)");
    }
  }
  const sorted = [...rows.values()].sort(
    (a, b) =>
      Number(a.builtIn) - Number(b.builtIn) || compare(a.namespace, b.namespace) || compareObjects(a.what, b.what),
  );
  return writeTable(
    HEADINGS,
    sorted.map(({ what, names, verbs, namespace, through, places }) => [
      what,
      names,
      verbs.has("*") ? "*" : inOrder([...verbs]).join(","),
      namespace || "*",
      [...through].join(", "),
      [...places].join(", "),
    ]),
  );
}

/** `pods`, `deployments/scale.apps`, `*.*`, `/metrics`. */
function objectsOf({ rule }: GrantedRule): string[] {
  const { apiGroups = [], resources = [], nonResourceURLs = [] } = rule;
  const named = apiGroups.flatMap((group) => resources.map((name) => (group === "" ? name : `${name}.${group}`)));
  return [...named, ...nonResourceURLs];
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** URLs after resources. */
const compareObjects = (a: string, b: string): number =>
  Number(a.startsWith("/")) - Number(b.startsWith("/")) || compare(a, b);

const VERBS = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];

const inOrder = (verbs: readonly string[]): string[] => [
  ...VERBS.filter((verb) => verbs.includes(verb)),
  ...verbs.filter((verb) => !VERBS.includes(verb)).sort(),
];
