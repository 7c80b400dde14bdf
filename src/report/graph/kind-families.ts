/** What kinds have to do with, for their colour. */
export type KindFamily = "workload" | "network" | "configuration" | "access" | "storage" | "policy" | "other";

const FAMILIES: Readonly<Record<Exclude<KindFamily, "other">, readonly string[]>> = {
  workload: [
    "CronJob",
    "DaemonSet",
    "Deployment",
    "Job",
    "Pod",
    "PodTemplate",
    "ReplicaSet",
    "ReplicationController",
    "Rollout",
    "StatefulSet",
  ],
  network: [
    "DestinationRule",
    "EndpointSlice",
    "Endpoints",
    "GRPCRoute",
    "Gateway",
    "GatewayClass",
    "HTTPRoute",
    "Ingress",
    "IngressClass",
    "IngressRoute",
    "Service",
    "TCPRoute",
    "TLSRoute",
    "VirtualService",
  ],
  configuration: [
    "Certificate",
    "ClusterIssuer",
    "ConfigMap",
    "ExternalSecret",
    "Issuer",
    "SealedSecret",
    "Secret",
    "SecretStore",
  ],
  access: ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding", "ServiceAccount"],
  storage: ["PersistentVolume", "PersistentVolumeClaim", "StorageClass", "VolumeSnapshot", "VolumeSnapshotClass"],
  policy: [
    "AuthorizationPolicy",
    "HorizontalPodAutoscaler",
    "LimitRange",
    "NetworkPolicy",
    "PeerAuthentication",
    "PodDisruptionBudget",
    "PriorityClass",
    "ResourceQuota",
    "ScaledObject",
    "VerticalPodAutoscaler",
  ],
};

const FAMILY_OF = new Map(
  Object.entries(FAMILIES).flatMap(([family, kinds]) => kinds.map((kind) => [kind, family as KindFamily] as const)),
);

export const familyOf = (kind: string): KindFamily => FAMILY_OF.get(kind) ?? "other";
