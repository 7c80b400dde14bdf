import { EVENTS } from "./bootstrap-cluster-roles.js";
import type { BootstrapRole } from "./bootstrap-notation.js";

/**
 * The ClusterRoles `system:controller:NAME`, each bound to the ServiceAccount `kube-system/NAME`.
 * Source: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#controller-roles.
 */
export const CONTROLLER_ROLES: readonly BootstrapRole[] = [
  {
    name: "attachdetach-controller",
    rules: [
      "list watch | persistentvolumeclaims persistentvolumes",
      "read | nodes",
      "patch update | nodes/status",
      "list watch | pods",
      EVENTS,
      "create delete read | volumeattachments | storage.k8s.io",
      "read | csidrivers | storage.k8s.io",
      "read | csinodes | storage.k8s.io",
    ],
  },
  {
    name: "certificate-controller",
    rules: [
      "delete read | certificatesigningrequests | certificates.k8s.io",
      "update | certificatesigningrequests/approval certificatesigningrequests/status | certificates.k8s.io",
      "approve | signers | certificates.k8s.io | kubernetes.io/kube-apiserver-client-kubelet",
      `sign | signers | certificates.k8s.io | kubernetes.io/kube-apiserver-client
        kubernetes.io/kube-apiserver-client-kubelet kubernetes.io/kubelet-serving kubernetes.io/legacy-unknown`,
      "create | subjectaccessreviews | authorization.k8s.io",
      EVENTS,
    ],
  },
  {
    name: "clusterrole-aggregation-controller",
    rules: ["escalate read patch update | clusterroles | rbac.authorization.k8s.io"],
  },
  {
    name: "cronjob-controller",
    rules: [
      "read update | cronjobs | batch",
      "create delete read patch update | jobs | batch",
      "update | cronjobs/status | batch",
      "update | cronjobs/finalizers | batch",
      "delete list watch | pods",
      EVENTS,
    ],
  },
  {
    name: "daemon-set-controller",
    rules: [
      "read | daemonsets | apps extensions",
      "update | daemonsets/status | apps extensions",
      "update | daemonsets/finalizers | apps extensions",
      "list watch | nodes",
      "create delete list patch watch | pods",
      "create | pods/binding",
      "create delete read patch update | controllerrevisions | apps",
      EVENTS,
    ],
  },
  {
    name: "deployment-controller",
    rules: [
      "read update | deployments | apps extensions",
      "update | deployments/status | apps extensions",
      "update | deployments/finalizers | apps extensions",
      "create delete read patch update | replicasets | apps extensions",
      "read update | pods",
      EVENTS,
    ],
  },
  {
    name: "disruption-controller",
    rules: [
      "read | deployments | apps extensions",
      "read | replicasets | apps extensions",
      "read | replicationcontrollers",
      "read | poddisruptionbudgets | policy",
      "read | statefulsets | apps",
      "update | poddisruptionbudgets/status | policy",
      "patch update | pods/status",
      "get | */scale | *",
      EVENTS,
    ],
  },
  {
    name: "endpoint-controller",
    rules: ["read | pods services", "create delete read update | endpoints", "create | endpoints/restricted", EVENTS],
  },
  {
    name: "endpointslice-controller",
    rules: [
      "read | nodes pods services",
      "update | services/finalizers",
      "create delete read update | endpointslices | discovery.k8s.io",
      EVENTS,
    ],
  },
  {
    name: "endpointslicemirroring-controller",
    rules: [
      "read | endpoints services",
      "update | services/finalizers",
      [33, "update | endpoints/finalizers"],
      "create delete read update | endpointslices | discovery.k8s.io",
      EVENTS,
    ],
  },
  {
    name: "ephemeral-volume-controller",
    rules: ["read | pods", "update | pods/finalizers", "create read | persistentvolumeclaims", EVENTS],
  },
  {
    name: "expand-controller",
    rules: [
      "read patch update | persistentvolumes",
      "patch update | persistentvolumeclaims/status",
      "read | persistentvolumeclaims",
      EVENTS,
    ],
  },
  { name: "generic-garbage-collector", rules: ["delete read patch update | * | *", EVENTS] },
  {
    name: "horizontal-pod-autoscaler",
    rules: [
      "read | horizontalpodautoscalers | autoscaling",
      "update | horizontalpodautoscalers/status | autoscaling",
      "get update | */scale | *",
      "list watch | pods",
      "list watch | pods | metrics.k8s.io",
      "read | * | custom.metrics.k8s.io",
      "read | * | external.metrics.k8s.io",
      EVENTS,
    ],
  },
  {
    name: "job-controller",
    rules: [
      "read patch update | jobs | batch",
      "update | jobs/status | batch",
      "update | jobs/finalizers | batch",
      "create delete list patch watch | pods",
      EVENTS,
    ],
  },
  {
    name: "legacy-service-account-token-cleaner",
    since: 28,
    rules: ["get | configmaps | core | kube-apiserver-legacy-service-account-token-tracking", "delete patch | secrets"],
  },
  {
    name: "namespace-controller",
    rules: [
      "delete read | namespaces",
      "update | namespaces/finalize namespaces/status",
      "delete deletecollection read | * | *",
    ],
  },
  {
    name: "node-controller",
    rules: [
      "delete read patch update | nodes",
      "patch update | nodes/status",
      "patch update | pods/status",
      "delete read | pods",
      EVENTS,
    ],
  },
  {
    name: "persistent-volume-binder",
    rules: [
      "create delete read update | persistentvolumes",
      "update | persistentvolumes/status",
      "read update | persistentvolumeclaims",
      "update | persistentvolumeclaims/status",
      "create delete read | pods",
      "read | storageclasses | storage.k8s.io",
      "list watch | nodes",
      EVENTS,
      "watch | events",
    ],
  },
  { name: "pod-garbage-collector", rules: ["delete list watch | pods", "read | nodes", "patch | pods/status"] },
  { name: "pv-protection-controller", rules: ["read update | persistentvolumes", EVENTS] },
  { name: "pvc-protection-controller", rules: ["read update | persistentvolumeclaims", "read | pods", EVENTS] },
  {
    name: "replicaset-controller",
    rules: [
      "read update | replicasets | apps extensions",
      "update | replicasets/status | apps extensions",
      "update | replicasets/finalizers | apps extensions",
      "create delete list patch watch | pods",
      EVENTS,
    ],
  },
  {
    name: "replication-controller",
    rules: [
      "read update | replicationcontrollers",
      "update | replicationcontrollers/status",
      "update | replicationcontrollers/finalizers",
      "create delete list patch watch | pods",
      EVENTS,
    ],
  },
  {
    name: "resource-claim-controller",
    since: 34,
    rules: [
      "read | pods",
      "update | pods/finalizers",
      "create delete read | resourceclaims | resource.k8s.io",
      "patch update | resourceclaims resourceclaims/status | resource.k8s.io",
      "patch update | pods/status",
      EVENTS,
    ],
  },
  {
    name: "resourcequota-controller",
    rules: ["list watch | * | *", "update | resourcequotas/status", EVENTS],
  },
  { name: "root-ca-cert-publisher", rules: ["create update | configmaps", EVENTS] },
  { name: "route-controller", rules: ["list watch | nodes", "patch | nodes/status", EVENTS] },
  {
    name: "selinux-warning-controller",
    since: 33,
    rules: [
      EVENTS,
      "read | persistentvolumes",
      "read | persistentvolumeclaims",
      "read | pods",
      "read | csidrivers | storage.k8s.io",
    ],
  },
  { name: "service-account-controller", rules: ["create | serviceaccounts", EVENTS] },
  {
    name: "service-cidrs-controller",
    since: 33,
    rules: [
      "read patch update | servicecidrs | networking.k8s.io",
      "patch update | servicecidrs/finalizers | networking.k8s.io",
      "patch update | servicecidrs/status | networking.k8s.io",
      "read | ipaddresses | networking.k8s.io",
      EVENTS,
    ],
  },
  {
    name: "service-controller",
    rules: ["read | services", "patch update | services/status", "list watch | nodes", EVENTS],
  },
  {
    name: "statefulset-controller",
    rules: [
      "list watch | pods",
      "read | statefulsets | apps",
      "update | statefulsets/status | apps",
      "update | statefulsets/finalizers | apps",
      "create delete get patch update | pods",
      "create delete read patch update | controllerrevisions | apps",
      "create read | persistentvolumeclaims",
      [27, "delete update | persistentvolumeclaims"],
      [33, "update | pods/finalizers"],
      EVENTS,
    ],
  },
  { name: "ttl-after-finished-controller", rules: ["delete read | jobs | batch", EVENTS] },
  { name: "ttl-controller", rules: ["list patch update watch | nodes", EVENTS] },
  {
    name: "validatingadmissionpolicy-status-controller",
    since: 30,
    rules: [
      "read | validatingadmissionpolicies | admissionregistration.k8s.io",
      "get patch update | validatingadmissionpolicies/status | admissionregistration.k8s.io",
      EVENTS,
    ],
  },
  {
    name: "volumeattributesclass-protection-controller",
    since: 34,
    rules: [
      "read | persistentvolumeclaims",
      "read | persistentvolumes",
      "read update | volumeattributesclasses | storage.k8s.io",
      EVENTS,
    ],
  },
].map((role) => ({ ...role, name: `system:controller:${role.name}` }) as BootstrapRole);
