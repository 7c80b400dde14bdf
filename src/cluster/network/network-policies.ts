import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from "kubernetes-types/networking/v1.js";
import type { Resource } from "../resource.js";

/** A peer of a policy with its place. */
export interface PolicyPeer {
  /** `spec.ingress[0].from[1]`. */
  readonly at: string;
  readonly peer: NetworkPolicyPeer;
}

/** One rule of a policy. */
export interface PolicyRule {
  readonly direction: "ingress" | "egress";
  readonly peers: readonly PolicyPeer[];
  readonly ports: readonly { readonly at: string; readonly port: NetworkPolicyPort }[];
}

export function policyRules(policy: Resource<NetworkPolicy>): PolicyRule[] {
  const rule = (
    direction: PolicyRule["direction"],
    i: number,
    field: "from" | "to",
    peers: readonly NetworkPolicyPeer[] | undefined,
    ports: readonly NetworkPolicyPort[] | undefined,
  ): PolicyRule => ({
    direction,
    peers: (peers ?? []).map((peer, j) => ({ at: `spec.${direction}[${i}].${field}[${j}]`, peer })),
    ports: (ports ?? []).map((port, j) => ({ at: `spec.${direction}[${i}].ports[${j}]`, port })),
  });
  return [
    ...(policy.spec?.ingress ?? []).map((each, i) => rule("ingress", i, "from", each?.from, each?.ports)),
    ...(policy.spec?.egress ?? []).map((each, i) => rule("egress", i, "to", each?.to, each?.ports)),
  ];
}
