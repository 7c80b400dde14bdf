import type { BootstrapRole } from "./bootstrap-notation.js";

/** What every component and controller may: tell what happened. */
export const EVENTS = "create patch update | events | core events.k8s.io";

/**
 * The ClusterRoles for people and for components that the API server makes at its start.
 * Source: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings.
 */
export const COMPONENT_ROLES: readonly BootstrapRole[] = [
  { name: "cluster-admin", rules: ["* | * | *", "* | * | url"] },
  { name: "admin", aggregates: "admin" },
  { name: "edit", aggregates: "edit", aggregatesTo: "admin" },
  { name: "view", aggregates: "view", aggregatesTo: "edit" },
  {
    name: "system:aggregate-to-admin",
    aggregatesTo: "admin",
    rules: [
      "create | localsubjectaccessreviews | authorization.k8s.io",
      "read write | rolebindings roles | rbac.authorization.k8s.io",
    ],
  },
  {
    name: "system:aggregate-to-edit",
    aggregatesTo: "edit",
    rules: [
      "read | pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy",
      "impersonate | serviceaccounts",
      "write | pods pods/attach pods/exec pods/portforward pods/proxy",
      "create | pods/eviction",
      `write | configmaps events persistentvolumeclaims replicationcontrollers replicationcontrollers/scale secrets
        serviceaccounts services services/proxy`,
      "create | serviceaccounts/token",
      `write | daemonsets deployments deployments/rollback deployments/scale replicasets replicasets/scale statefulsets
        statefulsets/scale | apps`,
      "write | horizontalpodautoscalers | autoscaling",
      "write | cronjobs jobs | batch",
      `write | daemonsets deployments deployments/rollback deployments/scale ingresses networkpolicies replicasets
        replicasets/scale replicationcontrollers/scale | extensions`,
      "write | poddisruptionbudgets | policy",
      "write | ingresses networkpolicies | networking.k8s.io",
      "read write | leases | coordination.k8s.io",
    ],
  },
  {
    name: "system:aggregate-to-view",
    aggregatesTo: "view",
    rules: [
      `read | configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods replicationcontrollers
        replicationcontrollers/scale serviceaccounts services services/status`,
      `read | bindings events limitranges namespaces/status pods/log pods/status replicationcontrollers/status
        resourcequotas resourcequotas/status`,
      "read | namespaces",
      "read | endpointslices | discovery.k8s.io",
      `read | controllerrevisions daemonsets daemonsets/status deployments deployments/scale deployments/status
        replicasets replicasets/scale replicasets/status statefulsets statefulsets/scale statefulsets/status | apps`,
      "read | horizontalpodautoscalers horizontalpodautoscalers/status | autoscaling",
      "read | cronjobs cronjobs/status jobs jobs/status | batch",
      `read | daemonsets daemonsets/status deployments deployments/scale deployments/status ingresses ingresses/status
        networkpolicies replicasets replicasets/scale replicasets/status replicationcontrollers/scale | extensions`,
      "read | poddisruptionbudgets poddisruptionbudgets/status | policy",
      "read | ingresses ingresses/status networkpolicies | networking.k8s.io",
    ],
  },
  {
    name: "system:auth-delegator",
    rules: ["create | tokenreviews | authentication.k8s.io", "create | subjectaccessreviews | authorization.k8s.io"],
  },
  {
    name: "system:basic-user",
    rules: [
      "create | selfsubjectaccessreviews selfsubjectrulesreviews | authorization.k8s.io",
      [27, "create | selfsubjectreviews | authentication.k8s.io"],
    ],
  },
  {
    name: "system:certificates.k8s.io:certificatesigningrequests:nodeclient",
    rules: ["create | certificatesigningrequests/nodeclient | certificates.k8s.io"],
  },
  {
    name: "system:certificates.k8s.io:certificatesigningrequests:selfnodeclient",
    rules: ["create | certificatesigningrequests/selfnodeclient | certificates.k8s.io"],
  },
  {
    name: "system:certificates.k8s.io:kube-apiserver-client-approver",
    rules: ["approve | signers | certificates.k8s.io | kubernetes.io/kube-apiserver-client"],
  },
  {
    name: "system:certificates.k8s.io:kube-apiserver-client-kubelet-approver",
    rules: ["approve | signers | certificates.k8s.io | kubernetes.io/kube-apiserver-client-kubelet"],
  },
  {
    name: "system:certificates.k8s.io:kubelet-serving-approver",
    rules: ["approve | signers | certificates.k8s.io | kubernetes.io/kubelet-serving"],
  },
  {
    name: "system:certificates.k8s.io:legacy-unknown-approver",
    rules: ["approve | signers | certificates.k8s.io | kubernetes.io/legacy-unknown"],
  },
  {
    name: "system:discovery",
    rules: ["get | /api /api/* /apis /apis/* /healthz /livez /openapi /openapi/* /readyz /version /version/ | url"],
  },
  { name: "system:heapster", rules: ["read | events namespaces nodes pods", "read | deployments | extensions"] },
  { name: "system:kube-aggregator", rules: ["read | endpoints services"] },
  {
    name: "system:kube-controller-manager",
    rules: [
      EVENTS,
      "create | leases | coordination.k8s.io",
      "get update | leases | coordination.k8s.io | kube-controller-manager",
      [25, "create | endpoints", 26],
      [25, "get update | endpoints | core | kube-controller-manager", 26],
      "create | secrets serviceaccounts",
      "delete | secrets",
      "get | configmaps namespaces secrets serviceaccounts",
      "update | secrets serviceaccounts",
      "create | tokenreviews | authentication.k8s.io",
      "create | subjectaccessreviews | authorization.k8s.io",
      "list watch | * | *",
      "create | serviceaccounts/token",
    ],
  },
  { name: "system:kube-dns", rules: ["list watch | endpoints services"] },
  {
    name: "system:kube-scheduler",
    rules: [
      EVENTS,
      "create | leases | coordination.k8s.io",
      "get update | leases | coordination.k8s.io | kube-scheduler",
      [25, "create | endpoints", 26],
      [25, "get update | endpoints | core | kube-scheduler", 26],
      "read | nodes",
      "read delete | pods",
      "create | bindings pods/binding",
      "patch update | pods/status",
      "read | replicationcontrollers services",
      "read | replicasets | apps extensions",
      "read | statefulsets | apps",
      "read | poddisruptionbudgets | policy",
      "read | persistentvolumeclaims persistentvolumes",
      "create | tokenreviews | authentication.k8s.io",
      "create | subjectaccessreviews | authorization.k8s.io",
      "read | csinodes | storage.k8s.io",
      [33, "read | volumeattachments | storage.k8s.io"],
      "read | namespaces",
      "read | csidrivers | storage.k8s.io",
      "read | csistoragecapacities | storage.k8s.io",
      [34, "read | deviceclasses | resource.k8s.io"],
      [34, "read patch update | resourceclaims | resource.k8s.io"],
      [34, "read patch update | resourceclaims/status | resource.k8s.io"],
      [34, "read patch update | pods/finalizers"],
      [34, "read | resourceslices | resource.k8s.io"],
    ],
  },
  {
    name: "system:kubelet-api-admin",
    rules: [
      "read | nodes",
      "proxy | nodes",
      "* | nodes/log nodes/metrics nodes/proxy nodes/stats",
      [33, "* | nodes/configz nodes/healthz nodes/pods"],
    ],
  },
  {
    name: "system:monitoring",
    rules: [
      [25, "get | /healthz /healthz/* /livez /livez/* /metrics /readyz /readyz/* | url", 26],
      [27, "get | /healthz /healthz/* /livez /livez/* /metrics /metrics/slis /readyz /readyz/* | url"],
    ],
  },
  {
    name: "system:node",
    rules: [
      "create | tokenreviews | authentication.k8s.io",
      "create | localsubjectaccessreviews subjectaccessreviews | authorization.k8s.io",
      "read | services",
      "create read | nodes",
      "patch update | nodes/status",
      "patch update | nodes",
      "create patch update | events",
      "read | pods",
      "create delete | pods",
      "patch update | pods/status",
      "create | pods/eviction",
      "read | configmaps secrets",
      "get | persistentvolumeclaims persistentvolumes",
      "get | endpoints",
      "create read | certificatesigningrequests | certificates.k8s.io",
      "create delete get patch update | leases | coordination.k8s.io",
      "get | volumeattachments | storage.k8s.io",
      "create | serviceaccounts/token",
      "get patch update | persistentvolumeclaims/status",
      "read | csidrivers | storage.k8s.io",
      "create delete get patch update | csinodes | storage.k8s.io",
      "read | runtimeclasses | node.k8s.io",
      [34, "get | resourceclaims | resource.k8s.io"],
      [34, "deletecollection | resourceslices | resource.k8s.io"],
      [34, "get | serviceaccounts"],
    ],
  },
  { name: "system:node-bootstrapper", rules: ["create read | certificatesigningrequests | certificates.k8s.io"] },
  { name: "system:node-problem-detector", rules: ["get | nodes", "patch | nodes/status", EVENTS] },
  {
    name: "system:node-proxier",
    rules: [
      "list watch | endpoints services",
      "read | nodes",
      EVENTS,
      [33, "list watch | servicecidrs | networking.k8s.io"],
      "list watch | endpointslices | discovery.k8s.io",
    ],
  },
  {
    name: "system:persistent-volume-provisioner",
    rules: [
      "create delete read | persistentvolumes",
      "read update | persistentvolumeclaims",
      "read | storageclasses | storage.k8s.io",
      "watch | events",
      EVENTS,
    ],
  },
  { name: "system:public-info-viewer", rules: ["get | /healthz /livez /readyz /version /version/ | url"] },
  {
    name: "system:service-account-issuer-discovery",
    rules: [
      [25, "get | /.well-known/openid-configuration /openid/v1/jwks | url", 29],
      [
        30,
        `get | /.well-known/openid-configuration /.well-known/openid-configuration/ /openid/v1/jwks /openid/v1/jwks/
          | url`,
      ],
    ],
  },
  {
    name: "system:volume-scheduler",
    rules: [
      "read patch update | persistentvolumes",
      "read | storageclasses | storage.k8s.io",
      "read patch update | persistentvolumeclaims",
    ],
  },
];
