/** A rule of a Role or ClusterRole that is known to be whole. */
export interface BootstrapRule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs: readonly string[];
}

/**
 * A rule as `VERBS | RESOURCES | GROUPS | NAMES`, each a list of words. Without groups it is about the core group, which is
 * `core` beside others; `url` in place of groups makes the resources URLs. With numbers: the first minor that has the
 * rule, and the last.
 */
export type BootstrapGrant = string | readonly [since: number, rule: string, until?: number];

/** A role that the API server makes at its start. */
export interface BootstrapRole {
  readonly name: string;
  /** The first minor that has it; those without were there in 1.25 already. */
  readonly since?: number;
  /** `X` where it has the label `rbac.authorization.k8s.io/aggregate-to-X`. */
  readonly aggregatesTo?: string;
  /** `X` where its rules are those of the ClusterRoles with that label. */
  readonly aggregates?: string;
  readonly rules?: readonly BootstrapGrant[];
}

const SHORT_VERBS: Readonly<Record<string, string>> = {
  read: "get list watch",
  write: "create delete deletecollection patch update",
};

/** The rules of the grants that hold in a minor; verbs, resources and groups are sorted, as the server has them. */
export function readGrants(grants: readonly BootstrapGrant[], minor: number): BootstrapRule[] {
  return grants.flatMap((grant) => {
    if (typeof grant === "string") return readGrant(grant);
    const [since, rule, until = minor] = grant;
    return since <= minor && minor <= until ? readGrant(rule) : [];
  });
}

function readGrant(text: string): BootstrapRule {
  const [verbs = [], resources = [], groups = ["core"], names] = text.split("|").map((part) => words(part));
  const expanded = verbs.flatMap((verb) => words(SHORT_VERBS[verb] ?? verb)).sort();
  if (groups[0] === "url") return { nonResourceURLs: resources.sort(), verbs: expanded };
  return {
    apiGroups: groups.map((group) => (group === "core" ? "" : group)).sort(),
    ...(names && { resourceNames: names.sort() }),
    resources: resources.sort(),
    verbs: expanded,
  };
}

const words = (text: string): string[] => text.trim().split(/\s+/);
