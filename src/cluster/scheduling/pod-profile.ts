import type { Container, Node, Pod, WeightedPodAffinityTerm } from "../../apis/types/core.v1.generated.js";
import { keyOf } from "../simulation/resources.js";
import { type HostPort, hostPortsOf } from "./host-ports.js";
import { matchesNodeSelection, nodesNamedBy, preferenceWeight } from "./node-selectors.js";
import type { NodeState } from "./node-state.js";
import { assumedRequests, type Numbers, podRequests } from "./pod-requests.js";
import { affinityTerm, type PodTerm, spreadTerm } from "./pod-terms.js";
import { claimNamesOf, type Disk, disksOf } from "./pod-volumes.js";
import { discouragingTaints, isTolerated, UNSCHEDULABLE, untoleratedTaint } from "./taints.js";

/** A Pod with what the scheduler makes of it. */
export interface PlacedPod {
  readonly key: string;
  readonly pod: Pod;
  readonly profile: PodProfile;
}

/** What a Pod and a node say to each other by themselves, whatever else is there. */
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

/** A term about other Pods of the same domain. */
export interface DomainTerm {
  readonly term: PodTerm;
  readonly topologyKey: string;
}

/** A term of a Pod that bears on the Pods that come after it. */
export interface CarriedTerm extends DomainTerm {
  readonly key: string;
  /** Keeps the Pods it matches out of the domain; otherwise it has a say in the choice, by its weight. */
  readonly forbids: boolean;
  readonly weight: number;
}

/** A topology spread constraint as the scheduler takes it. */
export interface SpreadConstraint extends DomainTerm {
  readonly maxSkew: number;
  readonly minDomains: number;
  readonly honorsAffinity: boolean;
  readonly honorsTaints: boolean;
  readonly hard: boolean;
}

/** What one running Pod's required affinity counts for, where nothing else decides. */
const HARD_AFFINITY_WEIGHT = 1;

/** What bears on where a Pod goes; replicas share one. */
export class PodProfile {
  readonly priority: number;
  readonly requests: Numbers;
  readonly assumed: Numbers;
  readonly hostPorts: readonly HostPort[];
  /** The only nodes it may go to by their names. */
  readonly named: ReadonlySet<string> | undefined;
  readonly affinity: readonly DomainTerm[];
  readonly antiAffinity: readonly DomainTerm[];
  /** Preferences about other Pods, those against them with a negative weight. */
  readonly preferences: readonly (DomainTerm & { readonly weight: number })[];
  readonly carried: readonly CarriedTerm[];
  readonly constraints: readonly SpreadConstraint[];
  readonly disks: readonly Disk[];
  readonly #hasClaims: boolean;
  /** By the serial numbers of the nodes. */
  readonly #verdicts: NodeVerdict[] = [];

  constructor(
    readonly key: string,
    readonly example: Pod,
  ) {
    const { spec } = example;
    const { podAffinity, podAntiAffinity } = spec.affinity ?? {};
    const required = "requiredDuringSchedulingIgnoredDuringExecution";
    const preferred = "preferredDuringSchedulingIgnoredDuringExecution";
    this.priority = spec.priority ?? 0;
    this.requests = podRequests(spec);
    this.assumed = assumedRequests(spec);
    this.hostPorts = hostPortsOf(spec);
    this.named = nodesNamedBy(spec);
    const domainTerm = (term: Parameters<typeof affinityTerm>[0]): DomainTerm => ({
      term: affinityTerm(term, example),
      topologyKey: term.topologyKey,
    });
    const weighted = (terms: readonly WeightedPodAffinityTerm[] = [], sign: 1 | -1) =>
      terms.map(({ weight, podAffinityTerm }) => ({ ...domainTerm(podAffinityTerm), weight: sign * weight }));
    this.affinity = podAffinity?.[required]?.map(domainTerm) ?? [];
    this.antiAffinity = podAntiAffinity?.[required]?.map(domainTerm) ?? [];
    this.preferences = [...weighted(podAffinity?.[preferred], 1), ...weighted(podAntiAffinity?.[preferred], -1)];
    this.carried = [
      ...this.antiAffinity.map((term) => carried(term, true, 0)),
      ...this.affinity.map((term) => carried(term, false, HARD_AFFINITY_WEIGHT)),
      ...this.preferences.map((term) => carried(term, false, term.weight)),
    ];
    this.#hasClaims = claimNamesOf(example).length > 0;
    this.disks = disksOf(spec);
    this.constraints = (spec.topologySpreadConstraints ?? []).map((constraint) => ({
      term: spreadTerm(constraint, example),
      topologyKey: constraint.topologyKey,
      maxSkew: constraint.maxSkew,
      minDomains: constraint.minDomains ?? 1,
      honorsAffinity: constraint.nodeAffinityPolicy !== "Ignore",
      honorsTaints: constraint.nodeTaintsPolicy === "Honor",
      hard: constraint.whenUnsatisfiable === "DoNotSchedule",
    }));
  }

  /** Whether volumes have a say in where it goes. */
  get hasVolumes(): boolean {
    return this.#hasClaims || this.disks.length > 0;
  }

  /** The keys of the claims that a Pod of this profile uses. */
  claimsOf(pod: Pod): readonly string[] {
    if (!this.#hasClaims) return [];
    return claimNamesOf(pod).map((name) => `${pod.metadata.namespace}/${name}`);
  }

  verdictOn({ node, serial }: NodeState): NodeVerdict {
    const known = this.#verdicts[serial];
    if (known !== undefined && known.node === node) return known;
    const { spec } = this.example;
    const taints = node.spec?.taints;
    const preferences = spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    const verdict = {
      node,
      cordoned: (node.spec?.unschedulable ?? false) && !isTolerated(CORDON, spec.tolerations),
      selected: matchesNodeSelection(spec, node),
      untolerated: taints !== undefined && untoleratedTaint(taints, spec.tolerations) !== undefined,
      discouraging: taints === undefined ? 0 : discouragingTaints(taints, spec.tolerations),
      preferred: preferences.length === 0 ? 0 : preferenceWeight(preferences, node),
    };
    this.#verdicts[serial] = verdict;
    return verdict;
  }
}

const CORDON = { key: UNSCHEDULABLE, effect: "NoSchedule" };

const carried = ({ term, topologyKey }: DomainTerm, forbids: boolean, weight: number): CarriedTerm => ({
  key: JSON.stringify([term.key, topologyKey, forbids, weight]),
  term,
  topologyKey,
  forbids,
  weight,
});

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
    spec.volumes?.map(({ persistentVolumeClaim, ephemeral, name }) =>
      persistentVolumeClaim ? [persistentVolumeClaim.claimName] : ephemeral ? [metadata.name, name] : undefined,
    ),
    disksOf(spec),
    spec.resourceClaims,
    spec.priority,
    spec.preemptionPolicy,
  ]);
}

const needsOf = ({ resources, ports, restartPolicy }: Container) => [resources, ports, restartPolicy];
