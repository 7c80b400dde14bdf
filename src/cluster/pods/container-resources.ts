import type { LimitRange } from "kubernetes-types/core/v1.js";
import { isPlaceholder } from "../../schema/placeholder.js";
import type { Cluster } from "../cluster.js";
import { mayShareNamespace } from "../namespaces.js";
import type { Resource } from "../resource.js";
import type { Container, PodTemplate } from "./pod-template.js";

/** Amounts by resource name, as written: `{cpu: "500m"}`. */
export type Amounts = Readonly<Record<string, string>>;

export interface ResourceAmounts {
  readonly requests: Amounts;
  readonly limits: Amounts;
}

interface WrittenResources {
  readonly requests?: Readonly<Record<string, unknown>>;
  readonly limits?: Readonly<Record<string, unknown>>;
}

const NONE: ResourceAmounts = { requests: {}, limits: {} };

/** What a `resources` field says, a limit standing in for a request that is not given, as the server's defaulting does. */
export function readResources(resources: WrittenResources | undefined): ResourceAmounts {
  if (!resources) return NONE;
  const limits = amounts(resources.limits);
  return { requests: { ...limits, ...amounts(resources.requests) }, limits };
}

/** A YAML number is as good a quantity as a string. */
function amounts(written: Readonly<Record<string, unknown>> | undefined): Amounts {
  const result: Record<string, string> = {};
  for (const [name, amount] of Object.entries(written ?? {}))
    if (typeof amount === "string" || typeof amount === "number") result[name] = String(amount);
  return result;
}

/** The resources of the Pod as a whole, served from 1.34 on; `kubernetes-types` does not have the field yet. */
export const podLevelResources = (pod: PodTemplate): WrittenResources | undefined =>
  (pod.spec as { readonly resources?: WrittenResources }).resources;

/**
 * The defaults that LimitRanges give the containers of a namespace. `certain`: from LimitRanges of that very namespace;
 * `possible`: also from those that may be in it, since one of the two manifests names none.
 * https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export interface LimitRangeDefaults {
  readonly certain: ResourceAmounts;
  readonly possible: ResourceAmounts;
}

const CACHE = new WeakMap<Cluster, Map<string, LimitRangeDefaults>>();

/** What the admission plugin LimitRanger fills in for a container in a namespace that leaves it out. */
export function limitRangeDefaults(cluster: Cluster, namespace: string): LimitRangeDefaults {
  const ofCluster = CACHE.get(cluster) ?? new Map<string, LimitRangeDefaults>();
  CACHE.set(cluster, ofCluster);
  let defaults = ofCluster.get(namespace);
  if (!defaults) {
    const ranges = cluster
      .ofKind("LimitRange")
      .filter((range) => mayShareNamespace(range.namespace, namespace) || isPlaceholder(range.namespace));
    const certain = ranges.filter((range) => range.namespace === namespace);
    defaults = { certain: defaultsOf(certain), possible: defaultsOf(ranges) };
    ofCluster.set(namespace, defaults);
  }
  return defaults;
}

/** A maximum is the default limit, a default limit the default request, a minimum the last resort for one. */
function defaultsOf(ranges: readonly Resource<LimitRange>[]): ResourceAmounts {
  return ranges
    .flatMap((range) => range.spec?.limits ?? [])
    .filter((item) => item.type === "Container")
    .reduce<ResourceAmounts>((all, item) => {
      const limits = { ...amounts(item.max), ...amounts(item.default) };
      const requests = { ...amounts(item.min), ...limits, ...amounts(item.defaultRequest) };
      return { requests: { ...requests, ...all.requests }, limits: { ...limits, ...all.limits } };
    }, NONE);
}

/** A container's resources with the defaults of its namespace filled in. */
export function withDefaults(written: ResourceAmounts, defaults: ResourceAmounts): ResourceAmounts {
  if (defaults === NONE) return written;
  return {
    requests: { ...defaults.requests, ...written.requests },
    limits: { ...defaults.limits, ...written.limits },
  };
}

/**
 * Whether a container has a request or limit of a resource: its own, its Pod's, or one that a LimitRange of the input
 * may give it.
 */
export function hasAmount(container: Container, cluster: Cluster, what: keyof ResourceAmounts, name: string): boolean {
  const { pod } = container;
  return (
    name in readResources(container.spec.resources)[what] ||
    name in readResources(podLevelResources(pod))[what] ||
    name in limitRangeDefaults(cluster, pod.namespace).possible[what]
  );
}
