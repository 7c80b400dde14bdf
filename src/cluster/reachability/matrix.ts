import { declaredPorts, protocolOf } from "../network/service-ports.js";
import type { ReachAnswer, Verdict } from "./answers.js";
import { podDestinations } from "./destinations.js";
import type { Endpoint, PodEndpoint, TrafficPort } from "./endpoints.js";
import type { Reachability } from "./reachability.js";

/** Pods that no policy tells apart, and that declare the same ports. */
export interface MatrixGroup {
  readonly members: readonly Endpoint[];
}

/** What one group sends to another, over the ports that the target declares. */
export interface MatrixCell {
  /** `partly`: some ports are allowed and others are not. */
  readonly verdict: Verdict | "partly";
  readonly ports: readonly { readonly port: TrafficPort; readonly verdict: Verdict }[];
}

export interface Matrix {
  readonly groups: readonly MatrixGroup[];
  /** By source and target; undefined from outside to outside. Equal cells of a column are one. */
  readonly cells: readonly (readonly (MatrixCell | undefined)[])[];
  /** What decides, port by port. Worked out when asked for: all of them would fill the memory. */
  answers(from: number, to: number): ReachAnswer[];
}

/** Everything to everything: the Pods of the input and the internet. Pods alike are asked about once. */
export function matrixOf(reachability: Reachability): Matrix {
  const pods = reachability.cluster.podTemplates
    .filter(({ owner }) => owner.kind !== "PodTemplate")
    .map((pod) => reachability.podEndpoint(pod));
  const byLikeness = new Map<string, PodEndpoint[]>();
  const identify = likeness(reachability);
  for (const endpoint of pods) {
    const key = identify(endpoint);
    const alike = byLikeness.get(key);
    if (alike) alike.push(endpoint);
    else byLikeness.set(key, [endpoint]);
  }
  const internet = reachability.addresses("internet")!;
  const groups: MatrixGroup[] = [...[...byLikeness.values()].map((members) => ({ members })), { members: [internet] }];
  const ports = groups.map(({ members: [first] }) =>
    first!.kind === "pods"
      ? podDestinations(reachability, first!, { port: undefined, protocol: undefined }).destinations.map(
          ({ port }) => port,
        )
      : OUTSIDE_PORTS,
  );
  const sources = groups.map(({ members: [first] }) => first!);
  // Within a group, one member to another.
  const targetOf = (from: number, to: number): Endpoint => (from === to && groups[to]!.members[1]) || sources[to]!;
  const made = groups.map(() => new Map<string, MatrixCell>());
  const cells = groups.map((_, from) =>
    groups.map((__, to) => {
      if (sources[from]!.kind === "addresses" && from === to) return undefined;
      const target = targetOf(from, to);
      const verdicts = ports[to]!.map((port) => reachability.verdict(sources[from]!, target, port));
      const key = verdicts.join();
      const known = made[to]!.get(key) ?? cellOf(ports[to]!, verdicts);
      made[to]!.set(key, known);
      return known;
    }),
  );
  return {
    groups,
    cells,
    answers: (from, to) => ports[to]!.map((port) => reachability.reach(sources[from]!, targetOf(from, to), port)),
  };
}

/** What is asked about addresses outside: the port of the web, and one that no rule names. */
const OUTSIDE_PORTS: readonly TrafficPort[] = [
  { protocol: "TCP", number: 443 },
  { protocol: "TCP", number: undefined },
];

/** The verdict over several ports. */
function cellOf(ports: readonly TrafficPort[], verdicts: readonly Verdict[]): MatrixCell {
  const different = new Set(verdicts);
  const [only = "unknown"] = different;
  const verdict = different.size <= 1 ? only : different.has("allowed") ? "partly" : "unknown";
  return { verdict, ports: ports.map((port, i) => ({ port, verdict: verdicts[i]! })) };
}

/** Equal for Pods that every policy and every rule treats the same. */
function likeness(reachability: Reachability): (endpoint: PodEndpoint) => string {
  const peers = new Map(
    reachability.policies
      .flatMap(({ ingress = [], egress = [] }) => [...ingress, ...egress])
      .flatMap((rule) => rule.peers ?? [])
      .map((peer) => [peer.key, peer]),
  );
  const distinct = [...peers.values()];
  const numbers = new Map(reachability.policies.map((policy, i) => [policy, i]));
  return (endpoint) => {
    const { admin, network, baseline } = reachability.selecting(endpoint);
    const selecting = [...admin, ...network, ...baseline].map(
      ({ policy, selects }) => `${numbers.get(policy)}${selects === "yes" ? "" : selects}`,
    );
    const answers = distinct.map((peer) => {
      const answer = reachability.matches(peer, endpoint);
      return answer === "yes" ? "1" : answer === "no" ? "0" : answer;
    });
    const ports = declaredPorts(endpoint.pod).map(
      ({ port }) => `${port.name ?? ""}/${protocolOf(port)}/${port.containerPort}`,
    );
    return [selecting.join(","), answers.join(""), ports.join(","), endpoint.hostNetwork].join("|");
  };
}
