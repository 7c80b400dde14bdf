import type { Fault } from "../../apis/admission/denials.js";
import { limitsBrokenByClaim, limitsBrokenByPod } from "../../apis/admission/limit-ranges.js";
import type { PersistentVolumeClaim } from "../../apis/types/core.v1.generated.js";
import { isPlaceholder } from "../../schema/placeholder.js";
import { joinPath } from "../../source/field-path.js";
import type { Cluster } from "../cluster.js";
import { parseAmount } from "../pods/amount.js";
import type { PodTemplate } from "../pods/pod-template.js";
import type { Resource } from "../resource.js";
import { expectedPodIn, limitRangesFor } from "./expected-pod.js";

/** A bound of a LimitRange that is not kept. */
export interface BrokenLimit {
  /** Within the manifest of the owner. */
  readonly at: string;
  /** Part of a sentence: `container "app" asks for 4 of cpu, more than the maximum of 2`. */
  readonly text: string;
  /** The name of the LimitRange. */
  readonly by: string;
}

/** What names the LimitRange in the server's own words. */
const BY = /, by LimitRange "([^"]*)"$/;

function brokenLimit({ message, field = "spec" }: Fault, path: string): BrokenLimit {
  const text = message.replace(BY, "");
  return {
    at: joinPath(path, field),
    text: text.charAt(0).toLowerCase() + text.slice(1),
    by: BY.exec(message)?.[1] ?? "",
  };
}

/** What of the LimitRanges of their namespace the Pods of a template break. */
export function limitsBrokenBy(pod: PodTemplate, cluster: Cluster): BrokenLimit[] {
  const ranges = limitRangesFor(pod.owner, cluster);
  if (ranges === undefined || ranges.length === 0) return [];
  const expected = expectedPodIn(pod, cluster);
  if (expected === undefined) return [];
  return limitsBrokenByPod(expected, ranges).map((fault) => brokenLimit(fault, pod.path));
}

/** What of the LimitRanges of its namespace a claim breaks, or one that a StatefulSet makes; `path` is where it stands. */
export function limitsBrokenByClaimOf(owner: Resource, claim: unknown, path: string, cluster: Cluster): BrokenLimit[] {
  const ranges = limitRangesFor(owner, cluster);
  if (ranges === undefined || ranges.length === 0 || owner.doubtful.length > 0) return [];
  if (cluster.mayBePatched(owner, "storage")) return [];
  const { spec } = claim as Partial<PersistentVolumeClaim>;
  const requests: Record<string, string> = {};
  for (const [name, amount] of Object.entries(spec?.resources?.requests ?? {})) {
    const text = String(amount);
    if (isPlaceholder(text) || parseAmount(text) === undefined) return [];
    requests[name] = text;
  }
  if (requests.storage === undefined) return [];
  const read = { ...(claim as PersistentVolumeClaim), spec: { ...spec!, resources: { requests } } };
  return limitsBrokenByClaim(read, ranges).map((fault) => brokenLimit(fault, path));
}
