import { declaredPorts, protocolOf } from "../network/service-ports.js";
import type { PodTemplate } from "../pods/pod-template.js";
import type { AddressSpan } from "./address-spans.js";

/** Where traffic comes from or goes to. `id` tells the endpoints of one `Reachability` apart. */
export type Endpoint = PodEndpoint | HiddenEndpoint | AddressEndpoint | NodeEndpoint;

/** The Pods that one template makes. */
export interface PodEndpoint {
  readonly kind: "pods";
  readonly id: number;
  readonly pod: PodTemplate;
  /** As written, or the one taken where none is written; it may hold a placeholder. */
  readonly namespace: string;
  readonly hostNetwork: boolean;
}

/** Pods that are in no manifest, of which little is known. */
export interface HiddenEndpoint {
  readonly kind: "hidden";
  readonly id: number;
  /** `the ingress controller`. */
  readonly name: string;
  readonly namespace: string | undefined;
  /** Those that are known; there may be more. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Addresses outside of the cluster. */
export interface AddressEndpoint {
  readonly kind: "addresses";
  readonly id: number;
  /** `203.0.113.0/24`, `internet`. */
  readonly name: string;
  /** Undefined where only a name is known. */
  readonly spans: readonly AddressSpan[] | undefined;
}

/** The node that a Pod runs on. */
export interface NodeEndpoint {
  readonly kind: "node";
  readonly id: number;
}

/** What is asked about a destination: a port, or with no number one that no rule names. */
export interface TrafficPort {
  readonly protocol: string;
  readonly number: number | undefined;
}

/** Traffic of one protocol to one port. */
export interface Traffic {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly port: TrafficPort;
}

/** The ports that a Pod's containers declare, each once, in their order; ports yet to be filled in are left out. */
export function declaredTrafficPorts(pod: PodTemplate): TrafficPort[] {
  const ports = new Map<string, TrafficPort>();
  for (const { port } of declaredPorts(pod)) {
    const number: unknown = port.containerPort;
    if (typeof number !== "number") continue;
    const protocol = protocolOf(port);
    ports.set(portText({ protocol, number }), { protocol, number });
  }
  return [...ports.values()];
}

/** `TCP 8080`, `TCP on any other port`. */
export const portText = ({ protocol, number }: TrafficPort): string =>
  number === undefined ? `any other ${protocol} port` : `${protocol} ${number}`;
