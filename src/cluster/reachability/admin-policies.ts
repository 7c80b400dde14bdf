import type { LabelSelector } from "kubernetes-types/meta/v1.js";
import { isPlaceholder } from "../../schema/placeholder.js";
import type { Resource } from "../resource.js";
import { type AddressSpan, parseSpan } from "./address-spans.js";
import {
  type Action,
  asPeer,
  asSelector,
  type Direction,
  objectsIn,
  type PeerTest,
  type Policy,
  type PolicyPort,
  type Rule,
} from "./policies.js";

/** The group of the policies that administrators set: https://network-policy-api.sigs.k8s.io/reference/spec/ */
export const ADMIN_POLICY_GROUP = "policy.networking.k8s.io";

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Fields) : {};

/** An AdminNetworkPolicy or BaselineAdminNetworkPolicy; custom kinds, so any field may hold anything. */
export function readAdminPolicy(resource: Resource): Policy {
  const spec = fieldsOf((resource.object as { spec?: unknown }).spec);
  return {
    resource,
    subject: asPeer("spec.subject", readPeer(fieldsOf(spec.subject))),
    ingress: rules(spec.ingress, "ingress"),
    egress: rules(spec.egress, "egress"),
    priority: typeof spec.priority === "number" ? spec.priority : undefined,
  };
}

function rules(list: unknown, direction: Direction): Rule[] {
  const field = direction === "ingress" ? "from" : "to";
  return objectsIn(list).flatMap(({ i, item }) => {
    const at = `spec.${direction}[${i}]`;
    const { action } = item;
    if (action !== "Allow" && action !== "Deny" && action !== "Pass") return [];
    const ports = objectsIn(item.ports);
    const peers = objectsIn(item[field]).flatMap(({ i: j, item: peer }) =>
      asPeer(`${at}.${field}[${j}]`, readPeer(peer)),
    );
    return [
      {
        at,
        action: action satisfies Action,
        peers,
        ports: ports.length > 0 ? ports.map((port) => readPort(port.item)) : undefined,
      },
    ];
  });
}

/** Subjects are written like peers. */
function readPeer({ namespaces, pods, nodes, networks, domainNames }: Fields): PeerTest {
  const ofNamespaces = asSelector(namespaces);
  if (ofNamespaces) return byLabels(ofNamespaces, undefined);
  if (asSelector(pods)) {
    const { namespaceSelector, podSelector } = fieldsOf(pods);
    return byLabels(asSelector(namespaceSelector) ?? {}, asSelector(podSelector));
  }
  if (asSelector(nodes)) return { by: "nodes" };
  if (Array.isArray(networks)) {
    const spans = networks.map((text) => parseSpan(String(text)));
    return spans.includes(undefined) ? { by: "nothing known" } : { by: "addresses", spans: spans as AddressSpan[] };
  }
  if (Array.isArray(domainNames)) return { by: "domains", names: domainNames.map(String) };
  return { by: "nothing known" };
}

const byLabels = (namespaceSelector: LabelSelector, podSelector: LabelSelector | undefined): PeerTest => ({
  by: "labels",
  namespace: undefined,
  namespaceSelector,
  podSelector,
  withHostNetwork: false,
});

function readPort({ portNumber, portRange, namedPort }: Fields): PolicyPort {
  if (typeof namedPort === "string")
    return { protocol: undefined, range: isPlaceholder(namedPort) ? "unknown" : { name: namedPort } };
  const one = fieldsOf(portNumber);
  const range = fieldsOf(portRange);
  const protocol = String((portNumber ? one : range).protocol ?? "TCP");
  const [first, last] = portNumber ? [one.port, one.port] : [range.start, range.end];
  return typeof first === "number" && typeof last === "number" && !isPlaceholder(protocol)
    ? { protocol, range: { first, last } }
    : { protocol: undefined, range: "unknown" };
}
