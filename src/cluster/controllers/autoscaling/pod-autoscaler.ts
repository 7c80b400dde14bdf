import type { ApiObject } from "../../../apis/kind-rules.js";
import type { HorizontalPodAutoscaler } from "../../../apis/types/autoscaling.v2.generated.js";
import type { Pod } from "../../../apis/types/core.v1.generated.js";
import type { LabelSelector } from "../../../apis/types/meta.v1.generated.js";
import type { Controller } from "../../simulation/controller.js";
import { LabelIndex, SelectorIndex } from "../../simulation/label-index.js";
import { subjectOf } from "../../simulation/object-store.js";
import { keyOf } from "../../simulation/resources.js";
import type { SimulatedCluster } from "../../simulation/simulated-cluster.js";
import { groupOf, type Scale, scalableKind } from "./scale.js";

const NAME = "pod-autoscaler";
export const AUTOSCALERS = "horizontalpodautoscalers.autoscaling";
/** Autoscalers are looked at in intervals; those that pull a target to and fro do so no faster. */
const INTERVAL = 2;

/**
 * Scales what is outside the bounds of its autoscaler, and stops there: nothing measures Pods that do not run.
 * https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 */
export function podAutoscaler(): Controller {
  const pods = new LabelIndex<Pod>();
  /** The Pods that the target of each autoscaler has, as far as it has been looked at. */
  const selectors = new SelectorIndex();
  const byTarget = new Map<string, Set<string>>();
  const due = new Map<string, number>();

  return {
    name: NAME,
    watches: {
      [AUTOSCALERS]: (change, enqueue) => {
        const { before, after } = change;
        const key = keyOf(subjectOf(change));
        if (before?.spec === after?.spec) return;
        if (before !== undefined) byTarget.get(targetOf(before))?.delete(key);
        if (after === undefined) {
          selectors.set(key, "", undefined);
          return;
        }
        byTarget.set(targetOf(after), (byTarget.get(targetOf(after)) ?? new Set()).add(key));
        enqueue(key);
      },
      pods: (change, enqueue) => {
        pods.take(change);
        const { namespace = "", labels = {} } = subjectOf(change).metadata;
        if (change.before === undefined || change.after === undefined)
          for (const key of selectors.selecting(namespace, labels)) enqueue(key);
      },
      "customresourcedefinitions.apiextensions.k8s.io": (change, enqueue) => {
        const { group, names } = subjectOf(change).spec;
        for (const [target, keys] of byTarget)
          if (target.startsWith(`${group} ${names.kind} `)) for (const key of keys) enqueue(key);
      },
    },
    watchesAll: ({ before, after }, enqueue) => {
      if (byTarget.size === 0) return;
      const { apiVersion = "", kind = "", metadata } = (after ?? before)!;
      const keys = byTarget.get(`${groupOf(apiVersion)} ${kind} ${metadata.namespace}/${metadata.name}`);
      if (keys !== undefined && specOf(before) !== specOf(after)) for (const key of keys) enqueue(key);
    },
    reconcile: (key, cluster) => {
      if (cluster.now < lookLater(key, cluster)) return;
      due.delete(key);
      const autoscaler = cluster.objects.find(AUTOSCALERS, key);
      if (autoscaler !== undefined) sync(key, autoscaler, cluster);
    },
  };

  /** Gives the moment at which the autoscaler is looked at again. */
  function lookLater(key: string, cluster: SimulatedCluster): number {
    const known = due.get(key);
    if (known !== undefined) return known;
    const moment = cluster.now + INTERVAL;
    due.set(key, moment);
    cluster.loop.wakeAt(moment, NAME, key);
    return moment;
  }

  function sync(key: string, autoscaler: HorizontalPodAutoscaler, cluster: SimulatedCluster): void {
    const { minReplicas = 1, maxReplicas, scaleTargetRef } = autoscaler.spec;
    const { namespace = "" } = autoscaler.metadata;
    const status = new StatusToBe(autoscaler, cluster);
    const scalable = scalableKind(groupOf(scaleTargetRef.apiVersion ?? ""), scaleTargetRef.kind, cluster);
    const target = scalable && cluster.objects.get(scalable.resource, namespace, scaleTargetRef.name);
    if (scalable === undefined || target === undefined) {
      status.set(
        "AbleToScale",
        false,
        "FailedGetScale",
        `${scaleTargetRef.kind} "${scaleTargetRef.name}" has no scale that can be read`,
      );
      status.write();
      return;
    }
    status.set("AbleToScale", true, "SucceededGetScale", "The scale of the target has been read");
    const scale = scalable.scaleOf(target);
    const { replicas } = scale;
    const wanted = Math.max(Math.min(replicas, maxReplicas), minReplicas);
    if (replicas === 0 && minReplicas !== 0) {
      status.set("ScalingActive", false, "ScalingDisabled", "A target of no replicas is not scaled");
      status.count(replicas, 0);
    } else if (replicas > maxReplicas || replicas < minReplicas) {
      status.set("AbleToScale", true, "SucceededRescale", `The target has been scaled to ${wanted} replicas`);
      cluster.update(scalable.resource, scale.withReplicas(wanted));
      status.count(replicas, wanted);
    } else {
      status.set("ScalingActive", false, ...unmeasured(key, autoscaler, scale, cluster));
      status.count(replicas);
    }
    status.write();
  }

  /** Why the metrics of a target cannot be had: reason and message. */
  function unmeasured(
    key: string,
    { metadata, spec }: HorizontalPodAutoscaler,
    { selector }: Scale,
    cluster: SimulatedCluster,
  ): [reason: string, message: string] {
    if (selector === undefined) return ["InvalidSelector", "The scale of the target has no selector"];
    const { namespace = "" } = metadata;
    selectors.set(key, namespace, selector);
    const rivals = rivalsOver(namespace, selector);
    if (rivals.size > 1) {
      for (const rival of rivals) if (rival !== key && !knowsOfRivals(rival, cluster)) lookLater(rival, cluster);
      const names = [...rivals].map((rival) => `"${rival.slice(rival.indexOf("/") + 1)}"`).sort();
      return [AMBIGUOUS, `The Pods of the target are those of several autoscalers: ${names.join(", ")}`];
    }
    const type = spec.metrics?.[0]?.type ?? "Resource";
    return [FAILED_METRIC[type] ?? "InvalidMetricSourceType", `No metrics of type ${type} are served`];
  }

  function rivalsOver(namespace: string, selector: LabelSelector): Set<string> {
    const rivals = new Set<string>();
    for (const pod of pods.select(namespace, selector))
      for (const key of selectors.selecting(namespace, pod.metadata.labels ?? {})) rivals.add(key);
    return rivals;
  }
}

