import type { KubernetesObject } from "../resource.js";
import { aggregate, type GrantedRule } from "./aggregation.js";
import { bootstrapBindings, bootstrapRoles } from "./bootstrap-objects.js";
import {
  accountOf,
  describeSubject,
  type PolicyBinding,
  type PolicyRole,
  type PolicySubject,
  readPolicyObject,
} from "./policy-objects.js";
import type { PolicyRuleText } from "./role-mistakes.js";
import { type AccessRequest, allows } from "./rule-matching.js";

/** Who asks. Groups are those given: none is added. */
export interface Requester {
  readonly user: string;
  readonly groups?: readonly string[];
}

/** One way in which a request is allowed. */
export interface AccessGrant {
  readonly binding: PolicyBinding;
  readonly subject: PolicySubject;
  /** Of the subject in the binding. */
  readonly subjectIndex: number;
  readonly role: PolicyRole;
  /** The rule that allows it: the role's own, or one aggregated into it. */
  readonly rule: GrantedRule;
}

export interface AccessDecision {
  readonly allowed: boolean;
  /** Through which bindings, those of one scope: bindings of a namespace are asked only where those of the cluster deny. */
  readonly grants: readonly AccessGrant[];
  /** Roles that bindings of the requester name and that are not there. Only told where the request is not allowed. */
  readonly missing: readonly string[];
  /** The requester is of system:masters, about whom no rule is asked. */
  readonly superuser: boolean;
}

/** What a subject may do through one binding. */
export interface SubjectRule {
  readonly binding: PolicyBinding;
  readonly subject: PolicySubject;
  readonly role: PolicyRole;
  readonly rule: GrantedRule;
}

export interface AuthorizerOptions {
  /** The target's minor: which roles the cluster has by itself. */
  readonly minor: number;
  /** The namespace of Roles and RoleBindings that name none. */
  readonly defaultNamespace?: string;
}

