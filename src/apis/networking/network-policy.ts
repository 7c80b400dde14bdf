import type { KindRules } from "../kind-rules.js";
import { rangeWarnings } from "../meta/address-warnings.js";
import { checkCidr, type IpRange } from "../meta/addresses.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { validateLabelSelector } from "../meta/label-selector.js";
import { dnsSubdomainFault } from "../meta/names.js";
import { checkChoice, checkPort, checkPortNumber } from "../meta/values.js";
import type {
  IPBlock,
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicySpec,
} from "../types/networking.v1.generated.js";

const SPEC = FieldPath.of("spec");
const PROTOCOLS = ["TCP", "UDP", "SCTP"];
const WARNS_OF_RANGES_FROM = 33;
const POLICY_TYPES = ["Ingress", "Egress"];

interface Direction {
  readonly at: FieldPath;
  readonly ports: readonly NetworkPolicyPort[];
  readonly peersAt: FieldPath;
  readonly peers: readonly NetworkPolicyPeer[];
}

/** The rules of both directions, ingress first. */
function* directionsOf(spec: NetworkPolicySpec): Generator<Direction> {
  for (const [i, { ports = [], from = [] }] of (spec.ingress ?? []).entries()) {
    const at = SPEC.child("ingress").index(i);
    yield { at, ports, peersAt: at.child("from"), peers: from };
  }
  for (const [i, { ports = [], to = [] }] of (spec.egress ?? []).entries()) {
    const at = SPEC.child("egress").index(i);
    yield { at, ports, peersAt: at.child("to"), peers: to };
  }
}

/** https://kubernetes.io/docs/concepts/services-networking/network-policies/ */
export const NETWORK_POLICY: KindRules<NetworkPolicy> = {
  defaults({ spec }) {
    for (const { ports } of directionsOf(spec)) for (const port of ports) port.protocol ??= "TCP";
    if ((spec.policyTypes?.length ?? 0) === 0) spec.policyTypes = spec.egress?.length ? POLICY_TYPES : ["Ingress"];
  },
  nameForm: dnsSubdomainFault,
  validate({ spec }, errors) {
    validateLabelSelector(spec.podSelector, SPEC.child("podSelector"), errors);
    for (const { at, ports, peersAt, peers } of directionsOf(spec)) {
      ports.forEach((port, i) => void validatePort(port, at.child("ports").index(i), errors));
      peers.forEach((peer, i) => void validatePeer(peer, peersAt.index(i), errors));
    }
    const types = spec.policyTypes ?? [];
    const typesAt = SPEC.child("policyTypes");
    if (types.length > POLICY_TYPES.length)
      errors.invalid(typesAt, undefined, `has ${types.length} items, and there are two types of policies`);
    else types.forEach((type, i) => void checkChoice(type, POLICY_TYPES, typesAt.index(i), errors));
  },
  warnings({ spec }, warn, { minor }) {
    if (minor < WARNS_OF_RANGES_FROM) return;
    for (const { peersAt, peers } of directionsOf(spec))
      peers.forEach(({ ipBlock }, i) => {
        if (ipBlock === undefined) return;
        const at = peersAt.index(i).child("ipBlock");
        rangeWarnings(ipBlock.cidr, `${at}.cidr`).forEach(warn);
        ipBlock.except?.forEach((except, j) => void rangeWarnings(except, `${at}.except[${j}]`).forEach(warn));
      });
  },
};

function validatePort({ protocol, port, endPort }: NetworkPolicyPort, at: FieldPath, errors: FieldErrors): void {
  if (protocol !== undefined) checkChoice(protocol, PROTOCOLS, at.child("protocol"), errors);
  const endAt = at.child("endPort");
  if (port === undefined) {
    if (endPort !== undefined) errors.invalid(endAt, endPort, "ends a range of ports that has no port to start with");
    return;
  }
  checkPort(port, at.child("port"), errors);
  if (endPort === undefined) return;
  if (typeof port === "string") errors.invalid(endAt, endPort, "ends a range of ports that starts with a name");
  else {
    if (endPort < port) errors.invalid(endAt, endPort, `is less than port, ${port}`);
    checkPortNumber(endPort, endAt, errors);
  }
}

function validatePeer(peer: NetworkPolicyPeer, at: FieldPath, errors: FieldErrors): void {
  const { podSelector, namespaceSelector, ipBlock } = peer;
  validateLabelSelector(podSelector, at.child("podSelector"), errors);
  validateLabelSelector(namespaceSelector, at.child("namespaceSelector"), errors);
  if (ipBlock !== undefined) validateBlock(ipBlock, at.child("ipBlock"), errors);
  const selects = podSelector !== undefined || namespaceSelector !== undefined;
  if (ipBlock === undefined && !selects) errors.required(at, "a peer is a selector or an ipBlock");
  else if (ipBlock !== undefined && selects) errors.forbidden(at, "An ipBlock stands alone, without a selector");
}

function validateBlock({ cidr, except = [] }: IPBlock, at: FieldPath, errors: FieldErrors): void {
  if (cidr === "") {
    errors.required(at.child("cidr"));
    return;
  }
  const block = checkCidr(cidr, at.child("cidr"), errors);
  if (block === undefined) return;
  except.forEach((text, i) => {
    const exceptAt = at.child("except").index(i);
    const range = checkCidr(text, exceptAt, errors);
    if (range !== undefined && !isWithin(range, block)) errors.invalid(exceptAt, text, `is no part of "${cidr}"`);
  });
}

/** Whether a range is part of another, and smaller. */
function isWithin(inner: IpRange, outer: IpRange): boolean {
  if (inner.address.family !== outer.address.family || outer.bits >= inner.bits) return false;
  return outer.address.bytes.every((byte, i) => {
    const free = Math.min(8, Math.max(0, (i + 1) * 8 - outer.bits));
    return byte >> free === inner.address.bytes[i]! >> free;
  });
}
