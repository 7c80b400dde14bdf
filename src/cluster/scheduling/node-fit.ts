import type { Node, PodSpec } from "../../apis/types/core.v1.generated.js";
import { refusalOfNode } from "./filters.js";
import type { HostPort } from "./host-ports.js";
import { matchesNodeSelection, preferenceWeight } from "./node-selectors.js";
import type { NodeState } from "./node-state.js";
import { worthOf } from "./node-worth.js";
import type { Numbers } from "./pod-requests.js";
import type { Refusal } from "./refusals.js";
import { discouragingTaints, isTolerated, UNSCHEDULABLE, untoleratedTaint } from "./taints.js";

/** What Pods ask of a node by itself. */
export interface NodeNeeds {
  readonly nodeSelector: PodSpec["nodeSelector"];
  readonly affinity: PodSpec["affinity"];
  readonly tolerations: PodSpec["tolerations"];
  readonly requests: Numbers;
  /** The same for comparing nodes, where containers that ask for nothing count too. */
  readonly assumed: Numbers;
  readonly hostPorts: readonly HostPort[];
}

/** What a node says to such needs, whatever Pods are on it. */
export interface NodeVerdict {
  /** Nodes are never changed in place, so a verdict holds as long as the node is this one. */
  readonly node: Node;
  /** The node takes no Pods, and this one does not say that it does not mind. */
  readonly cordoned: boolean;
  readonly selected: boolean;
  readonly untolerated: boolean;
  /** Taints that would rather not have the Pod. */
  readonly discouraging: number;
  /** The weight of the node affinities that the node meets. */
  readonly preferred: number;
}

/** The answers of all nodes to the same needs, each kept until its node changes: of a thousand Pods, most ask for the same. */
export class NodeFit {
  /** These are by the serial numbers of the nodes. */
  readonly #verdicts: NodeVerdict[] = [];
  readonly #versions: number[] = [];
  readonly #refusals: (Refusal | undefined)[] = [];
  readonly #worths: number[] = [];

  constructor(private readonly needs: NodeNeeds) {}

  verdictOn({ node, serial }: NodeState): NodeVerdict {
    const known = this.#verdicts[serial];
    if (known !== undefined && known.node === node) return known;
    const { needs } = this;
    const taints = node.spec?.taints;
    const preferences = needs.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    const verdict = {
      node,
      cordoned: (node.spec?.unschedulable ?? false) && !isTolerated(CORDON, needs.tolerations),
      selected: matchesNodeSelection(needs, node),
      untolerated: taints !== undefined && untoleratedTaint(taints, needs.tolerations) !== undefined,
      discouraging: taints === undefined ? 0 : discouragingTaints(taints, needs.tolerations),
      preferred: preferences.length === 0 ? 0 : preferenceWeight(preferences, node),
    };
    this.#verdicts[serial] = verdict;
    return verdict;
  }

  /** What the node's own state has against such a Pod. */
  refusalOn(state: NodeState): Refusal | undefined {
    this.#ask(state);
    return this.#refusals[state.serial];
  }

  /** What the room on the node is worth to such a Pod. */
  worthOf(state: NodeState): number {
    this.#ask(state);
    return this.#worths[state.serial]!;
  }

  #ask(state: NodeState): void {
    const { serial, version } = state;
    if (this.#versions[serial] === version) return;
    this.#versions[serial] = version;
    const refusal = refusalOfNode(this.needs, this.verdictOn(state), state);
    this.#refusals[serial] = refusal;
    this.#worths[serial] = refusal === undefined ? worthOf(this.needs, state) : 0;
  }
}

const CORDON = { key: UNSCHEDULABLE, effect: "NoSchedule" };
