import type { Resource } from "../resource.js";
import type { Endpoint, TrafficPort } from "./endpoints.js";
import type { Direction, PolicyPort } from "./policies.js";

export type Verdict = "allowed" | "denied" | "unknown";

/** Why it cannot be told whether something matches. */
export type Doubt =
  /** A namespace that is in no manifest has labels that nobody knows. */
  | "namespace labels"
  | "placeholder"
  /** Pods that are in no manifest. */
  | "hidden Pods"
  /** Whether a block holds the address that a Pod gets. */
  | "Pod address"
  /** Some of the addresses that are asked about. */
  | "some addresses"
  /** A name whose addresses are not known, or a domain name as a peer. */
  | "domain name"
  /** The addresses and labels of nodes. */
  | "node address"
  /** Network plugins differ on Pods that use the network of their node. */
  | "host network"
  /** Labels that a controller gives each Pod. */
  | "generated label"
  | "named port";

/** A place in a policy. */
export interface PolicyPlace {
  readonly policy: Resource;
  /** `spec.ingress[0]`. */
  readonly at: string;
}

/** A rule that may match. */
export interface PossibleRule extends PolicyPlace {
  readonly doubt: Doubt;
}

/** A rule for the right peer and another port. */
export interface NearRule extends PolicyPlace {
  readonly ports: readonly PolicyPort[];
}

/** What one end of the traffic allows, and what decides. */
export interface SideAnswer {
  readonly direction: Direction;
  /** Whose policies are asked: the source for egress, the target for ingress. */
  readonly endpoint: Endpoint;
  readonly verdict: Verdict;
  readonly reason: /** No Pod of the input, so no policy selects it. */
    | "no Pod"
    /** A Pod reaches itself, and its node reaches it. */
    | "same Pod"
    | "node"
    | "not isolated"
    /** A rule of a NetworkPolicy allows it. */
    | "rule"
    /** Policies isolate the Pod, and none of their rules allows it. */
    | "isolated"
    /** A rule of an AdminNetworkPolicy or the BaselineAdminNetworkPolicy decides. */
    | "admin rule"
    | "baseline rule"
    /** One of the ends is on the network of its node. */
    | "host network"
    /** Rules that may match, or policies that may select the Pod, would make a difference. */
    | "possible rules";
  /** The rule that decides; where isolated, the policies that select the Pod. */
  readonly places: readonly PolicyPlace[];
  readonly possible: readonly PossibleRule[];
  readonly near: readonly NearRule[];
}

/** Whether traffic gets from one endpoint to another: both ends have to allow it. */
export interface ReachAnswer {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly port: TrafficPort;
  readonly verdict: Verdict;
  readonly egress: SideAnswer;
  readonly ingress: SideAnswer;
}

/** Allowed only where all are, denied where one is. */
export const bothAllow = (a: Verdict, b: Verdict): Verdict =>
  a === "denied" || b === "denied" ? "denied" : a === "allowed" && b === "allowed" ? "allowed" : "unknown";
