import type { LabelSelector } from "kubernetes-types/meta/v1.js";
import type {
  NetworkPolicy,
  NetworkPolicyEgressRule,
  NetworkPolicyIngressRule,
  NetworkPolicyPeer,
  NetworkPolicyPort,
} from "kubernetes-types/networking/v1.js";
import { isPlaceholder } from "../../schema/placeholder.js";
import type { Resource } from "../resource.js";
import { parseSpan, subtract } from "./address-spans.js";
import {
  asPeer,
  asSelector,
  type Direction,
  objectsIn,
  type PeerTest,
  type Policy,
  type PolicyPort,
  type Rule,
} from "./policies.js";

/**
 * A NetworkPolicy as the network reads it. Where `policyTypes` is not given it is ingress, and egress if there are rules
 * for it: https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
 */
export function readNetworkPolicy(resource: Resource<NetworkPolicy>, namespace: string): Policy {
  const { policyTypes, podSelector, ingress, egress } = resource.spec ?? {};
  const types: readonly string[] =
    Array.isArray(policyTypes) && policyTypes.length > 0
      ? policyTypes
      : ["Ingress", ...(Array.isArray(egress) && egress.length > 0 ? ["Egress"] : [])];
  return {
    resource,
    subject: asPeer("spec.podSelector", labels(namespace, undefined, asSelector(podSelector))),
    ingress: types.includes("Ingress") ? rules(ingress, "ingress", namespace) : undefined,
    egress: types.includes("Egress") ? rules(egress, "egress", namespace) : undefined,
  };
}

type AnyRule = NetworkPolicyIngressRule & NetworkPolicyEgressRule;

function rules(list: readonly AnyRule[] | undefined, direction: Direction, namespace: string): Rule[] {
  const field = direction === "ingress" ? "from" : "to";
  // A rule that is null is one with nothing in it, which allows everything.
  return (Array.isArray(list) ? list : []).map((each: AnyRule | null, i) => {
    const at = `spec.${direction}[${i}]`;
    const peers = objectsIn(each?.[field]);
    const ports = objectsIn(each?.ports);
    return {
      at,
      action: "Allow",
      peers:
        peers.length > 0
          ? peers.map(({ i: j, item }) =>
              asPeer(`${at}.${field}[${j}]`, readPeer(item as NetworkPolicyPeer, namespace)),
            )
          : undefined,
      ports: ports.length > 0 ? ports.map(({ item }) => readPort(item as unknown as NetworkPolicyPort)) : undefined,
    };
  });
}

const labels = (
  namespace: string | undefined,
  namespaceSelector: LabelSelector | undefined,
  podSelector: LabelSelector | undefined,
): PeerTest => ({ by: "labels", namespace, namespaceSelector, podSelector, withHostNetwork: true });

function readPeer({ ipBlock, namespaceSelector, podSelector }: NetworkPolicyPeer, namespace: string): PeerTest {
  if (ipBlock) {
    const block = parseSpan(String(ipBlock.cidr));
    const except = (Array.isArray(ipBlock.except) ? ipBlock.except : []).map((text) => parseSpan(String(text)));
    if (!block || except.includes(undefined)) return { by: "nothing known" };
    return { by: "addresses", spans: subtract([block], except as (typeof block)[]) };
  }
  const [ofNamespaces, ofPods] = [asSelector(namespaceSelector), asSelector(podSelector)];
  if (!ofNamespaces && !ofPods) return { by: "nothing known" };
  return labels(ofNamespaces ? undefined : namespace, ofNamespaces, ofPods);
}

function readPort({ port, endPort, protocol }: NetworkPolicyPort): PolicyPort {
  const of = protocol || "TCP";
  if (isPlaceholder(of) || isPlaceholder(port) || isPlaceholder(endPort))
    return { protocol: undefined, range: "unknown" };
  if (port === undefined || port === null) return { protocol: of, range: "all" };
  if (typeof port === "number")
    return { protocol: of, range: { first: port, last: typeof endPort === "number" ? endPort : port } };
  return { protocol: of, range: { name: port } };
}
