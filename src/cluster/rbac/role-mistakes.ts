import { nearestName } from "../../diagnostics/nearest-name.js";
import type { Types } from "../../schema/decode.js";
import { isPlaceholder } from "../../schema/placeholder.js";

/** A rule of a Role or ClusterRole, as far as it is there. */
export interface PolicyRuleText {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs?: readonly string[];
}

/**
 * Something a rule names that no request is ever about. The authorizer compares texts and nothing else:
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources.
 */
export type RuleMistake =
  /** `extensions`: served once; `resources` are elsewhere now, in `groups`. */
  | {
      readonly type: "formerGroup";
      readonly at: string;
      readonly given: string;
      readonly resources: readonly string[];
      readonly groups: readonly string[];
    }
  /** `core`, `apps/v1`, `rbac`: no group, but nearly one; `group` is what was meant. */
  | { readonly type: "group"; readonly at: string; readonly given: string; readonly group: string }
  /** A resource that none of the rule's groups has, and where it is, or what was meant. */
  | {
      readonly type: "resource";
      readonly at: string;
      readonly given: string;
      readonly groups: readonly string[];
      readonly meant?: string;
      /** The group that has it. */
      readonly group?: string;
    }
  /** `pods/logs`: the resource is there, the subresource is not. */
  | {
      readonly type: "subresource";
      readonly at: string;
      readonly given: string;
      readonly resource: string;
      readonly meant?: string;
      readonly present: readonly string[];
    }
  /** `pods/*`: the only wildcards are `*`, and `*` in place of the resource before a subresource. */
  | { readonly type: "wildcard"; readonly at: string; readonly given: string; readonly meant: string };

/** Served once, and still written beside today's groups. */
const FORMER_GROUPS: ReadonlySet<string> = new Set(["extensions"]);

/**
 * What is wrong with the groups and resources of one of a role's rules. Nothing is said of a group that is not known, or of
 * which the input has but some CRDs, unless a resource is clearly another spelling of one that is known; and nothing
 * of what another rule of the role grants rightly.
 */
export function findRuleMistakes(types: Types, rule: PolicyRuleText, rules: readonly PolicyRuleText[]): RuleMistake[] {
  const groups = rule.apiGroups ?? [];
  const resources = rule.resources ?? [];
  if (groups.length === 0 || [...groups, ...resources].some(isPlaceholder)) return [];
  const groupOf = groups.map((group) => (isKnownGroup(types, group) ? group : misspeltGroup(types, group)));
  const open = groups.some((group, i) => groupOf[i] === undefined || isCustomGroup(types, group));
  const all = resources.includes("*");

  const known = groups.filter((group) => isKnownGroup(types, group));
  const unresolved = resources.flatMap((given, k) => (all || has(types, known, given) ? [] : { given, k }));
  // A wrong group is one mistake, whatever the rule lists under it.
  const wrongGroups = groups.flatMap((given, i) => {
    const group = groupOf[i];
    if (group === undefined || group === given || groups.includes(group)) return [];
    const concerned = all || open || unresolved.some((resource) => has(types, [group], resource.given));
    return concerned ? { given, group, i } : [];
  });
  const mistakes = wrongGroups.map(
    ({ given, group, i }): RuleMistake => ({ type: "group", at: `apiGroups[${i}]`, given, group }),
  );

  const meantGroups = [...known, ...wrongGroups.map(({ group }) => group)];
  const elsewhere: { given: string; group: string }[] = [];
  for (const { given, k } of unresolved) {
    const at = `resources[${k}]`;
    const wildcard = wildcardMistake(given);
    if (wildcard) {
      mistakes.push({ type: "wildcard", at, given, meant: wildcard });
      continue;
    }
    if (has(types, meantGroups, given)) continue;
    // Gone from every group: a leftover for clusters of long ago.
    if (given === "podsecuritypolicies") continue;
    const mistake = explain(types, meantGroups, given);
    if (open && !isCertain(types, meantGroups, mistake)) continue;
    if (mistake.meant !== undefined && rules.some((other) => grants(types, other, groups, mistake))) continue;
    const group = mistake.type === "resource" ? mistake.group : undefined;
    if (group !== undefined && mistake.meant === given && known.every((name) => FORMER_GROUPS.has(name)))
      elsewhere.push({ given, group });
    else mistakes.push({ ...mistake, at });
  }
  const former = groups.findIndex((group) => FORMER_GROUPS.has(group));
  if (elsewhere.length > 0 && former >= 0)
    mistakes.push({
      type: "formerGroup",
      at: `apiGroups[${former}]`,
      given: groups[former]!,
      resources: elsewhere.map(({ given }) => given),
      groups: [...new Set(elsewhere.map(({ group }) => group))],
    });
  return mistakes;
}

