import type { Container, Node, Pod } from "../../apis/types/core.v1.generated.js";
import { keyOf } from "../simulation/resources.js";
import { type HostPort, hostPortsOf } from "./host-ports.js";
import { matchesNodeSelection, nodesNamedBy, preferenceWeight } from "./node-selectors.js";
import { assumedRequests, type Numbers, podRequests } from "./pod-requests.js";
import { discouragingTaints, untoleratedTaint } from "./taints.js";

/** A Pod with what the scheduler makes of it. */
export interface PlacedPod {
  readonly key: string;
  readonly pod: Pod;
  readonly profile: PodProfile;
}

/** What a Pod and a node say to each other by themselves, whatever else is there. */
export interface NodeVerdict {
  readonly selected: boolean;
  readonly untolerated: boolean;
  /** Taints that would rather not have the Pod. */
  readonly discouraging: number;
  /** The weight of the node affinities that the node meets. */
  readonly preferred: number;
}

/** What bears on where a Pod goes; replicas share one. */
export class PodProfile {
  readonly requests: Numbers;
  readonly assumed: Numbers;
  readonly hostPorts: readonly HostPort[];
  /** The only nodes it may go to by their names. */
  readonly named: ReadonlySet<string> | undefined;
  /** Nodes are never changed in place, so a verdict holds as long as the node object. */
  readonly #verdicts = new WeakMap<Node, NodeVerdict>();

  constructor(
    readonly key: string,
    readonly example: Pod,
  ) {
    this.requests = podRequests(example.spec);
    this.assumed = assumedRequests(example.spec);
    this.hostPorts = hostPortsOf(example.spec);
    this.named = nodesNamedBy(example.spec);
  }

  verdictOn(node: Node): NodeVerdict {
    const known = this.#verdicts.get(node);
    if (known !== undefined) return known;
    const { spec } = this.example;
    const taints = node.spec?.taints;
    const preferences = spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    const verdict = {
      selected: matchesNodeSelection(spec, node),
      untolerated: untoleratedTaint(taints, spec.tolerations) !== undefined,
      discouraging: discouragingTaints(taints, spec.tolerations),
      preferred: preferenceWeight(preferences, node),
    };
    this.#verdicts.set(node, verdict);
    return verdict;
  }
}

/** Gives Pods that are alike one profile. */
export class PodProfiles {
  readonly #known = new Map<string, PodProfile>();

  of(pod: Pod): PodProfile {
    const key = profileKey(pod);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const profile = new PodProfile(key, pod);
    this.#known.set(key, profile);
    return profile;
  }

  place(pod: Pod): PlacedPod {
    return { key: keyOf(pod), pod, profile: this.of(pod) };
  }
}

/** All that the profile and the filters read of a Pod, beside its name and age. */
function profileKey({ metadata, spec }: Pod): string {
  const { namespace, labels, ownerReferences } = metadata;
  return JSON.stringify([
    namespace,
    labels,
    ownerReferences?.[0]?.uid,
    spec.nodeSelector,
    spec.affinity,
    spec.tolerations,
    spec.topologySpreadConstraints,
    spec.containers?.map(needsOf),
    spec.initContainers?.map(needsOf),
    spec.overhead,
    spec.resources,
    spec.volumes?.filter((volume) => volume.projected === undefined && volume.emptyDir === undefined),
    spec.resourceClaims,
    spec.priority,
    spec.preemptionPolicy,
  ]);
}

const needsOf = ({ resources, ports, restartPolicy }: Container) => [resources, ports, restartPolicy];
