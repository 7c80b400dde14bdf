import { hasEnded, isPodReady } from "../../../apis/core/pod-status.js";
import type { DaemonSet } from "../../../apis/types/apps.v1.generated.js";
import type { Node, Pod } from "../../../apis/types/core.v1.generated.js";
import type { Controller } from "../../simulation/controller.js";
import { keyOf } from "../../simulation/resources.js";
import type { SimulatedCluster } from "../../simulation/simulated-cluster.js";
import { Adoption } from "./adoption.js";
import { daemonChoice, daemonPodSpec, nodeOfDaemonPod } from "./daemon-nodes.js";
import { isAvailable, nextAvailable, secondsOf } from "./pod-state.js";
import { makePods } from "./pods-from-template.js";
import { shareOf } from "./rollout.js";
import { templateHash } from "./template-hash.js";

const NAME = "daemonsets";
const REVISION = "controller-revision-hash";
const LONGEST_BACKOFF = 15 * 60;

/** https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/ */
export const daemonSetController = (): Controller => {
  const adoption = new Adoption<"daemonsets.apps", "pods">("pods", "DaemonSet", ({ spec }) => spec.selector);
  const backoff = new Backoff();
  return {
    name: NAME,
    watches: {
      "daemonsets.apps": adoption.noticeOwner,
      pods: adoption.noticeDependent,
      nodes: ({ before, after }, enqueue, { objects }) => {
        const same =
          before?.metadata.labels === after?.metadata.labels && before?.spec === after?.spec && before && after;
        if (!same) for (const set of objects.list("daemonsets.apps")) enqueue(keyOf(set));
      },
    },
    reconcile: (key, cluster) => {
      const set = cluster.objects.find("daemonsets.apps", key);
      if (set === undefined) return;
      const pods = adoption.claim(set, cluster);
      new DaemonRound(set, pods, cluster, backoff).run();
    },
  };
};

/** Failed Pods are replaced at once, then after 1, 2, 4 ... seconds. */
class Backoff {
  readonly #last = new Map<string, { readonly at: number; readonly delay: number }>();

  /** Until when to wait with a replacement; undefined: replace now. */
  ask(key: string, now: number): number | undefined {
    const last = this.#last.get(key);
    if (last !== undefined && now < last.at + last.delay) return last.at + last.delay;
    this.#last.set(key, { at: now, delay: last === undefined ? 1 : Math.min(last.delay * 2, LONGEST_BACKOFF) });
    return undefined;
  }
}

const byAge = (a: Pod, b: Pod): number =>
  secondsOf(a.metadata.creationTimestamp) - secondsOf(b.metadata.creationTimestamp);

/** One look at one DaemonSet. */
class DaemonRound {
  readonly #revision: string;
  readonly #byNode = new Map<string, Pod[]>();
  readonly #surge: number;
  readonly #unavailable: number;
  readonly #wanted: readonly Node[];
  #refused = false;