const isKnownGroup = (types: Types, group: string): boolean =>
  FORMER_GROUPS.has(group) || types.resourcesOf(group) !== undefined;

/** Whether the group is known from CRDs of the input, so that it may have others. */
const isCustomGroup = (types: Types, group: string): boolean =>
  group.includes(".") && types.kinds().some((kind) => kind.group === group && kind.custom);

/** Whether a rule grants what another of the role meant to. */
function grants(types: Types, rule: PolicyRuleText, groups: readonly string[], mistake: Explained): boolean {
  const { meant } = mistake;
  const wanted = mistake.type === "resource" && mistake.group !== undefined ? [mistake.group] : groups;
  const granted = rule.resources?.some((resource) => resource === "*" || resource === meant) ?? false;
  return (
    granted &&
    (rule.apiGroups?.some((group) => group === "*" || (wanted.includes(group) && isKnownGroup(types, group))) ?? false)
  );
}

function has(types: Types, groups: readonly string[], resource: string): boolean {
  // `*/scale` is the subresource of every resource.
  const subresource = resource.startsWith("*/") ? resource.slice(1) : undefined;
  return groups.some((group) => {
    const resources = types.resourcesOf(group);
    if (!resources) return false;
    if (resources.has(resource)) return true;
    if (subresource !== undefined && subresource !== "/*")
      return [...resources.keys()].some((name) => name.endsWith(subresource));
    return resource.includes("/") && resources.has(`${resource.slice(0, resource.indexOf("/"))}/*`);
  });
}

/** The group that a text means which is none: its short form, with a version, with capitals, or `core`. */
function misspeltGroup(types: Types, given: string): string | undefined {
  if (given === "*") return undefined;
  if (given === "core" || given === "v1" || given === "core/v1" || given === "api/v1") return "";
  const plain = given.replace(/\/v\d+((alpha|beta)\d+)?$/, "").toLowerCase();
  const groups = types.groups();
  return groups.find((group) => group === plain || group.split(".")[0] === plain);
}

/** `pods/*` and the like match nothing. */
function wildcardMistake(resource: string): string | undefined {
  if (resource === "*/*") return "*";
  if (resource.endsWith("/*") && !resource.startsWith("userextras")) return resource.slice(0, -1);
  return undefined;
}

/** Where a group may have other resources: whether this is certainly another spelling of one that is known. */
function isCertain(types: Types, groups: readonly string[], mistake: Explained): boolean {
  if (mistake.type === "subresource" || mistake.meant === undefined || mistake.group !== undefined) return false;
  return ofKind(types, groups, mistake.given) !== undefined;
}

type Explained =
  Extract<RuleMistake, { type: "resource" | "subresource" }> extends infer M
    ? M extends { at: string }
      ? Omit<M, "at">
      : never
    : never;

