import { isMapping } from "../../../apis/decode/is-mapping.js";
import type { ApiObject } from "../../../apis/kind-rules.js";
import type { CustomResourceDefinition } from "../../../apis/types/apiextensions.v1.generated.js";
import type { LabelSelector } from "../../../apis/types/meta.v1.generated.js";
import { parseSelector } from "../../selection/selector-text.js";
import type { SimulatedCluster } from "../../simulation/simulated-cluster.js";

/** What the `scale` subresource shows of an object, whatever its kind. */
export interface Scale {
  readonly replicas: number;
  /** What selects its Pods; undefined where the object does not say, or not in words that can be read. */
  readonly selector: LabelSelector | undefined;
  /** The same object with other replicas. */
  withReplicas(replicas: number): ApiObject;
}

/** The kinds of the API that can be scaled, by `group kind`, with their resources. */
const SCALABLE: Readonly<Record<string, string>> = {
  "apps Deployment": "deployments.apps",
  "apps ReplicaSet": "replicasets.apps",
  "apps StatefulSet": "statefulsets.apps",
  " ReplicationController": "replicationcontrollers",
};

/** A resource that can be scaled, and how. */
export interface Scalable {
  readonly resource: string;
  scaleOf(object: ApiObject): Scale;
}

/** How objects of a kind are scaled, whatever the version; undefined of kinds that cannot be, or are not known. */
export function scalableKind(group: string, kind: string, { objects }: SimulatedCluster): Scalable | undefined {
  const resource = SCALABLE[`${group} ${kind}`];
  if (resource !== undefined) return { resource, scaleOf: builtInScale };
  for (const definition of objects.list("customresourcedefinitions.apiextensions.k8s.io"))
    if (definition.spec.group === group && definition.spec.names.kind === kind) return customScalable(definition);
  return undefined;
}

export const groupOf = (apiVersion: string): string =>
  apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";

interface ScaledSpec {
  readonly replicas?: number;
  readonly selector?: LabelSelector | Readonly<Record<string, string>>;
}

function builtInScale(object: ApiObject): Scale {
  const { spec = {} } = object as ApiObject & { spec?: ScaledSpec };
  const isPlain = object.kind === "ReplicationController";
  return {
    replicas: spec.replicas ?? 1,
    selector: isPlain
      ? { matchLabels: spec.selector as Record<string, string> | undefined }
      : (spec.selector as LabelSelector | undefined),
    withReplicas: (replicas) => ({ ...object, spec: { ...spec, replicas } }) as ApiObject,
  };
}

/** https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#scale-subresource */
function customScalable({ spec }: CustomResourceDefinition): Scalable | undefined {
  const scale = spec.versions?.find(({ served, subresources }) => served && subresources?.scale)?.subresources?.scale;
  if (scale === undefined) return undefined;
  const [replicas, selector] = [scale.specReplicasPath, scale.labelSelectorPath ?? ""].map((path) =>
    path.split(".").slice(1),
  ) as [string[], string[]];
  return {
    resource: `${spec.names.plural}.${spec.group}`,
    scaleOf: (object) => {
      const count = valueAt(object, replicas);
      const text = selector.length > 0 ? valueAt(object, selector) : undefined;
      return {
        replicas: typeof count === "number" ? count : 0,
        selector: typeof text === "string" && text !== "" ? parseSelector(text) : undefined,
        withReplicas: (wanted) => withValueAt(object, replicas, wanted) as ApiObject,
      };
    },
  };
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const field of path) at = isMapping(at) && Object.hasOwn(at, field) ? at[field] : undefined;
  return at;
}

function withValueAt(value: unknown, [field, ...rest]: readonly string[], leaf: unknown): unknown {
  if (field === undefined) return leaf;
  const mapping = isMapping(value) ? value : {};
  const inner = Object.hasOwn(mapping, field) ? mapping[field] : undefined;
  return { ...mapping, [field]: withValueAt(inner, rest, leaf) };
}
