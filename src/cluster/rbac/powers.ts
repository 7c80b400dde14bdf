import type { PolicyRuleText } from "./role-mistakes.js";

/** Something that a rule may allow and that is worth more than it seems. */
export interface Power {
  /** `read every Secret`: what follows "may". */
  readonly words: string;
  readonly group: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Whether it is harmless where the rule names the objects. */
  readonly unlessNamed?: boolean;
}

const RBAC_GROUP = "rbac.authorization.k8s.io";

/**
 * What leads to permissions that nobody gave.
 * https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks
 */
export const ESCALATING_POWERS: readonly Power[] = [
  {
    words: "write roles with any permission",
    group: RBAC_GROUP,
    resources: ["clusterroles", "roles"],
    verbs: ["escalate"],
    unlessNamed: true,
  },
  {
    words: "bind any role to anybody",
    group: RBAC_GROUP,
    resources: ["clusterroles", "roles"],
    verbs: ["bind"],
    unlessNamed: true,
  },
  {
    words: "act as any user",
    group: "",
    resources: ["groups", "serviceaccounts", "users"],
    verbs: ["impersonate"],
    unlessNamed: true,
  },
  {
    words: "run commands in every Pod of every node, past admission and audit",
    group: "",
    resources: ["nodes/proxy"],
    verbs: ["create", "delete", "get", "patch", "update"],
    unlessNamed: true,
  },
];

/** What many need, and what is worth a look each time. */
export const SENSITIVE_POWERS: readonly Power[] = [
  {
    words: "read every Secret",
    group: "",
    resources: ["secrets"],
    verbs: ["get", "list", "watch"],
    unlessNamed: true,
  },
  {
    words: "run Pods, with any ServiceAccount and Secret of the namespace",
    group: "",
    resources: ["pods", "replicationcontrollers"],
    verbs: ["create"],
  },
  {
    words: "run Pods, with any ServiceAccount and Secret of the namespace",
    group: "apps",
    resources: ["daemonsets", "deployments", "replicasets", "statefulsets"],
    verbs: ["create"],
  },
  {
    words: "run Pods, with any ServiceAccount and Secret of the namespace",
    group: "batch",
    resources: ["cronjobs", "jobs"],
    verbs: ["create"],
  },
  {
    words: "run commands in every Pod",
    group: "",
    resources: ["pods/attach", "pods/exec"],
    verbs: ["create", "get"],
    unlessNamed: true,
  },
  {
    words: "put containers into every Pod",
    group: "",
    resources: ["pods/ephemeralcontainers"],
    verbs: ["patch", "update"],
    unlessNamed: true,
  },
  {
    words: "get a token of every ServiceAccount",
    group: "",
    resources: ["serviceaccounts/token"],
    verbs: ["create"],
    unlessNamed: true,
  },
  {
    words: "approve certificates for any user",
    group: "certificates.k8s.io",
    resources: ["certificatesigningrequests/approval"],
    verbs: ["patch", "update"],
  },
  {
    words: "change every request that the API server takes",
    group: "admissionregistration.k8s.io",
    resources: ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"],
    verbs: ["create", "patch", "update"],
    unlessNamed: true,
  },
  {
    words: "make volumes of any path of a node",
    group: "",
    resources: ["persistentvolumes"],
    verbs: ["create"],
  },
];

/** A power that a rule grants by its name, and where it names the resource. */
export interface GrantedPower {
  readonly power: Power;
  readonly at: string;
  readonly given: string;
  readonly verbs: readonly string[];
}

/** The powers of a list that a rule grants, each once; wildcards are not looked at, as they grant more than these. */
export function powersOf(rule: PolicyRuleText, powers: readonly Power[]): GrantedPower[] {
  const { verbs = [], apiGroups = [], resources = [], resourceNames = [] } = rule;
  if (verbs.includes("*") || resources.includes("*")) return [];
  const told = new Set<string>();
  return powers.flatMap((power): GrantedPower[] => {
    if (power.unlessNamed && resourceNames.length > 0) return [];
    if (!apiGroups.includes(power.group) && !apiGroups.includes("*")) return [];
    const granted = verbs.filter((verb) => power.verbs.includes(verb));
    const index = resources.findIndex((resource) => power.resources.includes(resource));
    if (granted.length === 0 || index < 0 || told.has(power.words)) return [];
    told.add(power.words);
    return [{ power, at: `resources[${index}]`, given: resources[index]!, verbs: granted }];
  });
}