/**
 * The RBAC authorizer over a set of objects and what every cluster has by itself. Of objects that have one name the last
 * counts; one with the name of a bootstrap role or binding takes its place.
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export class Authorizer {
  readonly #roles = new Map<string, PolicyRole>();
  readonly #bindings = new Map<string, PolicyBinding>();
  /** The bindings that name a subject, in order. */
  readonly #bySubject = new Map<string, { binding: PolicyBinding; subjectIndex: number }[]>();
  #rules: ReadonlyMap<PolicyRole, readonly GrantedRule[]> | undefined;

  constructor(objects: Iterable<KubernetesObject>, { minor, defaultNamespace = "default" }: AuthorizerOptions) {
    for (const role of bootstrapRoles(minor)) this.#roles.set(keyOf(role), role);
    for (const binding of bootstrapBindings(minor)) this.#bindings.set(keyOf(binding), binding);
    for (const object of objects) {
      const read = readPolicyObject(object, defaultNamespace);
      if (read === undefined) continue;
      if ("subjects" in read) this.#bindings.set(keyOf(read), read);
      else this.#roles.set(keyOf(read), read);
    }
    for (const binding of this.#bindings.values()) {
      const seen = new Set<string>();
      binding.subjects.forEach((subject, subjectIndex) => {
        const key = subjectKey(subject);
        if (subject.name === "" || seen.has(key)) return;
        seen.add(key);
        const list = this.#bySubject.get(key);
        if (list) list.push({ binding, subjectIndex });
        else this.#bySubject.set(key, [{ binding, subjectIndex }]);
      });
    }
  }

  /** Every binding there is. */
  get bindings(): Iterable<PolicyBinding> {
    return this.#bindings.values();
  }

  /** Decides one request. */
  authorize(requester: Requester, request: AccessRequest): AccessDecision {
    const none = { grants: [], missing: [] };
    if (requester.groups?.includes(SUPERUSERS)) return { allowed: true, superuser: true, ...none };
    const missing = new Set<string>();
    for (const namespace of scopesOf(request.namespace)) {
      const grants: AccessGrant[] = [];
      for (const { binding, subjectIndex } of this.#bindingsOf(requester, namespace)) {
        const role = this.roleOf(binding);
        if (role === undefined) {
          missing.add(describeMissing(binding));
          continue;
        }
        const rule = this.rulesOf(role).find((granted) => allows(granted.rule, request));
        if (rule) grants.push({ binding, subject: binding.subjects[subjectIndex]!, subjectIndex, role, rule });
      }
      if (grants.length > 0) return { ...none, allowed: true, grants, superuser: false };
    }
    return { allowed: false, superuser: false, grants: [], missing: [...missing].sort() };
  }

  /** A SubjectAccessReview with its answer, as `simulate` shows it; several reasons where several bindings allow. */
  answer<Q extends Requester & AccessRequest>(query: Q): Q & AccessAnswer {
    const { allowed, grants, missing } = this.authorize(query, query);
    const reasons = allowed ? [...new Set(grants.map(describeGrant))].sort() : describeErrors(missing);
    if (reasons.length === 0) return { ...query, allowed };
    return { ...query, allowed, reason: reasons.length === 1 ? reasons[0]! : reasons };
  }

  /** All rules that apply to somebody in a namespace, or with none in the whole cluster, binding by binding. */
  rulesFor(requester: Requester, namespace?: string): SubjectRule[] {
    return scopesOf(namespace).flatMap((scope) =>
      this.#bindingsOf(requester, scope).flatMap(({ binding, subjectIndex }) => {
        const role = this.roleOf(binding);
        const subject = binding.subjects[subjectIndex]!;
        return role === undefined ? [] : this.rulesOf(role).map((rule) => ({ binding, subject, role, rule }));
      }),
    );
  }

  /**
   * Everybody whom a binding lets do something, in the request's namespace or, where `everywhere`, in any; members of
   * system:masters may do everything besides.
   */
  whoCan(request: AccessRequest, everywhere = false): AccessGrant[] {
    const scopes = scopesOf(request.namespace);
    const allowing = new Map<PolicyRole, GrantedRule | undefined>();
    return [...this.#bindings.values()].flatMap((binding) => {
      if (!everywhere && !scopes.includes(binding.namespace)) return [];
      const role = this.roleOf(binding);
      if (role === undefined) return [];
      if (!allowing.has(role))
        allowing.set(
          role,
          this.rulesOf(role).find((granted) => allows(granted.rule, request)),
        );
      const rule = allowing.get(role);
      if (rule === undefined) return [];
      return binding.subjects.flatMap((subject, subjectIndex) =>
        subject.name === "" ? [] : { binding, subject, subjectIndex, role, rule },
      );
    });
  }

  /** The namespaces with RoleBindings that name somebody. */
  namespacesOf(requester: Requester): string[] {
    const namespaces = this.#bindingsOf(requester).map(({ binding }) => binding.namespace);
    return [...new Set(namespaces)].filter((namespace) => namespace !== "").sort();
  }

  /** The names of the roles that a binding could have meant. */
  roleNames({ roleKind, namespace }: PolicyBinding): string[] {
    return [...this.#roles.values()]
      .filter((role) => role.kind === roleKind && (roleKind === "ClusterRole" || role.namespace === namespace))
      .map(({ name }) => name);
  }

  /** The bindings that name somebody and a role that is not there, in a namespace and the cluster. */
  danglingBindings(requester: Requester, namespace?: string): PolicyBinding[] {
    return scopesOf(namespace).flatMap((scope) =>
      this.#bindingsOf(requester, scope).flatMap(({ binding }) => (this.roleOf(binding) ? [] : binding)),
    );
  }

  /** The role that a binding names; undefined where there is none. */
  roleOf({ kind, namespace, roleKind, roleName }: PolicyBinding): PolicyRole | undefined {
    if (roleKind === "ClusterRole") return this.#roles.get(`ClusterRole//${roleName}`);
    if (roleKind !== "Role" || kind !== "RoleBinding") return undefined;
    return this.#roles.get(`Role/${namespace}/${roleName}`);
  }

  /** The rules of a role, after aggregation. */
  rulesOf(role: PolicyRole): readonly GrantedRule[] {
    this.#rules ??= aggregate([...this.#roles.values()].filter(({ kind }) => kind === "ClusterRole"));
    return this.#rules.get(role) ?? role.rules.map((rule, index) => ({ rule, role, index }));
  }

  /** The rules of a ClusterRole after aggregation, by its name; undefined where there is no such role. */
  aggregatedRules(name: string): readonly PolicyRuleText[] | undefined {
    const role = this.#roles.get(`ClusterRole//${name}`);
    return role && this.rulesOf(role).map(({ rule }) => rule);
  }

  /** The aggregated ClusterRoles among the objects, with the rules that they end up with. */
  aggregatedClusterRoles(): { readonly name: string; readonly rules: readonly PolicyRuleText[] }[] {
    return [...this.#roles.values()]
      .filter(({ object, selectors }) => object !== undefined && selectors !== undefined)
      .map((role) => ({ name: role.name, rules: this.rulesOf(role).map(({ rule }) => rule) }));
  }

  /** The bindings, of one scope if given, that name a requester or one of the groups, each once, in order. */
  #bindingsOf({ user, groups = [] }: Requester, namespace?: string) {
    const account = accountOf(user);
    const keys = [
      `User ${user}`,
      ...groups.map((group) => `Group ${group}`),
      ...(account ? [`ServiceAccount ${account.namespace}/${account.name}`] : []),
    ];
    const found = new Map<PolicyBinding, number>();
    for (const key of keys)
      for (const { binding, subjectIndex } of this.#bySubject.get(key) ?? [])
        if (namespace === undefined || binding.namespace === namespace)
          found.set(binding, Math.min(subjectIndex, found.get(binding) ?? subjectIndex));
    return [...found].map(([binding, subjectIndex]) => ({ binding, subjectIndex }));
  }
}

/** What a SubjectAccessReview answers. */
export interface AccessAnswer {
  readonly allowed: boolean;
  readonly reason?: string | readonly string[];
}

/** Members may do everything; no rule is asked. */
export const SUPERUSERS = "system:masters";

/** The namespaces whose bindings are asked, that of ClusterRoleBindings first. */
const scopesOf = (namespace: string | undefined): readonly string[] => (namespace ? ["", namespace] : [""]);

const keyOf = ({ kind, namespace, name }: PolicyRole | PolicyBinding): string => `${kind}/${namespace}/${name}`;

const subjectKey = ({ kind, name, namespace }: PolicySubject): string =>
  kind === "ServiceAccount" ? `${kind} ${namespace}/${name}` : `${kind} ${name}`;

/** As the server words it: the namespace comes last. */
const describeBinding = ({ kind, name, namespace }: PolicyBinding): string =>
  `${kind} "${namespace === "" ? name : `${name}/${namespace}`}"`;

const describeGrant = ({ binding, subject }: AccessGrant): string =>
  `RBAC: allowed by ${describeBinding(binding)} of ${binding.roleKind} "${binding.roleName}" to ${describeSubject(subject)}`;

const describeMissing = ({ roleKind, roleName }: PolicyBinding): string =>
  roleKind === "Role" || roleKind === "ClusterRole"
    ? `${roleKind.toLowerCase()}.rbac.authorization.k8s.io "${roleName}" not found`
    : `unsupported role reference kind: "${roleKind}"`;

function describeErrors(missing: readonly string[]): string[] {
  if (missing.length === 0) return [];
  return [`RBAC: ${missing.length === 1 ? missing[0] : `[${missing.join(", ")}]`}`];
}
