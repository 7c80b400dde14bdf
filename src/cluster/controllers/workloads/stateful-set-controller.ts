import { hasEnded, isPodReady } from "../../../apis/core/pod-status.js";
import type { StatefulSet } from "../../../apis/types/apps.v1.generated.js";
import type { Pod, PodTemplateSpec } from "../../../apis/types/core.v1.generated.js";
import type { Controller } from "../../simulation/controller.js";
import { keyOf } from "../../simulation/resources.js";
import type { SimulatedCluster } from "../../simulation/simulated-cluster.js";
import { Adoption } from "./adoption.js";
import { isAvailable, nextAvailable } from "./pod-state.js";
import { podFromTemplate } from "./pods-from-template.js";
import { makeClaims, ownClaims } from "./stateful-claims.js";
import { ordinalOf, ordinalsOf, POD_INDEX, POD_NAME, REVISION, statefulPodSpec } from "./stateful-names.js";
import { templateHash } from "./template-hash.js";

const NAME = "statefulsets";

/** A template as one revision of a set had it. */
interface Revision {
  readonly name: string;
  readonly template: PodTemplateSpec;
}

/** What is kept of each set beside the objects: the templates of its revisions, by their names. */
type Revisions = Map<string, { readonly templates: Map<string, PodTemplateSpec>; current: string }>;

/** https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/ */
export const statefulSetController = (): Controller => {
  const adoption = new Adoption<"statefulsets.apps", "pods">("pods", "StatefulSet", ({ spec }) => spec.selector);
  const revisions: Revisions = new Map();
  return {
    name: NAME,
    watches: { "statefulsets.apps": adoption.noticeOwner, pods: adoption.noticeDependent },
    reconcile: (key, cluster) => {
      const set = cluster.objects.find("statefulsets.apps", key);
      if (set === undefined) return;
      const pods = adoption.claim(set, cluster, (pod) => ordinalOf(set, pod) >= 0);
      new StatefulRound(set, pods, cluster, revisions).run();
    },
  };
};

/** One look at one StatefulSet: at most one step where Pods go in order. */
class StatefulRound {
  readonly #ordered: boolean;
  readonly #current: Revision;
  readonly #update: Revision;
  readonly #pods: Pod[];
  readonly #byOrdinal = new Map<number, Pod>();

  constructor(
    private readonly set: StatefulSet,
    pods: readonly Pod[],
    private readonly cluster: SimulatedCluster,
    private readonly revisions: Revisions,
  ) {
    this.#ordered = set.spec.podManagementPolicy !== "Parallel";
    const name = `${set.metadata.name}-${templateHash(set.spec.template)}`;
    const known = revisions.get(set.metadata.uid ?? "") ?? { templates: new Map(), current: name };
    revisions.set(set.metadata.uid ?? "", known);
    known.templates.set(name, set.spec.template);
    this.#update = { name, template: set.spec.template };
    this.#current = { name: known.current, template: known.templates.get(known.current)! };
    this.#pods = [...pods].sort((a, b) => ordinalOf(set, a) - ordinalOf(set, b));
    for (const pod of this.#pods) this.#byOrdinal.set(ordinalOf(set, pod), pod);
  }

  run(): void {
    if (this.set.metadata.deletionTimestamp === undefined) this.#step();
    this.#report();
  }

  #step(): void {
    const { set, cluster } = this;
    for (const pod of this.#pods) ownClaims(set, pod, cluster);
    const { first, end } = ordinalsOf(set.spec);
    for (let ordinal = first; ordinal < end; ordinal++) if (this.#bringUp(ordinal)) return;
    const isWanted = (pod: Pod) => ordinalOf(set, pod) >= first && ordinalOf(set, pod) < end;
    const condemned = this.#pods.filter((pod) => !isWanted(pod)).reverse();
    const isUnhealthy = (pod: Pod) => pod.metadata.deletionTimestamp !== undefined || !isPodReady(pod);
    const unhealthy = this.#pods.find((pod) => isWanted(pod) && isUnhealthy(pod)) ?? condemned.findLast(isUnhealthy);
    for (const pod of condemned) if (this.#takeDown(pod, unhealthy)) return;
    this.#replaceOld(first, end);
  }

  /** Makes, replaces or waits for one Pod; whether the round ends with it. */
  #bringUp(ordinal: number): boolean {
    const { cluster } = this;
    const pod = this.#byOrdinal.get(ordinal);
    if (pod === undefined) return this.#make(ordinal) || this.#ordered;
    if (pod.metadata.deletionTimestamp !== undefined) return this.#ordered;
    if (hasEnded(pod)) {
      cluster.loop.wakeAt(Math.floor(cluster.now) + 1, NAME, keyOf(this.set));
      if (Date.parse(pod.metadata.creationTimestamp ?? "") / 1000 < Math.floor(cluster.now))
        cluster.delete("pods", pod);
      return true;
    }
    if (!this.#ordered) return false;
    return !isAvailable(pod, this.set.spec.minReadySeconds, cluster.now);
  }

  /** Whether it was refused. */
  #make(ordinal: number): boolean {
    const { set, cluster } = this;
    const { name: set_ = "" } = set.metadata;
    const { name: revision, template } = this.#revisionFor(ordinal);
    const name = `${set_}-${ordinal}`;
    const pod = podFromTemplate(set, template, {
      name,
      labels: { [POD_NAME]: name, [POD_INDEX]: String(ordinal), [REVISION]: revision },
      spec: statefulPodSpec(set, ordinal, template.spec),
    });
    (pod.metadata as { generateName?: string }).generateName = `${set_}-`;
    const refused = makeClaims(set, ordinal, cluster);
    if (refused === undefined) {
      const verdict = cluster.create(pod);
      if (verdict.allowed) {
        const made = cluster.objects.get("pods", set.metadata.namespace, name);
        if (made !== undefined) ownClaims(set, made, cluster);
        return false;
      }
    }
    cluster.loop.retry(NAME, keyOf(set));
    return true;
  }

  /** Pods below the partition are made of the old template, all others of the new. */
  #revisionFor(ordinal: number): Revision {
    const { spec } = this.set;
    const { type, rollingUpdate } = spec.updateStrategy;
    const first = ordinalsOf(spec).first + (type === "RollingUpdate" ? (rollingUpdate?.partition ?? 0) : 0);
    return ordinal < first ? this.#current : this.#update;
  }

  /** Takes one Pod that is too many away; whether the round ends with it. */
  #takeDown(pod: Pod, unhealthy: Pod | undefined): boolean {
    const { set, cluster } = this;
    if (pod.metadata.deletionTimestamp !== undefined) return this.#ordered;
    if (this.#ordered) {
      if (!isPodReady(pod) && unhealthy !== undefined && pod !== unhealthy) return true;
      if (!isAvailable(pod, set.spec.minReadySeconds, cluster.now) && pod !== unhealthy) return true;
    }
    cluster.delete("pods", pod);
    return this.#ordered;
  }

