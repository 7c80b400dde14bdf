import type { Container, Pod, PodSpec, WeightedPodAffinityTerm } from "../../apis/types/core.v1.generated.js";
import { keyOf } from "../simulation/resources.js";
import { type HostPort, hostPortsOf } from "./host-ports.js";
import { NodeFit } from "./node-fit.js";
import { nodesNamedBy } from "./node-selectors.js";
import { assumedRequests, type Numbers, podRequests } from "./pod-requests.js";
import { affinityTerm, type PodTerm, spreadTerm } from "./pod-terms.js";
import { claimNamesOf, type Disk, disksOf } from "./pod-volumes.js";

/** A Pod with what the scheduler makes of it. */
export interface PlacedPod {
  readonly key: string;
  readonly pod: Pod;
  readonly profile: PodProfile;
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
  /** What nodes say to such a Pod by themselves; shared by all that ask them for the same. */
  readonly fit: NodeFit;
  readonly #hasClaims: boolean;

  constructor(
    readonly key: string,
    example: Pod,
    fits: Map<string, NodeFit>,
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
    this.fit = fitOf(spec, this, fits);
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
}

const carried = ({ term, topologyKey }: DomainTerm, forbids: boolean, weight: number): CarriedTerm => ({
  key: JSON.stringify([term.key, topologyKey, forbids, weight]),
  term,
  topologyKey,
  forbids,
  weight,
});

function fitOf(
  { nodeSelector, affinity, tolerations }: PodSpec,
  { requests, assumed, hostPorts }: Pick<PodProfile, "requests" | "assumed" | "hostPorts">,
  fits: Map<string, NodeFit>,
): NodeFit {
  const key = JSON.stringify([nodeSelector, affinity?.nodeAffinity, tolerations, requests, assumed, hostPorts]);
  let fit = fits.get(key);
  if (fit === undefined) {
    fit = new NodeFit({ nodeSelector, affinity, tolerations, requests, assumed, hostPorts });
    fits.set(key, fit);
  }
  return fit;
}

/** Gives Pods that are alike one profile. */
export class PodProfiles {
  readonly #known = new Map<string, PodProfile>();
  readonly #fits = new Map<string, NodeFit>();
  /** By the list of containers, which the Pods of one template share before and after they are bound. */
  readonly #latest = new WeakMap<readonly Container[], { readonly pod: Pod; readonly profile: PodProfile }>();

  of(pod: Pod): PodProfile {
    const { containers } = pod.spec;
    const latest = containers ? this.#latest.get(containers) : undefined;
    if (latest !== undefined && haveSameParts(latest.pod, pod)) return latest.profile;
    const key = profileKey(pod);
    const profile = this.#known.get(key) ?? new PodProfile(key, pod, this.#fits);
    this.#known.set(key, profile);
    if (containers) this.#latest.set(containers, { pod, profile });
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

/** The parts of a Pod's spec that `profileKey` reads, beside its containers. */
const READ = [
  "nodeSelector",
  "affinity",
  "tolerations",
  "topologySpreadConstraints",
  "initContainers",
  "overhead",
  "resources",
  "volumes",
  "resourceClaims",
  "priority",
  "preemptionPolicy",
] as const;

/** Whether two Pods with the same list of containers share all that a profile is made of. Claims of a Pod's own have its name. */
function haveSameParts(a: Pod, b: Pod): boolean {
  const [one, other] = [a.metadata, b.metadata];
  return (
    one.labels === other.labels &&
    one.namespace === other.namespace &&
    one.ownerReferences?.[0]?.uid === other.ownerReferences?.[0]?.uid &&
    READ.every((name) => a.spec[name] === b.spec[name]) &&
    (one.name === other.name || a.spec.volumes === undefined || a.spec.volumes.every(({ ephemeral }) => !ephemeral))
  );
}

const needsOf = ({ resources, ports, restartPolicy }: Container) => [resources, ports, restartPolicy];
