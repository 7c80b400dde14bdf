import type { Pod } from "../../../apis/types/core.v1.generated.js";
import type { PodDisruptionBudget } from "../../../apis/types/policy.v1.generated.js";
import { allowanceCondition, countBudget, countsOf, type ExpectedScale } from "../../disruption/budget-status.js";
import type { Controller } from "../../simulation/controller.js";
import { LabelIndex, SelectorIndex } from "../../simulation/label-index.js";
import { controllerOf, subjectOf } from "../../simulation/object-store.js";
import { keyOf } from "../../simulation/resources.js";
import type { SimulatedCluster } from "../../simulation/simulated-cluster.js";
import { groupOf, scalableKind } from "../autoscaling/scale.js";

export const BUDGETS = "poddisruptionbudgets.policy";

/** Works out how many Pods may go: https://kubernetes.io/docs/concepts/workloads/pods/disruptions/ */
export function disruptionController(): Controller {
  const pods = new LabelIndex<Pod>();
  const budgets = new SelectorIndex();
  return {
    name: "disruption",
    watches: {
      [BUDGETS]: (change, enqueue) => {
        const { metadata } = subjectOf(change);
        const key = keyOf(subjectOf(change));
        budgets.set(key, metadata.namespace ?? "", change.after?.spec.selector);
        if (change.before?.spec !== change.after?.spec) enqueue(key);
      },
      pods: (change, enqueue) => {
        pods.take(change);
        const { before, after } = change;
        const { namespace = "", labels = {} } = subjectOf(change).metadata;
        for (const key of budgets.selecting(namespace, labels)) enqueue(key);
        const old = before?.metadata.labels ?? labels;
        if (after !== undefined && old !== labels) for (const key of budgets.selecting(namespace, old)) enqueue(key);
      },
    },
    reconcile: (key, cluster) => {
      const budget = cluster.objects.find(BUDGETS, key);
      if (budget === undefined) return;
      const { selector } = budget.spec;
      const covered = selector === undefined ? [] : [...pods.select(budget.metadata.namespace ?? "", selector)];
      writeStatus(budget, covered, cluster);
    },
  };
}

function writeStatus(budget: PodDisruptionBudget, pods: readonly Pod[], cluster: SimulatedCluster): void {
  const counted = countBudget(budget.spec, pods, () => scaleOfControllers(pods, cluster));
  const isKnown = !("fault" in counted);
  // What cannot be counted is not allowed; the counts of old stay.
  const counts = isKnown ? counted : { ...countsOf(budget), disruptionsAllowed: 0 };
  const condition = isKnown
    ? { ...allowanceCondition(counts.disruptionsAllowed), message: "" }
    : { status: "False", reason: "SyncFailed", message: counted.fault };
  const [known] = budget.status?.conditions ?? [];
  const lastTransitionTime = known?.status === condition.status ? known.lastTransitionTime : cluster.timestamp;
  cluster.updateStatus(BUDGETS, budget, {
    ...budget.status,
    ...counts,
    observedGeneration: isKnown ? budget.metadata.generation : budget.status?.observedGeneration,
    conditions: [{ type: "DisruptionAllowed", ...condition, lastTransitionTime }],
  });
}

/** Controllers count once each; Pods without one do not count. */
function scaleOfControllers(pods: readonly Pod[], cluster: SimulatedCluster): ExpectedScale {
  const wanted = new Map<string, number>();
  const seen = new Set<string>();
  for (const pod of pods) {
    const owner = controllerOf(pod);
    if (owner === undefined || seen.has(owner.uid)) continue;
    seen.add(owner.uid);
    const found = scaleOfController(owner, pod.metadata.namespace, cluster);
    if (found === undefined)
      return {
        fault: `The controller of Pod "${pod.metadata.name}", ${owner.kind} "${owner.name}", cannot be scaled or is gone`,
      };
    wanted.set(found.uid, found.replicas);
  }
  return [...wanted.values()].reduce((sum, replicas) => sum + replicas, 0);
}

type Owner = NonNullable<ReturnType<typeof controllerOf>>;

function scaleOfController(
  { apiVersion, kind, name, uid }: Owner,
  namespace: string | undefined,
  cluster: SimulatedCluster,
): { readonly uid: string; readonly replicas: number } | undefined {
  const scalable = scalableKind(groupOf(apiVersion), kind, cluster);
  const object = scalable && cluster.objects.get(scalable.resource, namespace, name);
  if (scalable === undefined || object === undefined || object.metadata.uid !== uid) return undefined;
  // The Pods of all ReplicaSets of a Deployment are counted by what the Deployment wants.
  const above = kind === "ReplicaSet" ? controllerOf(object) : undefined;
  if (above?.kind === "Deployment") return scaleOfController(above, namespace, cluster);
  return { uid, replicas: scalable.scaleOf(object).replicas };
}
