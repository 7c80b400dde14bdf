import { hasEnded } from "../../../apis/core/pod-status.js";
import type { Deployment, ReplicaSet } from "../../../apis/types/apps.v1.generated.js";
import type { Controller } from "../../simulation/controller.js";
import { controllerOf } from "../../simulation/object-store.js";
import { keyOf } from "../../simulation/resources.js";
import { controlledBy, type SimulatedCluster } from "../../simulation/simulated-cluster.js";
import { Adoption } from "./adoption.js";
import { conditionsOf, type Progress, refusedStatus, secondsToDeadline } from "./deployment-status.js";
import { refusalOf } from "./pods-from-template.js";
import { leewayOf, newSizeOf, oldSizesOf, proportionalSizes } from "./rollout.js";
import { contentsOf, templateHash } from "./template-hash.js";

const NAME = "deployments";
const HASH = "pod-template-hash";
const REVISION = "deployment.kubernetes.io/revision";
const DESIRED = "deployment.kubernetes.io/desired-replicas";
const MOST = "deployment.kubernetes.io/max-replicas";

/** https://kubernetes.io/docs/concepts/workloads/controllers/deployment/ */
export const deploymentController = (): Controller => {
  const adoption = new Adoption<"deployments.apps", "replicasets.apps">(
    "replicasets.apps",
    "Deployment",
    ({ spec }) => spec.selector,
  );
  return {
    name: NAME,
    watches: {
      "deployments.apps": adoption.noticeOwner,
      "replicasets.apps": adoption.noticeDependent,
      pods: ({ before, after }, enqueue, { objects }) => {
        // Only an update that recreates waits for Pods themselves.
        if (before === undefined || (after !== undefined && !hasEnded(after))) return;
        const owner = controllerOf(before);
        if (owner?.kind !== "ReplicaSet") return;
        const set = objects.get("replicasets.apps", before.metadata.namespace, owner.name);
        const above = set && controllerOf(set);
        if (above?.kind === "Deployment") enqueue(`${before.metadata.namespace}/${above.name}`);
      },
    },
    reconcile: (key, cluster) => {
      const deployment = cluster.objects.find("deployments.apps", key);
      if (deployment === undefined) return;
      const sets = adoption.claim(deployment, cluster);
      new Rollout(deployment, sets, cluster).advance();
    },
  };
};

const byAge = (a: ReplicaSet, b: ReplicaSet): number => serial(a) - serial(b);
/** Objects get their uids in the order of their creation. */
const serial = ({ metadata }: ReplicaSet): number => Number(/\d+$/.exec(metadata.uid ?? "")?.[0] ?? 0);
const sizeOf = (set: ReplicaSet | undefined): number => (set === undefined ? 0 : (set.spec.replicas ?? 1));
const availableOf = (set: ReplicaSet | undefined): number => set?.status?.availableReplicas ?? 0;

/** One look at one Deployment: one step of its update. */
class Rollout {
  readonly #replicas: number;
  readonly #old: readonly ReplicaSet[];
  #new: ReplicaSet | undefined;
  #progress: Progress | undefined;

  constructor(
    private readonly deployment: Deployment,
    sets: readonly ReplicaSet[],
    private readonly cluster: SimulatedCluster,
  ) {
    this.#replicas = deployment.spec.replicas ?? 1;
    const wanted = contentsOf(deployment.spec.template);
    const sorted = [...sets].sort(byAge);
    this.#new = sorted.find(({ spec }) => contentsOf(spec.template) === wanted);
    this.#old = sorted.filter((set) => set !== this.#new);
  }

