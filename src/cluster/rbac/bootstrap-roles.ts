import { COMPONENT_ROLES, EVENTS } from "./bootstrap-cluster-roles.js";
import { CONTROLLER_ROLES } from "./bootstrap-controller-roles.js";
import type { BootstrapRole } from "./bootstrap-notation.js";

/**
 * The roles that the API server makes at its start, each with the minor that brought it (those without were there in
 * 1.25 already). Source: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings.
 */
export const BOOTSTRAP_CLUSTER_ROLES: readonly BootstrapRole[] = [...COMPONENT_ROLES, ...CONTROLLER_ROLES];

/** The namespaced ones. */
export const BOOTSTRAP_ROLES: readonly (BootstrapRole & { readonly namespace: string })[] = [
  {
    name: "extension-apiserver-authentication-reader",
    namespace: "kube-system",
    rules: ["read | configmaps | core | extension-apiserver-authentication"],
  },
  {
    name: "system::leader-locking-kube-controller-manager",
    namespace: "kube-system",
    rules: [
      "watch | configmaps",
      "get update | configmaps | core | kube-controller-manager",
      [30, "create read update | leases | coordination.k8s.io"],
    ],
  },
  {
    name: "system::leader-locking-kube-scheduler",
    namespace: "kube-system",
    rules: ["watch | configmaps", "get update | configmaps | core | kube-scheduler"],
  },
  { name: "system:controller:bootstrap-signer", namespace: "kube-system", rules: ["read | secrets"] },
  {
    name: "system:controller:bootstrap-signer",
    namespace: "kube-public",
    rules: ["read | configmaps", "update | configmaps | core | cluster-info", EVENTS],
  },
  { name: "system:controller:cloud-provider", namespace: "kube-system", rules: ["create read | configmaps"] },
  { name: "system:controller:token-cleaner", namespace: "kube-system", rules: ["delete read | secrets", EVENTS] },
];

/** A binding that the API server makes at its start; its name is the role's unless it has one of its own. */
export interface BootstrapBinding {
  readonly role: string;
  readonly name?: string;
  /** Of a RoleBinding. */
  readonly namespace?: string;
  /** `User`, `Group`, or `ServiceAccount` of kube-system, and the name. */
  readonly subjects: readonly (readonly ["Group" | "ServiceAccount" | "User", string])[];
}

/** Besides these, each controller role is bound to the ServiceAccount of its controller. */
export const BOOTSTRAP_BINDINGS: readonly BootstrapBinding[] = [
  { role: "cluster-admin", subjects: [["Group", "system:masters"]] },
  { role: "system:basic-user", subjects: [["Group", "system:authenticated"]] },
  { role: "system:discovery", subjects: [["Group", "system:authenticated"]] },
  { role: "system:kube-controller-manager", subjects: [["User", "system:kube-controller-manager"]] },
  { role: "system:kube-dns", subjects: [["ServiceAccount", "kube-dns"]] },
  { role: "system:kube-scheduler", subjects: [["User", "system:kube-scheduler"]] },
  { role: "system:monitoring", subjects: [["Group", "system:monitoring"]] },
  // Nodes are authorized otherwise: https://kubernetes.io/docs/reference/access-authn-authz/node/
  { role: "system:node", subjects: [] },
  { role: "system:node-proxier", subjects: [["User", "system:kube-proxy"]] },
  {
    role: "system:public-info-viewer",
    subjects: [
      ["Group", "system:authenticated"],
      ["Group", "system:unauthenticated"],
    ],
  },
  { role: "system:service-account-issuer-discovery", subjects: [["Group", "system:serviceaccounts"]] },
  { role: "system:volume-scheduler", subjects: [["User", "system:kube-scheduler"]] },
  {
    role: "extension-apiserver-authentication-reader",
    name: "system::extension-apiserver-authentication-reader",
    namespace: "kube-system",
    subjects: [
      ["User", "system:kube-controller-manager"],
      ["User", "system:kube-scheduler"],
    ],
  },
  {
    role: "system::leader-locking-kube-controller-manager",
    namespace: "kube-system",
    subjects: [
      ["User", "system:kube-controller-manager"],
      ["ServiceAccount", "kube-controller-manager"],
    ],
  },
  {
    role: "system::leader-locking-kube-scheduler",
    namespace: "kube-system",
    subjects: [
      ["User", "system:kube-scheduler"],
      ["ServiceAccount", "kube-scheduler"],
    ],
  },
  {
    role: "system:controller:bootstrap-signer",
    namespace: "kube-system",
    subjects: [["ServiceAccount", "bootstrap-signer"]],
  },
  {
    role: "system:controller:bootstrap-signer",
    namespace: "kube-public",
    subjects: [["ServiceAccount", "bootstrap-signer"]],
  },
  {
    role: "system:controller:cloud-provider",
    namespace: "kube-system",
    subjects: [["ServiceAccount", "cloud-provider"]],
  },
  {
    role: "system:controller:token-cleaner",
    namespace: "kube-system",
    subjects: [["ServiceAccount", "token-cleaner"]],
  },
];
