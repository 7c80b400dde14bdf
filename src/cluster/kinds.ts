import type * as admissionregistration from "kubernetes-types/admissionregistration/v1.js";
import type * as apiextensions from "kubernetes-types/apiextensions/v1.js";
import type * as apps from "kubernetes-types/apps/v1.js";
import type * as autoscaling from "kubernetes-types/autoscaling/v2.js";
import type * as batch from "kubernetes-types/batch/v1.js";
import type * as core from "kubernetes-types/core/v1.js";
import type * as discovery from "kubernetes-types/discovery/v1.js";
import type * as networking from "kubernetes-types/networking/v1.js";
import type * as node from "kubernetes-types/node/v1.js";
import type * as policy from "kubernetes-types/policy/v1.js";
import type * as rbac from "kubernetes-types/rbac/v1.js";
import type * as scheduling from "kubernetes-types/scheduling/v1.js";
import type * as storage from "kubernetes-types/storage/v1.js";

/** The built-in kinds that rules can name, with the type that their objects have. */
export interface BuiltInKinds {
  ClusterRole: rbac.ClusterRole;
  ClusterRoleBinding: rbac.ClusterRoleBinding;
  ConfigMap: core.ConfigMap;
  CronJob: batch.CronJob;
  CustomResourceDefinition: apiextensions.CustomResourceDefinition;
  DaemonSet: apps.DaemonSet;
  Deployment: apps.Deployment;
  EndpointSlice: discovery.EndpointSlice;
  Endpoints: core.Endpoints;
  HorizontalPodAutoscaler: autoscaling.HorizontalPodAutoscaler;
  Ingress: networking.Ingress;
  IngressClass: networking.IngressClass;
  Job: batch.Job;
  LimitRange: core.LimitRange;
  MutatingWebhookConfiguration: admissionregistration.MutatingWebhookConfiguration;
  Namespace: core.Namespace;
  NetworkPolicy: networking.NetworkPolicy;
  Node: core.Node;
  PersistentVolume: core.PersistentVolume;
  PersistentVolumeClaim: core.PersistentVolumeClaim;
  Pod: core.Pod;
  PodDisruptionBudget: policy.PodDisruptionBudget;
  PodTemplate: core.PodTemplate;
  PriorityClass: scheduling.PriorityClass;
  ReplicaSet: apps.ReplicaSet;
  ReplicationController: core.ReplicationController;
  ResourceQuota: core.ResourceQuota;
  Role: rbac.Role;
  RoleBinding: rbac.RoleBinding;
  RuntimeClass: node.RuntimeClass;
  Secret: core.Secret;
  Service: core.Service;
  ServiceAccount: core.ServiceAccount;
  StatefulSet: apps.StatefulSet;
  StorageClass: storage.StorageClass;
  ValidatingWebhookConfiguration: admissionregistration.ValidatingWebhookConfiguration;
}
export type BuiltInKind = keyof BuiltInKinds;

/** The group each of them is in, and the versions whose objects have the shape above. */
export const BUILT_IN_KINDS: {
  readonly [K in BuiltInKind]: { readonly group: string; readonly versions: readonly string[] };
} = {
  ClusterRole: { group: "rbac.authorization.k8s.io", versions: ["v1", "v1beta1"] },
  ClusterRoleBinding: { group: "rbac.authorization.k8s.io", versions: ["v1", "v1beta1"] },
  ConfigMap: { group: "", versions: ["v1"] },
  CronJob: { group: "batch", versions: ["v1", "v1beta1"] },
  CustomResourceDefinition: { group: "apiextensions.k8s.io", versions: ["v1"] },
  DaemonSet: { group: "apps", versions: ["v1", "v1beta2", "v1beta1"] },
  Deployment: { group: "apps", versions: ["v1", "v1beta2", "v1beta1"] },
  EndpointSlice: { group: "discovery.k8s.io", versions: ["v1"] },
  Endpoints: { group: "", versions: ["v1"] },
  HorizontalPodAutoscaler: { group: "autoscaling", versions: ["v2", "v1"] },
  Ingress: { group: "networking.k8s.io", versions: ["v1"] },
  IngressClass: { group: "networking.k8s.io", versions: ["v1", "v1beta1"] },
  Job: { group: "batch", versions: ["v1"] },
  LimitRange: { group: "", versions: ["v1"] },
  MutatingWebhookConfiguration: { group: "admissionregistration.k8s.io", versions: ["v1", "v1beta1"] },
  Namespace: { group: "", versions: ["v1"] },
  NetworkPolicy: { group: "networking.k8s.io", versions: ["v1", "v1beta1"] },
  Node: { group: "", versions: ["v1"] },
  PersistentVolume: { group: "", versions: ["v1"] },
  PersistentVolumeClaim: { group: "", versions: ["v1"] },
  Pod: { group: "", versions: ["v1"] },
  PodDisruptionBudget: { group: "policy", versions: ["v1", "v1beta1"] },
  PodTemplate: { group: "", versions: ["v1"] },
  PriorityClass: { group: "scheduling.k8s.io", versions: ["v1", "v1beta1"] },
  ReplicaSet: { group: "apps", versions: ["v1", "v1beta2"] },
  ReplicationController: { group: "", versions: ["v1"] },
  ResourceQuota: { group: "", versions: ["v1"] },
  Role: { group: "rbac.authorization.k8s.io", versions: ["v1", "v1beta1"] },
  RoleBinding: { group: "rbac.authorization.k8s.io", versions: ["v1", "v1beta1"] },
  RuntimeClass: { group: "node.k8s.io", versions: ["v1", "v1beta1"] },
  Secret: { group: "", versions: ["v1"] },
  Service: { group: "", versions: ["v1"] },
  ServiceAccount: { group: "", versions: ["v1"] },
  StatefulSet: { group: "apps", versions: ["v1", "v1beta2", "v1beta1"] },
  StorageClass: { group: "storage.k8s.io", versions: ["v1", "v1beta1"] },
  ValidatingWebhookConfiguration: { group: "admissionregistration.k8s.io", versions: ["v1", "v1beta1"] },
};

/** Where the kinds of the former `extensions` group went; an object is the same object under either name. */
const EXTENSIONS_KINDS: Readonly<Record<string, string>> = {
  DaemonSet: "apps",
  Deployment: "apps",
  Ingress: "networking.k8s.io",
  NetworkPolicy: "networking.k8s.io",
  PodSecurityPolicy: "policy",
  ReplicaSet: "apps",
};

/** The group under which an object is known today: `apps` for a Deployment of `extensions/v1beta1`. */
export const currentGroup = (group: string, kind: string): string =>
  group === "extensions" ? (EXTENSIONS_KINDS[kind] ?? group) : group;

export const isBuiltInKind = (kind: string): kind is BuiltInKind => Object.hasOwn(BUILT_IN_KINDS, kind);