const AMBIGUOUS = "AmbiguousSelector";
/** What is said where the first metric of a type cannot be had; nothing serves metrics here. */
const FAILED_METRIC: Readonly<Record<string, string>> = {
  Resource: "FailedGetResourceMetric",
  ContainerResource: "FailedGetContainerResourceMetric",
  Pods: "FailedGetPodsMetric",
  Object: "FailedGetObjectMetric",
  External: "FailedGetExternalMetric",
};

const knowsOfRivals = (key: string, { objects }: SimulatedCluster): boolean =>
  objects.find(AUTOSCALERS, key)?.status?.conditions?.some(({ reason }) => reason === AMBIGUOUS) ?? false;

const specOf = (object: ApiObject | undefined): unknown => (object as { spec?: unknown } | undefined)?.spec;

function targetOf({ metadata, spec: { scaleTargetRef } }: HorizontalPodAutoscaler): string {
  const { apiVersion = "", kind, name } = scaleTargetRef;
  return `${groupOf(apiVersion)} ${kind} ${metadata.namespace}/${name}`;
}

type Condition = NonNullable<HorizontalPodAutoscaler["status"]["conditions"]>[number];

/** The status that an autoscaler is going to have; what is not said again stays. */
class StatusToBe {
  readonly #conditions: Map<string, Condition>;
  #counts: { currentReplicas?: number; desiredReplicas?: number } = {};

  constructor(
    private readonly autoscaler: HorizontalPodAutoscaler,
    private readonly cluster: SimulatedCluster,
  ) {
    this.#conditions = new Map(autoscaler.status?.conditions?.map((condition) => [condition.type, condition]));
  }

  set(type: string, holds: boolean, reason: string, message: string): void {
    const status = holds ? "True" : "False";
    const known = this.#conditions.get(type);
    const lastTransitionTime = known?.status === status ? known.lastTransitionTime : this.cluster.timestamp;
    this.#conditions.set(type, { type, status, reason, message, lastTransitionTime });
  }

  count(currentReplicas: number, desiredReplicas?: number): void {
    this.#counts = desiredReplicas === undefined ? { currentReplicas } : { currentReplicas, desiredReplicas };
  }

  write(): void {
    const { status } = this.autoscaler;
    this.cluster.updateStatus(AUTOSCALERS, this.autoscaler, {
      ...status,
      ...this.#counts,
      conditions: [...this.#conditions.values()],
    });
  }
}
