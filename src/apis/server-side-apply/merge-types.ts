import type { FieldType } from "../../schema/type-table.js";
import { itemsOf, propertyOf, type Schema, valuesOf } from "../apiextensions/schema-node.js";

/**
 * How the values of a type are merged with what is stored. `atomic` ones are replaced as a whole.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy
 */
export type MergeType =
  | { readonly merges: "atomic" | "set" }
  | { readonly merges: "fields"; field(name: string): MergeType }
  | {
      readonly merges: "items";
      readonly keys: readonly string[];
      /** A key that is left out stands for its default. */
      keyDefault(key: string): unknown;
      readonly item: MergeType;
    };

export const ATOMIC: MergeType = { merges: "atomic" };
const SET: MergeType = { merges: "set" };

/** Types and fields that are replaced as a whole though they are made of fields. */
const ATOMIC_TYPES = new Set([
  "admissionregistration.v1.MatchResources",
  "admissionregistration.v1.NamedRuleWithOperations",
  "admissionregistration.v1.ParamKind",
  "admissionregistration.v1.ParamRef",
  "admissionregistration.v1.Variable",
  "admissionregistration.v1beta1.MatchResources",
  "admissionregistration.v1beta1.NamedRuleWithOperations",
  "admissionregistration.v1beta1.ParamKind",
  "admissionregistration.v1beta1.ParamRef",
  "admissionregistration.v1beta1.Variable",
  "autoscaling.v1.CrossVersionObjectReference",
  "core.v1.ConfigMapKeySelector",
  "core.v1.EndpointAddress",
  "core.v1.EndpointPort",
  "core.v1.FileKeySelector",
  "core.v1.LocalObjectReference",
  "core.v1.NodeSelector",
  "core.v1.NodeSelectorTerm",
  "core.v1.ObjectFieldSelector",
  "core.v1.ObjectReference",
  "core.v1.ResourceFieldSelector",
  "core.v1.ScopeSelector",
  "core.v1.SecretKeySelector",
  "core.v1.SecretReference",
  "core.v1.TopologySelectorTerm",
  "core.v1.TypedLocalObjectReference",
  "discovery.v1.EndpointPort",
  "meta.v1.LabelSelector",
  "meta.v1.OwnerReference",
  "networking.v1.ServiceBackendPort",
  "rbac.v1.RoleRef",
  "rbac.v1.Subject",
]);
const ATOMIC_FIELDS = new Set([
  "core.v1.PersistentVolumeSpec.claimRef",
  "core.v1.PodSpec.nodeSelector",
  "core.v1.ReplicationControllerSpec.selector",
  "core.v1.ServiceSpec.selector",
  "node.v1.Scheduling.nodeSelector",
]);

export function mergeTypeOf(type: FieldType): MergeType {
  switch (type.code) {
    case "ref": {
      const { definition } = type;
      if (ATOMIC_TYPES.has(definition.fullName)) return ATOMIC;
      return {
        merges: "fields",
        field(name) {
          const field = definition.fields.get(name);
          if (field === undefined || ATOMIC_FIELDS.has(`${definition.fullName}.${name}`)) return ATOMIC;
          return mergeTypeOf(field.type);
        },
      };
    }
    case "map": {
      const { item } = type;
      return { merges: "fields", field: () => mergeTypeOf(item) };
    }
    case "list": {
      const { keys, set, item } = type;
      if (set) return SET;
      if (keys.length === 0) return ATOMIC;
      const keyDefault = (key: string) => (item.code === "ref" ? item.definition.fields.get(key)?.default : undefined);
      return { merges: "items", keys, keyDefault, item: mergeTypeOf(item) };
    }
    default:
      return ATOMIC;
  }
}

/** By the schema of a custom kind. */
export function mergeTypeOfSchema(schema: Schema | undefined): MergeType {
  if (schema === undefined) return BY_SHAPE;
  const listType = schema["x-kubernetes-list-type"];
  const items = itemsOf(schema);
  if (listType === "set") return SET;
  if (listType === "map" && items !== undefined)
    return {
      merges: "items",
      keys: schema["x-kubernetes-list-map-keys"] ?? [],
      keyDefault: (key) => propertyOf(items, key)?.default,
      item: mergeTypeOfSchema(items),
    };
  if (schema.type !== "object" && schema.type !== undefined) return ATOMIC;
  if (schema["x-kubernetes-map-type"] === "atomic") return ATOMIC;
  return { merges: "fields", field: (name) => mergeTypeOfSchema(propertyOf(schema, name) ?? valuesOf(schema)) };
}

/** What no schema describes: objects by their fields, all else as a whole. */
const BY_SHAPE: MergeType = { merges: "fields", field: () => BY_SHAPE };