  /** https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#rolling-updates: from the largest ordinal down. */
  #replaceOld(first: number, end: number): void {
    const { set, cluster } = this;
    const { type, rollingUpdate } = set.spec.updateStrategy;
    if (type !== "RollingUpdate") return;
    const partition = first + (rollingUpdate?.partition ?? 0);
    for (let ordinal = end - 1; ordinal >= partition; ordinal--) {
      const pod = this.#byOrdinal.get(ordinal);
      if (pod === undefined) return;
      if (pod.metadata.labels?.[REVISION] !== this.#update.name) {
        if (pod.metadata.deletionTimestamp === undefined) cluster.delete("pods", pod);
        return;
      }
      if (!isAvailable(pod, set.spec.minReadySeconds, cluster.now)) return;
    }
  }

  #report(): void {
    const { set, cluster } = this;
    const pods = [...cluster.objects.controlledBy("pods", set.metadata.uid ?? "")];
    const count = (holds: (pod: Pod) => boolean) => pods.filter(holds).length;
    const going = ({ metadata }: Pod) => metadata.deletionTimestamp !== undefined;
    const of = (name: string) => count((pod) => !going(pod) && pod.metadata.labels?.[REVISION] === name);
    const status = {
      replicas: pods.length,
      readyReplicas: count(isPodReady),
      availableReplicas: count((pod) => isAvailable(pod, set.spec.minReadySeconds, cluster.now)),
      currentReplicas: of(this.#current.name),
      updatedReplicas: of(this.#update.name),
      currentRevision: this.#current.name,
      updateRevision: this.#update.name,
      observedGeneration: set.metadata.generation,
      collisionCount: 0,
    };
    const done = [status.updatedReplicas, status.readyReplicas, status.replicas].every(
      (number) => number === (set.spec.replicas ?? 1),
    );
    if (set.spec.updateStrategy.type === "RollingUpdate" && done) {
      status.currentReplicas = status.updatedReplicas;
      status.currentRevision = this.#update.name;
      const known = this.revisions.get(set.metadata.uid ?? "");
      if (known !== undefined) known.current = this.#update.name;
    }
    cluster.updateStatus("statefulsets.apps", set, status);
    const next = nextAvailable(pods, set.spec.minReadySeconds, cluster.now);
    if (next !== undefined) cluster.loop.wakeAt(next, NAME, keyOf(set));
  }
}
