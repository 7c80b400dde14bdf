import type { ServiceAccount } from "../../apis/types/core.v1.generated.js";
import type { ClusterRole, ClusterRoleBinding, Role, RoleBinding } from "../../apis/types/rbac.v1.generated.js";
import { writtenName } from "../outcome/like-entries.js";
import { accountUser, groupsOf, type PolicySubject } from "../rbac/policy-objects.js";
import type { PolicyRuleText } from "../rbac/role-mistakes.js";
import type { Simulation } from "../simulation/simulate.js";
import { type Field, lines, table, text } from "./description.js";

const RULE_HEADINGS = ["RESOURCES", "NAMES", "VERBS"];

/** `deployments.apps, pods`; of URLs, those. */
function ruleRow({
  apiGroups = [],
  resources = [],
  resourceNames = [],
  nonResourceURLs = [],
  verbs = [],
}: PolicyRuleText): string[] {
  const named = resources.flatMap((resource) =>
    apiGroups.map((group) => (group === "" ? resource : `${resource}.${group}`)),
  );
  return [[...named, ...nonResourceURLs].join(", "), resourceNames.join(", ") || "all", verbs.join(", ")];
}

export function roleFields({ kind = "", metadata, rules }: Role | ClusterRole, { cluster }: Simulation): Field[] {
  const resources = [
    "rolebindings.rbac.authorization.k8s.io",
    "clusterrolebindings.rbac.authorization.k8s.io",
  ] as const;
  const bindings = resources.flatMap((resource) =>
    [...cluster.objects.list(resource)].filter(
      ({ roleRef, metadata: { namespace } }) =>
        roleRef.kind === kind &&
        roleRef.name === metadata.name &&
        (kind === "ClusterRole" || namespace === metadata.namespace),
    ),
  );
  const whole = kind === "ClusterRole" ? cluster.authorizer.aggregatedRules(metadata.name ?? "") : undefined;
  return [
    ...table(
      "Rules",
      RULE_HEADINGS,
      (whole ?? rules ?? []).map((rule) => ruleRow(rule as PolicyRuleText)),
    ),
    ...table(
      "Given By",
      ["BINDING", "TO"],
      bindings.map((binding) => [
        `${binding.kind} ${[binding.metadata.namespace, binding.metadata.name].filter(Boolean).join("/")}`,
        subjectsText(binding.subjects),
      ]),
    ),
  ];
}

export function bindingFields(
  { metadata, roleRef, subjects }: RoleBinding | ClusterRoleBinding,
  { cluster }: Simulation,
): Field[] {
  const { namespace } = metadata;
  const role =
    roleRef.kind === "Role"
      ? cluster.objects.get("roles.rbac.authorization.k8s.io", namespace, roleRef.name)
      : cluster.objects.get("clusterroles.rbac.authorization.k8s.io", undefined, roleRef.name);
  return [
    ...text("Role", `${roleRef.kind}/${roleRef.name}`),
    ...table(
      "Subjects",
      ["KIND", "NAME", "NAMESPACE"],
      (subjects ?? []).map(({ kind, name, namespace: own = "" }) => [kind, name, own]),
    ),
    ...table(
      "Gives",
      RULE_HEADINGS,
      (role?.rules ?? []).map((rule) => ruleRow(rule as PolicyRuleText)),
    ),
  ];
}

const subjectsText = (subjects: readonly PolicySubject[] | undefined): string =>
  (subjects ?? []).map(({ kind, name, namespace }) => `${kind} ${namespace ? `${namespace}/` : ""}${name}`).join(", ");

/** A ServiceAccount with what it may do beyond what every account may. */
export function accountFields(
  { metadata, automountServiceAccountToken, imagePullSecrets, secrets }: ServiceAccount,
  { cluster }: Simulation,
): Field[] {
  const { namespace = "default", name = "" } = metadata;
  const user = accountUser(namespace, name);
  const rules = cluster.authorizer.rulesFor({ user, groups: groupsOf(user) }, namespace);
  const own = rules.filter(
    ({ subject }) => subject.kind !== "Group" || !subject.name.startsWith("system:authenticated"),
  );
  const users = [...cluster.objects.list("pods", namespace)].filter(
    ({ spec }) => (spec.serviceAccountName || "default") === name,
  );
  return [
    ...text(
      "Token",
      automountServiceAccountToken === false
        ? "not mounted unless a Pod asks for it"
        : "mounted unless a Pod declines it",
    ),
    ...lines(
      "Image Pull Secrets",
      imagePullSecrets?.map((secret) => secret.name ?? ""),
    ),
    ...lines(
      "Secrets",
      secrets?.map((secret) => secret.name ?? ""),
    ),
    ...table(
      "May",
      [...RULE_HEADINGS, "THROUGH"],
      own.map(({ rule, binding }) => [...ruleRow(rule.rule), `${binding.kind} ${binding.name}`]),
    ),
    ...lines("Used By", [...new Set(users.map((pod) => `Pod ${writtenName(pod)}`))]),
  ];
}
