import {
  DATA_UPDATE,
  DEFINITION_UPDATE,
  NAMESPACE_UPDATE,
  NODE_UPDATE,
  QUOTA_UPDATE,
  SERVICE_ACCOUNT_UPDATE,
  SERVICE_CIDR_UPDATE,
  SIGNING_REQUEST_UPDATE,
} from "./cluster-objects.js";
import { POD_UPDATE } from "./pods.js";
import { SERVICE_UPDATE } from "./services.js";
import { CLAIM_UPDATE, CSI_NODE_UPDATE, STORAGE_CLASS_UPDATE, VOLUME_UPDATE } from "./storage.js";
import { type UpdateTable, updateRulesFor } from "./update-rules.js";
import { CRON_JOB_UPDATE, JOB_UPDATE, STATEFUL_SET_UPDATE, WORKLOAD_UPDATE } from "./workloads.js";

/** Kinds whose changes are looked at otherwise than new objects, beside the fields that are fixed. */
export const UPDATES: UpdateTable = {
  "v1 ConfigMap": updateRulesFor(DATA_UPDATE),
  "v1 Namespace": updateRulesFor(NAMESPACE_UPDATE),
  "v1 Node": updateRulesFor(NODE_UPDATE),
  "v1 PersistentVolume": updateRulesFor(VOLUME_UPDATE),
  "v1 PersistentVolumeClaim": updateRulesFor(CLAIM_UPDATE),
  "v1 Pod": updateRulesFor(POD_UPDATE),
  // Nothing is said of its template again.
  "v1 ReplicationController": { warnings() {} },
  "v1 ResourceQuota": updateRulesFor(QUOTA_UPDATE),
  "v1 Secret": updateRulesFor(DATA_UPDATE),
  "v1 Service": updateRulesFor(SERVICE_UPDATE),
  "v1 ServiceAccount": updateRulesFor(SERVICE_ACCOUNT_UPDATE),
  "apiextensions.k8s.io/v1 CustomResourceDefinition": updateRulesFor(DEFINITION_UPDATE),
  "apps/v1 DaemonSet": updateRulesFor(WORKLOAD_UPDATE),
  "apps/v1 Deployment": updateRulesFor(WORKLOAD_UPDATE),
  "apps/v1 ReplicaSet": updateRulesFor(WORKLOAD_UPDATE),
  "apps/v1 StatefulSet": updateRulesFor(STATEFUL_SET_UPDATE),
  "batch/v1 CronJob": updateRulesFor(CRON_JOB_UPDATE),
  "batch/v1 Job": updateRulesFor(JOB_UPDATE),
  "certificates.k8s.io/v1 CertificateSigningRequest": updateRulesFor(SIGNING_REQUEST_UPDATE),
  // Annotations are spoken of when the Ingress is made.
  "networking.k8s.io/v1 Ingress": { warnings() {} },
  "networking.k8s.io/v1 ServiceCIDR": updateRulesFor(SERVICE_CIDR_UPDATE),
  // Only what cannot change is looked at.
  "scheduling.k8s.io/v1 PriorityClass": { validatesWhole: false },
  "storage.k8s.io/v1 CSINode": updateRulesFor(CSI_NODE_UPDATE),
  "storage.k8s.io/v1 StorageClass": updateRulesFor(STORAGE_CLASS_UPDATE),
};

/** Kinds whose replacements are validated with their names, of which `generateName` is the one that can change. */
export const NAMED_ANEW: ReadonlySet<string> = new Set([
  "v1 ConfigMap",
  "v1 LimitRange",
  "v1 PersistentVolume",
  "v1 PersistentVolumeClaim",
  "v1 Pod",
  "v1 ReplicationController",
  "v1 Secret",
  "v1 ServiceAccount",
  "batch/v1 Job",
  "discovery.k8s.io/v1 EndpointSlice",
  "flowcontrol.apiserver.k8s.io/v1 FlowSchema",
  "flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration",
  "networking.k8s.io/v1 IPAddress",
  "storage.k8s.io/v1 CSINode",
  "storage.k8s.io/v1 StorageClass",
  "storage.k8s.io/v1 VolumeAttributesClass",
]);

/** Kinds of which a replacement that finds nothing makes one. */
export const MADE_BY_UPDATE: ReadonlySet<string> = new Set([
  "v1 Endpoints",
  "v1 Event",
  "v1 LimitRange",
  "v1 Service",
  "coordination.k8s.io/v1 Lease",
  "events.k8s.io/v1 Event",
  "rbac.authorization.k8s.io/v1 ClusterRole",
  "rbac.authorization.k8s.io/v1 ClusterRoleBinding",
  "rbac.authorization.k8s.io/v1 Role",
  "rbac.authorization.k8s.io/v1 RoleBinding",
]);
