import { setLimitDefaults } from "../../apis/admission/limit-ranges.js";
import { LIMIT_RANGE } from "../../apis/core/limit-range.js";
import type { LimitRange, Pod } from "../../apis/types/core.v1.generated.js";
import { isPlaceholder } from "../../schema/placeholder.js";
import type { Cluster } from "../cluster.js";
import { parseAmount } from "../pods/amount.js";
import { podLevelResources, readResources } from "../pods/container-resources.js";
import type { PodTemplate } from "../pods/pod-template.js";
import type { Resource } from "../resource.js";
import { governing } from "./governing.js";

/**
 * The Pod that a template makes, with what admission looks at: names and resources, requests filled in from limits.
 * Undefined where something of that is yet to be filled in, or may be patched.
 */
function expectedPod(pod: PodTemplate, cluster: Cluster): Pod | undefined {
  const { owner, spec } = pod;
  // Of custom kinds nobody has decoded the template.
  if (owner.builtInKind === undefined || owner.doubtful.length > 0 || !Array.isArray(spec.containers)) return undefined;
  if (podLevelResources(pod) !== undefined || cluster.mayBePatched(owner, "resources")) return undefined;
  const lists: Partial<Record<"containers" | "initContainers", object[]>> = {};
  for (const list of ["containers", "initContainers"] as const) {
    if (!Array.isArray(spec[list])) continue;
    lists[list] = [];
    for (const container of spec[list]) {
      if (!container?.name || isPlaceholder(container.name)) return undefined;
      const { requests, limits } = readResources(container.resources);
      if (![...Object.values(requests), ...Object.values(limits)].every(isAmount)) return undefined;
      lists[list].push({ ...container, resources: { requests: { ...requests }, limits: { ...limits } } });
    }
  }
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { ...pod.metadata, namespace: owner.namespace, annotations: { ...pod.metadata.annotations } },
    spec: { ...spec, ...lists },
  } as unknown as Pod;
}

const isAmount = (text: string): boolean => parseAmount(text) !== undefined;

const inNamespaces = new WeakMap<PodTemplate, Pod | "unknown">();

/**
 * The same with the defaults of the namespace's LimitRanges, made once a template. Undefined also where it is not certain
 * which there are.
 */
export function expectedPodIn(pod: PodTemplate, cluster: Cluster): Pod | undefined {
  const known = inNamespaces.get(pod) ?? makeExpectedPod(pod, cluster) ?? "unknown";
  inNamespaces.set(pod, known);
  return known === "unknown" ? undefined : known;
}

function makeExpectedPod(pod: PodTemplate, cluster: Cluster): Pod | undefined {
  const found = limitRangesFor(pod.owner, cluster);
  // Of several the server takes any first.
  if (found === undefined || found.filter(givesDefaults).length > 1) return undefined;
  const expected = expectedPod(pod, cluster);
  if (expected !== undefined) setLimitDefaults(expected, found);
  return expected;
}

const givesDefaults = ({ spec }: LimitRange): boolean =>
  (spec.limits ?? []).some(
    ({ type, default: limit, defaultRequest }) => type === "Container" && (limit ?? defaultRequest) !== undefined,
  );

const ranges = new WeakMap<Resource, LimitRange | "unknown">();

/** The LimitRanges of the input that hold where an object is, as the server keeps them; undefined where that is not certain. */
export function limitRangesFor(subject: Resource, cluster: Cluster): readonly LimitRange[] | undefined {
  const found = governing(cluster, "LimitRange", subject);
  if (found === undefined) return undefined;
  const admitted: LimitRange[] = [];
  for (const resource of found) {
    const known = ranges.get(resource) ?? readLimitRange(resource);
    ranges.set(resource, known);
    if (known === "unknown" || cluster.mayBePatched(resource, "limits")) return undefined;
    admitted.push(known);
  }
  return admitted;
}

const AMOUNTS = ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"] as const;

function readLimitRange(resource: Resource): LimitRange | "unknown" {
  const copy = structuredClone(resource.object) as unknown as LimitRange;
  if (!Array.isArray(copy.spec?.limits)) return "unknown";
  for (const item of copy.spec.limits)
    for (const field of AMOUNTS)
      for (const [name, amount] of Object.entries(item[field] ?? {})) {
        const text = String(amount);
        if (!isAmount(text)) return "unknown";
        item[field]![name] = text;
      }
  LIMIT_RANGE.defaults?.(copy, undefined as never);
  return copy;
}
