import type { Node, Taint } from "../../../apis/types/core.v1.generated.js";
import { NOT_READY, UNREACHABLE, UNSCHEDULABLE } from "../../scheduling/taints.js";

/** https://kubernetes.io/docs/reference/labels-annotations-taints/: the taint for each state of a condition. */
const TAINT_OF_CONDITION: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Ready: { False: NOT_READY, Unknown: UNREACHABLE },
  MemoryPressure: { True: "node.kubernetes.io/memory-pressure" },
  DiskPressure: { True: "node.kubernetes.io/disk-pressure" },
  NetworkUnavailable: { True: "node.kubernetes.io/network-unavailable" },
  PIDPressure: { True: "node.kubernetes.io/pid-pressure" },
};

const KEPT_BY_CONDITIONS = new Set([...Object.values(TAINT_OF_CONDITION).flatMap(Object.values), UNSCHEDULABLE]);
const KEPT_BY_HEALTH = new Set([NOT_READY, UNREACHABLE]);

/**
 * The taints a node is to have: its own, and those that follow from its conditions and from `unschedulable`. Taints of
 * these names which do not follow are taken away. What has not said whether it is ready is given time.
 * https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#taint-nodes-by-condition
 */
export function taintsOf({ spec, status }: Node): Taint[] {
  const { taints = [], unschedulable = false } = spec ?? {};
  const conditions = status?.conditions ?? [];
  const hard = conditions.flatMap(({ type, status: is }) => TAINT_OF_CONDITION[type]?.[is] ?? []);
  if (unschedulable) hard.push(UNSCHEDULABLE);
  const health = conditions.find(({ type }) => type === "Ready")?.status;
  const executing = health === undefined ? undefined : TAINT_OF_CONDITION.Ready![health];
  const wanted: Taint[] = [
    ...hard.map((key) => ({ key, effect: "NoSchedule" })),
    ...(executing === undefined ? [] : [{ key: executing, effect: "NoExecute" }]),
  ];
  const kept = taints.filter(
    (taint) =>
      !isManaged(taint) ||
      (taint.effect === "NoExecute" && health === undefined) ||
      wanted.some(({ key, effect }) => key === taint.key && effect === taint.effect),
  );
  const added = wanted.filter(({ key, effect }) => !kept.some((one) => one.key === key && one.effect === effect));
  return [...kept, ...added];
}

const isManaged = ({ key, effect }: Taint): boolean =>
  (effect === "NoSchedule" && KEPT_BY_CONDITIONS.has(key)) || (effect === "NoExecute" && KEPT_BY_HEALTH.has(key));