function explain(types: Types, groups: readonly string[], given: string): Explained {
  const slash = given.indexOf("/");
  const resource = slash < 0 ? given : given.slice(0, slash);
  const suffix = slash < 0 ? "" : given.slice(slash);
  if (suffix !== "") {
    const owner = groups.find((group) => types.resourcesOf(group)?.has(resource));
    if (owner !== undefined) {
      const granted = [...types.resourcesOf(owner)!.keys()].filter((name) => name.startsWith(`${resource}/`));
      // Finalizers can be granted, but no server serves them.
      const present = granted.filter((name) => !name.endsWith("/finalizers"));
      return { type: "subresource", given, resource, present, meant: nearestName(given, granted) };
    }
  }
  const base = { type: "resource", given, groups } as const;
  // `daemonsets.apps`, as kubectl takes it.
  const dot = resource.indexOf(".");
  if (dot > 0 && types.resourcesOf(resource.slice(dot + 1))?.has(resource.slice(0, dot))) {
    const [meant, group] = [resource.slice(0, dot) + suffix, resource.slice(dot + 1)];
    return groups.includes(group) ? { ...base, meant } : { ...base, meant, group };
  }
  const here = ofKind(types, groups, resource);
  if (here !== undefined) return { ...base, meant: here.plural + suffix };
  const builtIn = types.groups().filter((group) => types.resourcesOf(group)?.has(given));
  if (builtIn.length > 0) return { ...base, meant: given, group: builtIn[0]! };
  const there = ofKind(types, types.groups(), resource);
  if (there !== undefined) return { ...base, meant: there.plural + suffix, group: there.group };
  const near = nearestName(
    resource,
    groups.flatMap((group) => [...(types.resourcesOf(group)?.keys() ?? [])].filter((name) => !name.includes("/"))),
  );
  return near === undefined ? base : { ...base, meant: near + suffix };
}

/** The resource of a kind: `ConfigMap`, `configmap`, `Configmaps` are all meant for `configmaps`; `po` and `cm` too. */
function ofKind(
  types: Types,
  groups: readonly string[],
  given: string,
): { readonly plural: string; readonly group: string } | undefined {
  const lower = given.toLowerCase();
  for (const group of groups) {
    const short = SHORT_NAMES[lower];
    if (short !== undefined && types.resourcesOf(group)?.has(short)) return { plural: short, group };
  }
  return types
    .kinds()
    .find(({ kind, plural, group }) => groups.includes(group) && (kind.toLowerCase() === lower || plural === lower));
}

/** What kubectl takes and RBAC does not: https://kubernetes.io/docs/reference/kubectl/#resource-types. */
export const SHORT_NAMES: Readonly<Record<string, string>> = {
  cj: "cronjobs",
  cm: "configmaps",
  crd: "customresourcedefinitions",
  crds: "customresourcedefinitions",
  csr: "certificatesigningrequests",
  deploy: "deployments",
  ds: "daemonsets",
  ep: "endpoints",
  ev: "events",
  hpa: "horizontalpodautoscalers",
  ing: "ingresses",
  limits: "limitranges",
  netpol: "networkpolicies",
  no: "nodes",
  ns: "namespaces",
  pc: "priorityclasses",
  pdb: "poddisruptionbudgets",
  po: "pods",
  pv: "persistentvolumes",
  pvc: "persistentvolumeclaims",
  quota: "resourcequotas",
  rc: "replicationcontrollers",
  rs: "replicasets",
  sa: "serviceaccounts",
  sc: "storageclasses",
  sts: "statefulsets",
  svc: "services",
};

/** The verbs of requests: https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb. */
const RESOURCE_VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
/** Asked about without a request of that verb. `proxy` was one long ago. */
const SPECIAL_VERBS = ["approve", "attest", "bind", "escalate", "impersonate", "proxy", "sign", "use"];
const URL_VERBS = ["delete", "get", "head", "options", "patch", "post", "put"];

/** What people write for verbs there are. */
const MEANT_VERBS: Readonly<Record<string, readonly string[]>> = {
  add: ["create"],
  all: ["*"],
  any: ["*"],
  apply: ["create", "patch"],
  destroy: ["delete"],
  edit: ["update", "patch"],
  exec: ["create"],
  execute: ["create"],
  find: ["list"],
  modify: ["update", "patch"],
  post: ["create"],
  put: ["update"],
  read: ["get", "list", "watch"],
  remove: ["delete"],
  scale: ["update", "patch"],
  view: ["get", "list", "watch"],
  write: ["create", "update", "patch", "delete"],
};