  advance(): void {
    const { spec, metadata } = this.deployment;
    if (metadata.deletionTimestamp === undefined) {
      if (this.#new !== undefined) this.#renew(this.#new);
      if (spec.paused || this.#isBeingScaled()) this.#scale();
      else if (spec.strategy.type === "Recreate") this.#recreate();
      else this.#roll();
    }
    this.#report();
  }

  /** A set that is taken up again gets the newest revision. */
  #renew(set: ReplicaSet): void {
    const revision = this.#nextRevision();
    if (this.deployment.spec.paused || Number(set.metadata.annotations?.[REVISION] ?? 0) >= revision) return;
    this.#new = this.#change(set, set.spec.replicas, { [REVISION]: String(revision) });
  }

  #nextRevision(): number {
    return 1 + Math.max(0, ...this.#old.map(({ metadata }) => Number(metadata.annotations?.[REVISION] ?? 0) || 0));
  }

  #isBeingScaled(): boolean {
    return this.#all().some((set) => {
      const desired = set.metadata.annotations?.[DESIRED];
      return sizeOf(set) > 0 && desired !== undefined && desired !== String(this.#replicas);
    });
  }

  #all(): ReplicaSet[] {
    return this.#new === undefined ? [...this.#old] : [...this.#old, this.#new];
  }

  #scale(): void {
    const active = this.#all().filter((set) => sizeOf(set) > 0);
    if (active.length <= 1) {
      const only = active[0] ?? this.#new ?? this.#old.at(-1);
      if (only !== undefined) this.#resize(only, this.#replicas);
      return;
    }
    if (this.#new !== undefined && this.#isSaturated(this.#new)) {
      for (const set of this.#old) this.#resize(set, 0);
      return;
    }
    if (this.deployment.spec.strategy.type === "Recreate") return;
    const { surge } = leewayOf(this.deployment.spec);
    const growing =
      (this.#replicas > 0 ? this.#replicas + surge : 0) >= active.reduce((sum, set) => sum + sizeOf(set), 0);
    active.sort((a, b) => sizeOf(b) - sizeOf(a) || (growing ? byAge(b, a) : byAge(a, b)));
    const before = active.map((set) => ({
      size: sizeOf(set),
      mostBefore: Number(set.metadata.annotations?.[MOST] ?? Number.NaN) || undefined,
    }));
    const sizes = proportionalSizes(this.#replicas, surge, this.deployment.status?.replicas ?? 0, before);
    for (const [i, set] of active.entries()) this.#resize(set, sizes[i]!);
  }

  #isSaturated(set: ReplicaSet): boolean {
    return (
      sizeOf(set) === this.#replicas &&
      set.metadata.annotations?.[DESIRED] === String(this.#replicas) &&
      availableOf(set) === this.#replicas
    );
  }

  #recreate(): void {
    const active = this.#old.filter((set) => sizeOf(set) > 0);
    for (const set of active) this.#resize(set, 0);
    if (active.length > 0 || this.#old.some((set) => this.#hasPods(set))) return;
    this.#ensureNew(this.#replicas);
    if (this.#new !== undefined) this.#resize(this.#new, this.#replicas);
    this.#cleanUp();
  }

  #hasPods({ metadata }: ReplicaSet): boolean {
    for (const pod of this.cluster.objects.controlledBy("pods", metadata.uid ?? "")) if (!hasEnded(pod)) return true;
    return false;
  }

  #roll(): void {
    const leeway = leewayOf(this.deployment.spec);
    const total = () => this.#all().reduce((sum, set) => sum + sizeOf(set), 0);
    this.#ensureNew(newSizeOf(this.#replicas, leeway, 0, total()));
    if (this.#new === undefined) return;
    const size = newSizeOf(this.#replicas, leeway, sizeOf(this.#new), total());
    if (this.#resize(this.#new, size)) return;
    const sized = (set: ReplicaSet) => ({ size: sizeOf(set), available: availableOf(set) });
    const sizes = oldSizesOf(this.#replicas, leeway, this.#old.map(sized), sized(this.#new));
    let changed = false;
    for (const [i, set] of this.#old.entries()) changed = this.#resize(set, sizes[i]!) || changed;
    if (!changed) this.#cleanUp();
  }

  /** Makes the ReplicaSet of the current template where there is none. */
  #ensureNew(size: number): void {
    if (this.#new !== undefined) return;
    const { deployment, cluster } = this;
    const { collisionCount = 0 } = deployment.status ?? {};
    const { metadata, spec } = deployment;
    const hash = templateHash(spec.template, collisionCount);
    const name = `${metadata.name}-${hash}`;
    if (cluster.objects.get("replicasets.apps", metadata.namespace, name) !== undefined) {
      this.#progress = { collision: true };
      return;
    }
    const labels = { ...spec.template.metadata?.labels, [HASH]: hash };
    const set = {
      apiVersion: "apps/v1",
      kind: "ReplicaSet",
      metadata: {
        name,
        namespace: metadata.namespace,
        labels,
        annotations: {
          ...withoutApplied(metadata.annotations),
          [REVISION]: String(this.#nextRevision()),
          ...this.#sizeNotes(),
        },
        ownerReferences: [controlledBy(deployment)],
      },
      spec: {
        replicas: size,
        minReadySeconds: spec.minReadySeconds,
        selector: { ...spec.selector, matchLabels: { ...spec.selector?.matchLabels, [HASH]: hash } },
        template: { ...spec.template, metadata: { ...spec.template.metadata, labels } },
      },
    };
    const verdict = cluster.create(set);
    if (verdict.allowed) {
      this.#new = cluster.objects.get("replicasets.apps", metadata.namespace, name);
      this.#progress = { created: name };
    } else {
      this.#progress = { refused: refusalOf(set, verdict) };
      cluster.loop.retry(NAME, keyOf(deployment));
    }
  }

  #sizeNotes(): Record<string, string> {
    const { surge } = leewayOf(this.deployment.spec);
    return { [DESIRED]: String(this.#replicas), [MOST]: String(this.#replicas + surge) };
  }

  /** Brings a set to a size; whether that was a change of size. */
  #resize(set: ReplicaSet, size: number): boolean {
    const changed = size !== sizeOf(set);
    const result = this.#change(set, size, this.#sizeNotes());
    if (set === this.#new) this.#new = result;
    return changed;
  }

  #change(set: ReplicaSet, replicas: number | undefined, notes: Readonly<Record<string, string>>): ReplicaSet {
    const { metadata, spec } = set;
    const { minReadySeconds } = set === this.#new ? this.deployment.spec : spec;
    const same =
      replicas === spec.replicas &&
      minReadySeconds === spec.minReadySeconds &&
      Object.entries(notes).every(([key, value]) => metadata.annotations?.[key] === value);
    if (same) return set;
    const changed: ReplicaSet = {
      ...set,
      metadata: { ...metadata, annotations: { ...metadata.annotations, ...notes } },
      spec: { ...spec, replicas, minReadySeconds },
    };
    this.cluster.update("replicasets.apps", changed);
    return changed;
  }

  /** Of a finished update, old empty sets beyond the history's limit go. */
  #cleanUp(): void {
    const { spec, status } = this.deployment;
    const done = status?.updatedReplicas === this.#replicas && status.availableReplicas === this.#replicas;
    if (!done && this.#replicas > 0) return;
    const empty = this.#old.filter((set) => sizeOf(set) === 0 && (set.status?.replicas ?? 0) === 0);
    const surplus = this.#old.length - (spec.revisionHistoryLimit ?? 10);
    for (const set of empty.slice(0, Math.max(surplus, 0))) this.cluster.delete("replicasets.apps", set);
  }

  #report(): void {
    const { deployment, cluster } = this;
    if (this.#progress?.refused !== undefined) {
      cluster.updateStatus("deployments.apps", deployment, refusedStatus(deployment, this.#progress.refused, cluster));
      return;
    }
    const fresh = (set: ReplicaSet) => cluster.objects.find("replicasets.apps", keyOf(set)) ?? set;
    const [old, latest] = [this.#old.map(fresh), this.#new && fresh(this.#new)];
    const all = latest === undefined ? old : [...old, latest];
    const total = (count: (set: ReplicaSet) => number | undefined) =>
      all.reduce((sum, set) => sum + (count(set) ?? 0), 0);
    const available = total(availableOf);
    const counts = {
      observedGeneration: deployment.metadata.generation,
      replicas: total(({ status }) => status?.replicas),
      updatedReplicas: latest?.status?.replicas ?? 0,
      readyReplicas: total(({ status }) => status?.readyReplicas),
      availableReplicas: available,
      unavailableReplicas: Math.max(total(sizeOf) - available, 0),
      collisionCount: deployment.status?.collisionCount,
    };
    if (this.#progress?.collision) counts.collisionCount = (counts.collisionCount ?? 0) + 1;
    const conditions = conditionsOf(deployment, counts, { all, latest, progress: this.#progress }, cluster);
    cluster.updateStatus("deployments.apps", deployment, { ...counts, conditions });
    const wait = secondsToDeadline(deployment.spec, conditions, cluster.now);
    if (wait !== undefined) cluster.loop.wakeAt(cluster.now + wait, NAME, keyOf(deployment));
  }
}

/** What `kubectl apply` keeps of itself is not passed on. */
function withoutApplied(annotations: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { "kubectl.kubernetes.io/last-applied-configuration": _, ...rest } = annotations;
  return rest;
}
