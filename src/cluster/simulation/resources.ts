import type { ApiObject } from "../../apis/kind-rules.js";
import type * as Admission from "../../apis/types/admissionregistration.v1.generated.js";
import type { CustomResourceDefinition } from "../../apis/types/apiextensions.v1.generated.js";
import type * as Apps from "../../apis/types/apps.v1.generated.js";
import type { HorizontalPodAutoscaler } from "../../apis/types/autoscaling.v2.generated.js";
import type * as Batch from "../../apis/types/batch.v1.generated.js";
import type * as Core from "../../apis/types/core.v1.generated.js";
import type { EndpointSlice } from "../../apis/types/discovery.v1.generated.js";
import type { Ingress, IngressClass, NetworkPolicy } from "../../apis/types/networking.v1.generated.js";
import type { RuntimeClass } from "../../apis/types/node.v1.generated.js";
import type { PodDisruptionBudget } from "../../apis/types/policy.v1.generated.js";
import type * as Rbac from "../../apis/types/rbac.v1.generated.js";
import type * as Resource from "../../apis/types/resource.v1.generated.js";
import type { PriorityClass } from "../../apis/types/scheduling.v1.generated.js";
import type { StorageClass } from "../../apis/types/storage.v1.generated.js";

/** The resources that controllers work with, by the names that RBAC and quotas use, and what is stored of each. */
export interface ResourceTypes {
  configmaps: Core.ConfigMap;
  endpoints: Core.Endpoints;
  limitranges: Core.LimitRange;
  namespaces: Core.Namespace;
  nodes: Core.Node;
  persistentvolumeclaims: Core.PersistentVolumeClaim;
  persistentvolumes: Core.PersistentVolume;
  pods: Core.Pod;
  replicationcontrollers: Core.ReplicationController;
  resourcequotas: Core.ResourceQuota;
  secrets: Core.Secret;
  serviceaccounts: Core.ServiceAccount;
  services: Core.Service;
  "clusterrolebindings.rbac.authorization.k8s.io": Rbac.ClusterRoleBinding;
  "clusterroles.rbac.authorization.k8s.io": Rbac.ClusterRole;
  "cronjobs.batch": Batch.CronJob;
  "customresourcedefinitions.apiextensions.k8s.io": CustomResourceDefinition;
  "daemonsets.apps": Apps.DaemonSet;
  "deployments.apps": Apps.Deployment;
  "endpointslices.discovery.k8s.io": EndpointSlice;
  "horizontalpodautoscalers.autoscaling": HorizontalPodAutoscaler;
  "ingressclasses.networking.k8s.io": IngressClass;
  "ingresses.networking.k8s.io": Ingress;
  "jobs.batch": Batch.Job;
  "networkpolicies.networking.k8s.io": NetworkPolicy;
  "poddisruptionbudgets.policy": PodDisruptionBudget;
  "priorityclasses.scheduling.k8s.io": PriorityClass;
  "replicasets.apps": Apps.ReplicaSet;
  "resourceclaims.resource.k8s.io": Resource.ResourceClaim;
  "resourceclaimtemplates.resource.k8s.io": Resource.ResourceClaimTemplate;
  "resourceslices.resource.k8s.io": Resource.ResourceSlice;
  "rolebindings.rbac.authorization.k8s.io": Rbac.RoleBinding;
  "roles.rbac.authorization.k8s.io": Rbac.Role;
  "runtimeclasses.node.k8s.io": RuntimeClass;
  "statefulsets.apps": Apps.StatefulSet;
  "storageclasses.storage.k8s.io": StorageClass;
  "validatingadmissionpolicies.admissionregistration.k8s.io": Admission.ValidatingAdmissionPolicy;
  "validatingadmissionpolicybindings.admissionregistration.k8s.io": Admission.ValidatingAdmissionPolicyBinding;
}

export type KnownResource = keyof ResourceTypes;

/** What the store holds under a resource's name. */
export type Stored<R extends string> = R extends KnownResource ? ResourceTypes[R] : ApiObject;

/** `shop/web`, or the bare name of what is cluster-wide. */
export const keyOf = ({ metadata }: ApiObject): string =>
  metadata.namespace === undefined ? (metadata.name ?? "") : `${metadata.namespace}/${metadata.name}`;

/** The namespace and the name of a key; the namespace of what is cluster-wide is "". */
export function splitKey(key: string): readonly [namespace: string, name: string] {
  const slash = key.indexOf("/");
  return [slash < 0 ? "" : key.slice(0, slash), key.slice(slash + 1)];
}

/** The label by which an EndpointSlice names its Service. */
export const SERVICE_NAME = "kubernetes.io/service-name";
