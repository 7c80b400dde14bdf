/**
 * The kinds that others need, in the order in which tools that sort apply them; all that is not named comes after
 * Services and before webhooks. https://helm.sh/docs/intro/using_helm/ has a longer list of the same order.
 */
const FIRST = [
  "Namespace",
  "CustomResourceDefinition",
  "NetworkPolicy",
  "ResourceQuota",
  "LimitRange",
  "PriorityClass",
  "RuntimeClass",
  "StorageClass",
  "IngressClass",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "Node",
  "ServiceAccount",
  "Secret",
  "ConfigMap",
  "PersistentVolume",
  "PersistentVolumeClaim",
  "ClusterRole",
  "ClusterRoleBinding",
  "Role",
  "RoleBinding",
  "Service",
];
const LAST = ["APIService", "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];

const RANKS: ReadonlyMap<string, number> = new Map([
  ...FIRST.map((kind, rank) => [kind, rank] as const),
  ...LAST.map((kind, rank) => [kind, FIRST.length + 1 + rank] as const),
]);

/** When a document of a kind is applied by a tool that sorts: the lower, the earlier. */
export const applyRank = (kind: unknown): number => RANKS.get(String(kind)) ?? FIRST.length;
