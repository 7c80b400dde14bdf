import type { LabelSelector } from "kubernetes-types/meta/v1.js";
import type { Resource } from "../resource.js";
import type { AddressSpan } from "./address-spans.js";

export type Direction = "ingress" | "egress";
export type Action = "Allow" | "Deny" | "Pass";

/** Who is at the other end, as a policy says it. */
export type PeerTest =
  /** Without a namespaceSelector: Pods of the namespace; without a podSelector: all Pods there. */
  | {
      readonly by: "labels";
      readonly namespace: string | undefined;
      readonly namespaceSelector: LabelSelector | undefined;
      readonly podSelector: LabelSelector | undefined;
      /** Admin policies leave Pods on the host's network out. */
      readonly withHostNetwork: boolean;
    }
  | { readonly by: "addresses"; readonly spans: readonly AddressSpan[] }
  | { readonly by: "nodes" }
  | { readonly by: "domains"; readonly names: readonly string[] }
  /** Placeholders, or what the API server refuses. */
  | { readonly by: "nothing known" };

export interface Peer {
  /** `spec.ingress[0].from[1]`. */
  readonly at: string;
  readonly test: PeerTest;
  /** Equal for peers that ask the same. */
  readonly key: string;
}

/** One entry of `ports`. */
export interface PolicyPort {
  /** Undefined: any, as a named port of an admin policy has it. */
  readonly protocol: string | undefined;
  readonly range:
    | { readonly first: number; readonly last: number }
    | { readonly name: string }
    /** Every port of the protocol. */
    | "all"
    /** A placeholder. */
    | "unknown";
}

export interface Rule {
  /** `spec.ingress[0]`. */
  readonly at: string;
  readonly action: Action;
  /** Undefined: everybody. */
  readonly peers: readonly Peer[] | undefined;
  /** Undefined: every port of every protocol. */
  readonly ports: readonly PolicyPort[] | undefined;
}

/** A policy of whichever kind. The rules of a direction are undefined where the policy does not carry it. */
export interface Policy {
  readonly resource: Resource;
  readonly subject: Peer;
  readonly ingress: readonly Rule[] | undefined;
  readonly egress: readonly Rule[] | undefined;
  /** Of AdminNetworkPolicies; undefined where it is a placeholder or missing. */
  readonly priority?: number;
}

export const asPeer = (at: string, test: PeerTest): Peer => ({
  at,
  test,
  key: JSON.stringify(test, (_, value) => (typeof value === "bigint" ? value.toString() : value)),
});

/** A list of a field of any shape: what is no object is left out, but keeps its index. */
export function objectsIn(value: unknown): { readonly i: number; readonly item: Readonly<Record<string, unknown>> }[] {
  return Array.isArray(value)
    ? value.flatMap((item, i) => (item !== null && typeof item === "object" ? [{ i, item }] : []))
    : [];
}

/** The selector as one, whatever a custom kind's field holds; undefined where it is none. */
export function asSelector(value: unknown): LabelSelector | undefined {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return undefined;
  const { matchLabels, matchExpressions } = value as Record<string, unknown>;
  return {
    matchLabels:
      matchLabels !== null && typeof matchLabels === "object"
        ? Object.fromEntries(Object.entries(matchLabels).map(([key, text]) => [key, String(text)]))
        : {},
    matchExpressions: objectsIn(matchExpressions).map(({ item }) => ({
      key: String(item.key),
      operator: String(item.operator),
      values: Array.isArray(item.values) ? item.values.map(String) : [],
    })),
  };
}
