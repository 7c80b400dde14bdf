// Made by scripts/generate-api-types.mjs.
import type * as MetaV1 from "./meta.v1.generated.js";

export interface AggregationRule {
  clusterRoleSelectors?: MetaV1.LabelSelector[];
}

export interface ClusterRole {
  aggregationRule?: AggregationRule;
  apiVersion?: string;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  rules: PolicyRule[] | null;
}

export interface ClusterRoleBinding {
  apiVersion?: string;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  roleRef: RoleRef;
  subjects?: Subject[];
}

export interface PolicyRule {
  apiGroups?: string[];
  nonResourceURLs?: string[];
  resourceNames?: string[];
  resources?: string[];
  verbs: string[] | null;
}

export interface Role {
  apiVersion?: string;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  rules: PolicyRule[] | null;
}

export interface RoleBinding {
  apiVersion?: string;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  roleRef: RoleRef;
  subjects?: Subject[];
}

export interface RoleRef {
  apiGroup: string;
  kind: string;
  name: string;
}

export interface Subject {
  apiGroup?: string;
  kind: string;
  name: string;
  namespace?: string;
}
