import { parseQuantity } from "../../apis/meta/quantity.js";
import { budgetText, metricsText } from "../../cluster/description/policy-texts.js";
import type { Simulation } from "../../cluster/simulation/simulate.js";
import { byNamespace, type Row } from "./overview.js";

type Named = { readonly metadata: { readonly namespace?: string; readonly name?: string } };

const rowsOf = <T extends Named>(objects: Iterable<T>, rowOf: (object: T) => Row): Map<string, Row[]> =>
  byNamespace(
    [...objects]
      .sort((a, b) => ((a.metadata.name ?? "") < (b.metadata.name ?? "") ? -1 : 1))
      .map((object) => [object.metadata.namespace ?? "", rowOf(object)] as const),
  );

/** The disruption budgets: how many Pods may go now. By namespace. */
export const budgetRows = ({ cluster }: Simulation): Map<string, Row[]> =>
  rowsOf(cluster.objects.list("poddisruptionbudgets.policy"), ({ metadata, spec, status }) => {
    const { disruptionsAllowed = 0, currentHealthy = 0, desiredHealthy = 0, expectedPods = 0 } = status ?? {};
    const blocked = disruptionsAllowed === 0 && expectedPods > 0;
    const text =
      expectedPods === 0 ? "covers no Pod" : blocked ? "no Pod may be evicted" : `${disruptionsAllowed} may be evicted`;
    return {
      key: `PodDisruptionBudget/${metadata.name}`,
      mark: blocked || expectedPods === 0 ? "warning" : "good",
      cells: [
        `Budget ${metadata.name}`,
        text,
        budgetText({ spec }),
        expectedPods === 0 ? "" : `${currentHealthy} of ${expectedPods} healthy, ${desiredHealthy} needed`,
      ],
      notes: [],
      details: [],
    };
  });

/** The autoscalers, and what keeps them from acting. By namespace. */
export const autoscalerRows = ({ cluster }: Simulation): Map<string, Row[]> =>
  rowsOf(cluster.objects.list("horizontalpodautoscalers.autoscaling"), (object) => {
    const { metadata, spec, status } = object;
    const { kind, name } = spec.scaleTargetRef;
    const stuck = status?.conditions?.find(({ type, status: is }) => type === "AbleToScale" && is === "False");
    return {
      key: `HorizontalPodAutoscaler/${metadata.name}`,
      mark: stuck === undefined ? "none" : "bad",
      cells: [
        `Autoscaler ${metadata.name}`,
        `${spec.minReplicas ?? 1} to ${spec.maxReplicas}`,
        `${kind} ${name}`,
        metricsText(object),
      ],
      notes: stuck === undefined ? [] : [`${stuck.reason}: ${stuck.message}`],
      details: (status?.conditions ?? []).map(
        ({ type, status: is, reason, message }) => `${type} ${is} ${reason}: ${message}`,
      ),
    };
  });

/** The quotas, what is used of each. By namespace. */
export const quotaRows = ({ cluster }: Simulation): Map<string, Row[]> =>
  rowsOf(cluster.objects.list("resourcequotas"), ({ metadata, spec, status }) => {
    const hard = Object.entries(status?.hard ?? spec?.hard ?? {});
    const used = status?.used ?? {};
    const full = hard.filter(([name, most]) => isFull(used[name], most)).map(([name]) => name);
    return {
      key: `ResourceQuota/${metadata.name}`,
      mark: full.length > 0 ? "warning" : "good",
      cells: [`Quota ${metadata.name}`, hard.map(([name, most]) => `${name} ${used[name] ?? "?"}/${most}`).join(", ")],
      notes: full.length > 0 ? [`used up: ${full.join(", ")}`] : [],
      details: [],
    };
  });

function isFull(used: string | undefined, hard: string): boolean {
  const [is, most] = [parseQuantity(used), parseQuantity(hard)];
  return is !== undefined && most !== undefined && most.nano > 0n && is.nano >= most.nano;
}
