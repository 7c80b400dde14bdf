import type { Cluster } from "../cluster.js";
import type { PodTemplate } from "../pods/pod-template.js";
import type { Resource } from "../resource.js";
import { PUBLIC_SPANS, parseSpan } from "./address-spans.js";
import { bothAllow, type ReachAnswer, type SideAnswer, type Verdict } from "./answers.js";
import { type Decision, decide, decision, type SelectingPolicies } from "./decide.js";
import type {
  AddressEndpoint,
  Endpoint,
  HiddenEndpoint,
  NodeEndpoint,
  PodEndpoint,
  Traffic,
  TrafficPort,
} from "./endpoints.js";
import { type Answer, matchPeer } from "./matching.js";
import { NamespaceLabels } from "./namespace-labels.js";
import type { Direction, Peer, Policy } from "./policies.js";
import { PolicyIndex } from "./policy-index.js";

/**
 * Who reaches whom, by the policies of the input alone: https://kubernetes.io/docs/concepts/services-networking/network-policies/.
 * Whether something listens, and whether routes and firewalls lead there, is not asked.
 */
export class Reachability {
  readonly cluster: Cluster;
  readonly namespaces: NamespaceLabels;
  readonly #defaultNamespace: string;
  readonly #policies: PolicyIndex;
  readonly #pods = new Map<PodTemplate, PodEndpoint>();
  readonly #selecting = new Map<PodEndpoint, SelectingPolicies>();
  /** By the question that peers ask, the answers by endpoint. */
  readonly #answers = new Map<string, Answer[]>();
  readonly #answersOf = new Map<Peer, Answer[]>();
  #dnsServer: HiddenEndpoint | undefined;
  #ids = 0;

  constructor(cluster: Cluster, defaultNamespace = "default") {
    this.cluster = cluster;
    this.#defaultNamespace = defaultNamespace;
    this.namespaces = new NamespaceLabels(cluster);
    this.#policies = new PolicyIndex(cluster, this.namespaces, (resource) => this.namespaceOf(resource));
  }

  /** Every policy of the input. */
  get policies(): readonly Policy[] {
    return this.#policies.all;
  }

  /** The namespace of an object; where none is written, the one taken for it. */
  namespaceOf(resource: Resource): string {
    return resource.namespace || this.#defaultNamespace;
  }

  /** The Pods that a template makes. */
  podEndpoint(pod: PodTemplate): PodEndpoint {
    const known = this.#pods.get(pod);
    if (known) return known;
    const endpoint: PodEndpoint = {
      kind: "pods",
      id: this.#ids++,
      pod,
      namespace: this.namespaceOf(pod.owner),
      hostNetwork: pod.spec.hostNetwork === true,
    };
    this.#pods.set(pod, endpoint);
    return endpoint;
  }

  /** Addresses outside of the cluster: an IP address, a CIDR, or `internet`; undefined for another text. */
  addresses(text: string): AddressEndpoint | undefined {
    const span = text === "internet" ? undefined : parseSpan(text);
    const spans = text === "internet" ? PUBLIC_SPANS : span && [span];
    return spans && { kind: "addresses", id: this.#ids++, name: text, spans };
  }

  /** A host outside of the cluster of which only the name is known. */
  namedHost(name: string): AddressEndpoint {
    return { kind: "addresses", id: this.#ids++, name, spans: undefined };
  }

  /** Pods that no manifest shows. */
  hiddenPods(name: string, namespace?: string, labels: Readonly<Record<string, string>> = {}): HiddenEndpoint {
    return { kind: "hidden", id: this.#ids++, name, namespace, labels };
  }

  /** The cluster's DNS server. */
  get dnsServer(): HiddenEndpoint {
    this.#dnsServer ??= this.hiddenPods("the DNS server of the cluster", "kube-system", { "k8s-app": "kube-dns" });
    return this.#dnsServer;
  }

  /** The node of whichever Pod is at the other end. */
  node(): NodeEndpoint {
    return { kind: "node", id: this.#ids++ };
  }

  /** Whether traffic is allowed by both ends. */
  reach(from: Endpoint, to: Endpoint, port: TrafficPort): ReachAnswer {
    const traffic = { from, to, port };
    const egress = this.#side("egress", traffic);
    const ingress = this.#side("ingress", traffic);
    return { ...traffic, verdict: bothAllow(egress.verdict, ingress.verdict), egress, ingress };
  }

  /** The same without what decides, for those who ask often. */
  verdict(from: Endpoint, to: Endpoint, port: TrafficPort): Verdict {
    const traffic = { from, to, port };
    const out = this.#decide("egress", traffic, from, to).verdict;
    return out === "denied" ? out : bothAllow(out, this.#decide("ingress", traffic, to, from).verdict);
  }

  /** The policies that select a Pod, or may. */
  selecting(endpoint: PodEndpoint): SelectingPolicies {
    let known = this.#selecting.get(endpoint);
    if (!known) {
      known = this.#policies.selecting(endpoint);
      this.#selecting.set(endpoint, known);
    }
    return known;
  }

  /** Whether an endpoint is among a rule's peers. */
  matches(peer: Peer, endpoint: Endpoint): Answer {
    let answers = this.#answersOf.get(peer);
    if (!answers) {
      answers = this.#answers.get(peer.key) ?? [];
      this.#answers.set(peer.key, answers);
      this.#answersOf.set(peer, answers);
    }
    answers[endpoint.id] ??= matchPeer(peer.test, endpoint, this.namespaces);
    return answers[endpoint.id]!;
  }

  #side(direction: Direction, traffic: Traffic): SideAnswer {
    const [endpoint, other] =
      direction === "egress" ? [traffic.from, traffic.to] : ([traffic.to, traffic.from] as const);
    return { direction, endpoint, ...this.#decide(direction, traffic, endpoint, other) };
  }

  #decide(direction: Direction, traffic: Traffic, endpoint: Endpoint, other: Endpoint): Decision {
    if (endpoint.kind !== "pods") return NO_POD;
    // https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation
    if (endpoint === other && endpoint.pod.path === "" && endpoint.pod.owner.kind === "Pod") return SAME_POD;
    if (other.kind === "node") return NODE;
    const decided = decide(direction, this.selecting(endpoint), traffic, (peer) => this.matches(peer, other));
    if (decided.verdict === "allowed") return decided;
    // https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-and-hostnetwork-pods
    return endpoint.hostNetwork || (other.kind === "pods" && other.hostNetwork)
      ? { ...decided, verdict: "unknown", reason: "host network" }
      : decided;
  }
}

const NO_POD = decision("allowed", "no Pod");
const SAME_POD = decision("allowed", "same Pod");
const NODE = decision("allowed", "node");

const made = new WeakMap<Cluster, Reachability>();

/** Who reaches whom in a cluster; worked out once for all that ask. */
export function reachabilityOf(cluster: Cluster): Reachability {
  const known = made.get(cluster) ?? new Reachability(cluster);
  made.set(cluster, known);
  return known;
}

/** Whether the Pods of one template reach those of another on a port, as far as policies say. */
export function reach(cluster: Cluster, from: PodTemplate, to: PodTemplate, port: TrafficPort): ReachAnswer {
  const reachability = reachabilityOf(cluster);
  return reachability.reach(reachability.podEndpoint(from), reachability.podEndpoint(to), port);
}