  constructor(
    private readonly set: DaemonSet,
    pods: readonly Pod[],
    private readonly cluster: SimulatedCluster,
    private readonly backoff: Backoff,
  ) {
    this.#revision = templateHash(set.spec.template);
    this.#sort(pods);
    this.#wanted = [...cluster.objects.list("nodes")].filter((node) => daemonChoice(set, node).runs);
    const { type, rollingUpdate } = set.spec.updateStrategy;
    const rolls = type === "RollingUpdate";
    this.#surge = rolls ? shareOf(rollingUpdate?.maxSurge, this.#wanted.length, "up") : 0;
    const unavailable = rolls ? shareOf(rollingUpdate?.maxUnavailable, this.#wanted.length, "up") : 0;
    this.#unavailable = this.#surge === 0 ? Math.max(unavailable, 1) : unavailable;
  }

  run(): void {
    if (this.set.metadata.deletionTimestamp === undefined) {
      this.#manage();
      if (this.set.spec.updateStrategy.type === "RollingUpdate" && !this.#refused) this.#update();
    }
    this.#report();
  }

  #sort(pods: Iterable<Pod>): void {
    this.#byNode.clear();
    for (const pod of pods) {
      const node = nodeOfDaemonPod(pod);
      if (node === undefined) continue;
      const known = this.#byNode.get(node);
      if (known === undefined) this.#byNode.set(node, [pod]);
      else known.push(pod);
    }
    for (const list of this.#byNode.values()) list.sort(byAge);
  }

  #manage(): void {
    const { set, cluster } = this;
    for (const node of cluster.objects.list("nodes")) {
      const name = node.metadata.name ?? "";
      const { runs, stays } = daemonChoice(set, node);
      const pods = this.#byNode.get(name) ?? [];
      if (pods.length === 0) {
        if (runs) this.#make(name);
      } else if (!stays) this.#delete(pods);
      else this.#replaceEnded(name, pods);
    }
    for (const [name, pods] of this.#byNode)
      if (cluster.objects.get("nodes", undefined, name) === undefined)
        this.#delete(pods.filter(({ spec }) => !spec.nodeName));
  }

  #make(node: string): void {
    if (this.#refused) return;
    const { set, cluster } = this;
    const { template } = set.spec;
    const generation = set.metadata.annotations?.["deprecated.daemonset.template.generation"] ?? "1";
    const labels = { [REVISION]: this.#revision, "pod-template-generation": generation };
    const spec = daemonPodSpec(template.spec, node);
    if (makePods(cluster, set, template, 1, { labels, spec }) === undefined) return;
    this.#refused = true;
    cluster.loop.retry(NAME, keyOf(set));
  }

  #delete(pods: readonly Pod[]): void {
    for (const pod of pods) this.cluster.delete("pods", pod);
  }

  #replaceEnded(node: string, pods: readonly Pod[]): void {
    const running: Pod[] = [];
    for (const pod of pods) {
      if (pod.metadata.deletionTimestamp !== undefined) continue;
      if (!hasEnded(pod)) running.push(pod);
      else {
        const key = `${keyOf(this.set)} ${node}`;
        const until = pod.status?.phase === "Failed" ? this.backoff.ask(key, this.cluster.now) : undefined;
        if (until === undefined) this.#delete([pod]);
        else this.cluster.loop.wakeAt(until, NAME, keyOf(this.set));
      }
    }
    if (this.#surge === 0) this.#delete(running.slice(1));
    else {
      const [fresh, old] = [running.filter((pod) => this.#isNew(pod)), running.filter((pod) => !this.#isNew(pod))];
      this.#delete([...fresh.slice(1), ...old.slice(1)]);
    }
  }

  #isNew = ({ metadata }: Pod): boolean => metadata.labels?.[REVISION] === this.#revision;
  #isAvailable = (pod: Pod): boolean => isAvailable(pod, this.set.spec.minReadySeconds, this.cluster.now);

  /** https://kubernetes.io/docs/tasks/manage-daemon/update-daemon-set/: replaces old Pods as far as the strategy allows. */
  #update(): void {
    this.#sort(this.cluster.objects.controlledBy("pods", this.set.metadata.uid ?? ""));
    const [free, candidates]: [Pod[], Pod[]] = [[], []];
    let [unavailable, surging] = [0, 0];
    for (const node of this.#wanted) {
      const pods = (this.#byNode.get(node.metadata.name ?? "") ?? []).filter((pod) => !hasEnded(pod));
      const fresh = pods.find(this.#isNew);
      const old = pods.find((pod) => !this.#isNew(pod));
      if (this.#surge > 0) {
        if (old === undefined) continue;
        if (fresh === undefined) (this.#isAvailable(old) ? candidates : free).push(old);
        else if (this.#isAvailable(fresh)) this.#delete([old]);
        else surging++;
      } else if (old === undefined || fresh !== undefined) {
        if (fresh === undefined || old !== undefined || !this.#isAvailable(fresh)) unavailable++;
      } else if (this.#isAvailable(old)) candidates.push(old);
      else {
        free.push(old);
        unavailable++;
      }
    }
    const allowed = this.#surge > 0 ? this.#surge - surging : this.#unavailable - unavailable;
    const chosen = [...free, ...candidates.slice(0, Math.max(allowed, 0))];
    if (this.#surge > 0) for (const pod of chosen) this.#make(nodeOfDaemonPod(pod) ?? "");
    else this.#delete(chosen);
  }

  #report(): void {
    const { set, cluster } = this;
    const current = [...cluster.objects.controlledBy("pods", set.metadata.uid ?? "")];
    this.#sort(current);
    const counts = { current: 0, ready: 0, available: 0, updated: 0, misscheduled: 0 };
    for (const node of cluster.objects.list("nodes")) {
      const pod = this.#byNode.get(node.metadata.name ?? "")?.[0];
      if (pod === undefined) continue;
      if (!daemonChoice(set, node).runs) counts.misscheduled++;
      else {
        counts.current++;
        if (isPodReady(pod)) counts.ready++;
        if (this.#isAvailable(pod)) counts.available++;
        if (this.#isNew(pod)) counts.updated++;
      }
    }
    const desired = this.#wanted.length;
    cluster.updateStatus("daemonsets.apps", set, {
      currentNumberScheduled: counts.current,
      desiredNumberScheduled: desired,
      numberMisscheduled: counts.misscheduled,
      numberReady: counts.ready,
      numberAvailable: counts.available,
      numberUnavailable: desired - counts.available,
      updatedNumberScheduled: counts.updated,
      observedGeneration: set.metadata.generation,
    });
    const next = nextAvailable(current, set.spec.minReadySeconds, cluster.now);
    if (next !== undefined) cluster.loop.wakeAt(next, NAME, keyOf(set));
  }
}
