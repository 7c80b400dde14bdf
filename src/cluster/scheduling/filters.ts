import type { NodeNeeds, NodeVerdict } from "./node-fit.js";
import type { NodeState } from "./node-state.js";
import type { Numbers } from "./pod-requests.js";
import type { Refusal } from "./refusals.js";

const refusal = (plugin: string, reason: string, preemptible = false): Refusal => ({
  plugin,
  reasons: [reason],
  preemptible,
});

const UNSCHEDULABLE_NODE = refusal("NodeUnschedulable", "node(s) were unschedulable");
const TAINTED = refusal("TaintToleration", "node(s) had untolerated taint(s)");
const NOT_SELECTED = refusal("NodeAffinity", "node(s) didn't match Pod's node affinity/selector");
export const NOT_NAMED = refusal("NodeAffinity", "node(s) didn't satisfy plugin(s) [NodeAffinity]");
const PORTS_TAKEN = refusal("NodePorts", "node(s) didn't have free ports for the requested pod ports", true);

/** What a node's own state says of a Pod; undefined where nothing is against it. In the order of the scheduler's plugins. */
export function refusalOfNode(
  { hostPorts, requests }: NodeNeeds,
  verdict: NodeVerdict,
  state: NodeState,
): Refusal | undefined {
  if (verdict.cordoned) return UNSCHEDULABLE_NODE;
  if (verdict.untolerated) return TAINTED;
  if (!verdict.selected) return NOT_SELECTED;
  if (hostPorts.length > 0 && state.ports.conflictsWith(hostPorts)) return PORTS_TAKEN;
  return refusalOfResources(requests, state);
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/: the plugin NodeResourcesFit. */
function refusalOfResources(requests: Numbers, { allocatable, used, pods }: NodeState): Refusal | undefined {
  let reasons: string[] | undefined;
  let preemptible = true;
  if (pods.size + 1 > (allocatable.pods ?? 0)) reasons = ["Too many pods"];
  for (const name in requests) {
    const [wanted, whole] = [requests[name]!, allocatable[name] ?? 0];
    if (wanted === 0 || wanted <= whole - (used[name] ?? 0)) continue;
    reasons ??= [];
    reasons.push(`Insufficient ${name}`);
    if (wanted > whole) preemptible = false;
  }
  return reasons && { plugin: "NodeResourcesFit", reasons, preemptible };
}
