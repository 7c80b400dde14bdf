const STATUS = ["get", "patch", "update"];
const SCALE = STATUS;
const PROXY = ["create", "delete", "get", "patch", "update"];
const CONNECT = ["create", "get"];

/**
 * Subresources by group and resource, with their verbs; `status` and `scale` are what `*` resources have.
 * Resources that exist for RBAC alone (`users`, `signers`) stand here too.
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
 */
const SUBRESOURCES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "": {
    // Asked about by an admission plugin of OpenShift.
    "endpoints/restricted": ["create"],
    "namespaces/finalize": ["update"],
    "namespaces/status": STATUS,
    "nodes/proxy": PROXY,
    "nodes/status": STATUS,
    // What the kubelet asks about with fine-grained authorization: no API serves them.
    "nodes/checkpoint": CONNECT,
    "nodes/configz": ["get"],
    "nodes/healthz": ["get"],
    "nodes/log": ["get"],
    "nodes/metrics": ["get"],
    "nodes/pods": ["get"],
    "nodes/spec": ["get"],
    "nodes/stats": ["get"],
    "persistentvolumeclaims/status": STATUS,
    "persistentvolumes/status": STATUS,
    "pods/attach": CONNECT,
    "pods/binding": ["create"],
    "pods/ephemeralcontainers": STATUS,
    "pods/eviction": ["create"],
    "pods/exec": CONNECT,
    "pods/log": ["get"],
    "pods/portforward": CONNECT,
    "pods/proxy": PROXY,
    "pods/resize": STATUS,
    "pods/status": STATUS,
    "replicationcontrollers/scale": SCALE,
    "replicationcontrollers/status": STATUS,
    "resourcequotas/status": STATUS,
    "serviceaccounts/token": ["create"],
    "services/proxy": PROXY,
    "services/status": STATUS,
    users: ["impersonate"],
    groups: ["impersonate"],
  },
  "apiextensions.k8s.io": { "customresourcedefinitions/status": STATUS },
  "apiregistration.k8s.io": { "apiservices/status": STATUS },
  apps: {
    "daemonsets/status": STATUS,
    "deployments/scale": SCALE,
    "deployments/status": STATUS,
    "replicasets/scale": SCALE,
    "replicasets/status": STATUS,
    "statefulsets/scale": SCALE,
    "statefulsets/status": STATUS,
  },
  "authentication.k8s.io": { uids: ["impersonate"], "userextras/*": ["impersonate"] },
  autoscaling: { "horizontalpodautoscalers/status": STATUS },
  batch: { "cronjobs/status": STATUS, "jobs/status": STATUS },
  "certificates.k8s.io": {
    "certificatesigningrequests/approval": STATUS,
    "certificatesigningrequests/status": STATUS,
    "podcertificaterequests/status": STATUS,
    signers: ["approve", "attest", "sign"],
  },
  "discovery.k8s.io": { "endpointslices/restricted": ["create"] },
  "flowcontrol.apiserver.k8s.io": { "flowschemas/status": STATUS, "prioritylevelconfigurations/status": STATUS },
  "internal.apiserver.k8s.io": { "storageversions/status": STATUS },
  "networking.k8s.io": { "ingresses/status": STATUS, "networkpolicies/status": STATUS, "servicecidrs/status": STATUS },
  policy: { "poddisruptionbudgets/status": STATUS, podsecuritypolicies: ["use"] },
  "resource.k8s.io": {
    "devicetaintrules/status": STATUS,
    "podschedulingcontexts/status": STATUS,
    "resourceclaims/binding": ["patch", "update"],
    "resourceclaims/driver": ["patch", "update"],
    "resourceclaims/status": STATUS,
  },
  "storage.k8s.io": { "volumeattachments/status": STATUS },
  "storagemigration.k8s.io": { "storageversionmigrations/status": STATUS },
  "admissionregistration.k8s.io": { "validatingadmissionpolicies/status": STATUS },
};

/** Verbs that RBAC asks about beside those of the API. */
const EXTRA_VERBS: Readonly<Record<string, readonly string[]>> = {
  " serviceaccounts": ["impersonate"],
  "rbac.authorization.k8s.io clusterroles": ["bind", "escalate"],
  "rbac.authorization.k8s.io roles": ["bind", "escalate"],
};

export const subresourcesOf = (group: string): Readonly<Record<string, readonly string[]>> => SUBRESOURCES[group] ?? {};
export const extraVerbs = (group: string, resource: string): readonly string[] =>
  EXTRA_VERBS[`${group} ${resource}`] ?? [];
