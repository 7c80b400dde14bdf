import { qosClassOf } from "../../apis/core/pod-qos.js";
import { hasEnded, isPodReady } from "../../apis/core/pod-status.js";
import type { ApiObject } from "../../apis/kind-rules.js";
import type { Pod } from "../../apis/types/core.v1.generated.js";
import { writtenName } from "../../cluster/outcome/like-entries.js";
import { nodeOf } from "../../cluster/outcome/pod-nodes.js";
import { controllerOf } from "../../cluster/simulation/object-store.js";
import { keyOf } from "../../cluster/simulation/resources.js";
import type { Simulation } from "../../cluster/simulation/simulate.js";

/** The Pods of the cluster under what makes them in the end: those of a Deployment's ReplicaSets under the Deployment. */
export class PodsByWorkload {
  readonly #pods = new Map<string, Pod[]>();
  readonly #tops = new Map<string, ApiObject>();

  constructor(private readonly simulation: Simulation) {
    for (const pod of simulation.cluster.objects.list("pods")) {
      const { uid = "" } = this.topOf(pod).metadata;
      const own = this.#pods.get(uid);
      if (own === undefined) this.#pods.set(uid, [pod]);
      else own.push(pod);
    }
  }

  of({ metadata }: ApiObject): readonly Pod[] {
    return this.#pods.get(metadata.uid ?? "") ?? [];
  }

  /** The outermost controller of an object that is there; the object itself where it has none. */
  topOf(object: ApiObject, depth = 0): ApiObject {
    const { uid = "" } = object.metadata;
    const known = this.#tops.get(uid);
    if (known !== undefined) return known;
    const reference = controllerOf(object);
    const { cluster } = this.simulation;
    const resource = reference && cluster.resourceOf(reference as ApiObject & typeof reference);
    const owner =
      resource === undefined
        ? undefined
        : cluster.objects.get(resource, object.metadata.namespace, reference?.name ?? "");
    const top = owner === undefined || depth > 8 ? object : this.topOf(owner, depth + 1);
    this.#tops.set(uid, top);
    return top;
  }
}

/** `Burstable`; of Pods of several classes, each. */
export const qosText = (pods: readonly Pod[]): string =>
  [...new Set(pods.map(({ spec }) => qosClassOf(spec)))].join(", ");

/** Where Pods are, or what they wait for: `node-1 ×2, node-2`. */
export function placesText(pods: readonly Pod[], simulation: Simulation): string {
  const counts = new Map<string, number>();
  for (const pod of pods) {
    const place = placeText(pod, simulation);
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  const places = [...counts].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }));
  const shown = places.slice(0, MOST_PLACES).map(([place, times]) => (times > 1 ? `${place} ×${times}` : place));
  if (places.length > MOST_PLACES) shown.push(`${places.length - MOST_PLACES} more`);
  return shown.join(", ");
}

const MOST_PLACES = 6;

function placeText(pod: Pod, simulation: Simulation): string {
  const { phase = "Pending" } = pod.status;
  const node = nodeOf(pod, simulation.cluster) ?? "";
  const where = node === "(any)" ? "any node" : node;
  if (where === "") return phase === "Pending" ? "no node" : phase;
  if (phase === "Running") return isPodReady(pod) ? where : `${where} not ready`;
  return `${where} ${phase}`;
}

/** Why Pods have no node, each reason once with the number of Pods. */
export function reasonsText(pods: readonly Pod[], hasNodes: boolean): string[] {
  const reasons = new Map<string, number>();
  for (const pod of pods) {
    const { spec, status } = pod;
    if (spec.nodeName || hasEnded(pod)) continue;
    const scheduled = status.conditions?.find(({ type }) => type === "PodScheduled");
    const gates = spec.schedulingGates ?? [];
    const nobody =
      spec.schedulerName === "default-scheduler"
        ? "no scheduler has looked at it yet"
        : `scheduler "${spec.schedulerName}" is not part of the simulation`;
    const reason =
      gates.length > 0
        ? `waits for its scheduling gates: ${gates.map(({ name }) => name).join(", ")}`
        : (scheduled?.message ?? nobody);
    if (!hasNodes && gates.length === 0 && scheduled !== undefined) continue;
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return [...reasons].map(([reason, times]) => `${times === 1 ? "1 Pod" : `${times} Pods`}: ${reason}`);
}

/** Every Pod with its state, for those who want all. */
export const podLines = (pods: readonly Pod[], simulation: Simulation): string[] =>
  pods.map((pod) => {
    const others = (pod.status.conditions ?? [])
      .filter(({ status, type }) => status === "False" && type !== "PodScheduled" && type !== "ContainersReady")
      .map(({ type, reason }) => `not ${type}${reason ? ` (${reason})` : ""}`);
    const parts = [placeText(pod, simulation), qosClassOf(pod.spec), ...others];
    if (pod.spec.priority) parts.push(`priority ${pod.spec.priority}`);
    return `Pod ${keyOf({ metadata: { name: writtenName(pod) } })}: ${parts.join(", ")}`;
  });