export interface VerbMistake {
  readonly at: string;
  readonly given: string;
  /** The verbs that were meant, if that can be told. */
  readonly meant: readonly string[];
}

/** The verbs of a rule that no request has. Of groups that are not known, only those that are other spellings of one. */
export function findVerbMistakes(types: Types, rule: PolicyRuleText): VerbMistake[] {
  const ofUrls = (rule.nonResourceURLs?.length ?? 0) > 0;
  const standard = ofUrls ? URL_VERBS : RESOURCE_VERBS;
  const builtIn = ofUrls || (rule.apiGroups ?? []).every((group) => isBuiltIn(types, group));
  return (rule.verbs ?? []).flatMap((given, i): VerbMistake[] => {
    if (given === "*" || isPlaceholder(given) || standard.includes(given) || SPECIAL_VERBS.includes(given)) return [];
    const lower = given.toLowerCase().replace(/[-_ ]/g, "");
    const at = `verbs[${i}]`;
    if (standard.includes(lower)) return [{ at, given, meant: [lower] }];
    if (!builtIn) return [];
    // What is meant is granted already.
    if (MEANT_VERBS[lower]?.every((verb) => rule.verbs!.includes(verb))) return [];
    const near = MEANT_VERBS[lower] ?? nearestName(given, [...standard, ...SPECIAL_VERBS]);
    return [{ at, given, meant: near === undefined ? [] : typeof near === "string" ? [near] : near }];
  });
}

/** Whether no one but Kubernetes itself decides which verbs a group has. */
const isBuiltIn = (types: Types, group: string): boolean =>
  types.resourcesOf(group) !== undefined && (!group.includes(".") || group.endsWith(".k8s.io"));

/**
 * Whether a rule grants verbs on a review (`tokenreviews`), which is only ever created, and does not grant that. Other
 * resources without some verbs are left alone: `view` itself grants `list` on `bindings`.
 */
export const isReviewWithoutCreate = (rule: PolicyRuleText, resource: string): boolean =>
  /^(token|(local|self)?subjectaccess|selfsubjectrules|selfsubject)reviews$/.test(resource) &&
  (rule.apiGroups ?? []).every((group) => /^auth(entication|orization)\.k8s\.io$/.test(group)) &&
  (rule.verbs?.length ?? 0) > 0 &&
  !rule.verbs!.some((verb) => verb === "*" || verb === "create" || isPlaceholder(verb));

/** The resources of a rule of a Role that are in no namespace, so that no RoleBinding can grant them. */
export function clusterScopedResources(types: Types, rule: PolicyRuleText): { given: string; at: string }[] {
  const groups = rule.apiGroups ?? [];
  // Bind, escalate and use are asked about in the namespace of the object that needs them.
  if ((rule.verbs ?? []).some((verb) => !RESOURCE_VERBS.includes(verb) && verb !== "*")) return [];
  if (!groups.every((group) => isBuiltIn(types, group))) return [];
  const scopes = scopesOf(types);
  return (rule.resources ?? []).flatMap((given, i) => {
    const plural = given.split("/")[0]!;
    const namespaced = groups.map((group) => scopes.get(group)?.get(plural));
    const isClusterScoped = namespaced.includes(false) && !namespaced.includes(true);
    // Reading one's own namespace works: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-and-clusterrole
    return isClusterScoped && plural !== "namespaces" ? [{ given, at: `resources[${i}]` }] : [];
  });
}

/** Whether a resource is in namespaces, in some version, by group and plural. */
type Scopes = ReadonlyMap<string, ReadonlyMap<string, boolean>>;

const scopesByTypes = new WeakMap<Types, Scopes>();

function scopesOf(types: Types): Scopes {
  const known = scopesByTypes.get(types);
  if (known !== undefined) return known;
  const scopes = new Map<string, Map<string, boolean>>();
  for (const { group, plural, namespaced } of types.kinds()) {
    const own = scopes.get(group) ?? new Map<string, boolean>();
    scopes.set(group, own.set(plural, own.get(plural) === true || namespaced));
  }
  scopesByTypes.set(types, scopes);
  return scopes;
}
