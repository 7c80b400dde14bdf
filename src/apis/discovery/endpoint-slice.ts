import { PROTOCOLS } from "../core/service-ports.js";
import { isOn } from "../feature-gates.js";
import type { KindRules } from "../kind-rules.js";
import { addressWarnings } from "../meta/address-warnings.js";
import { checkIp } from "../meta/addresses.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import {
  checkForm,
  dnsLabelFault,
  dnsSubdomainFault,
  labelValueFault,
  type NameCheck,
  qualifiedNameFault,
} from "../meta/names.js";
import { checkNotSpecial } from "../meta/special-addresses.js";
import { checkChoice } from "../meta/values.js";
import type { Endpoint, EndpointHints, EndpointPort, EndpointSlice } from "../types/discovery.v1.generated.js";

const ADDRESS_TYPE = FieldPath.of("addressType");
const ENDPOINTS = FieldPath.of("endpoints");
const PORTS = FieldPath.of("ports");
const ADDRESS_TYPES = ["FQDN", "IPv4", "IPv6"];
const MOST_ENDPOINTS = 1000;
const MOST_ADDRESSES = 100;
const MOST_HINTS = 8;
const WARNS_OF_NAMES_FROM = 27;
const WARNS_OF_ADDRESSES_FROM = 33;
const MOST_PORTS = 20_000;
const MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
/** Addresses of the cluster's own controllers are in the standard form, so nobody looks at them. */
const OWN_CONTROLLERS = ["endpointslice-controller.k8s.io", "endpointslicemirroring-controller.k8s.io"];

/** https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/ */
export const ENDPOINT_SLICE: KindRules<EndpointSlice> = {
  defaults({ ports }) {
    for (const port of ports ?? []) {
      port.name ??= "";
      port.protocol ??= "TCP";
    }
  },
  // Topology is of the beta version; a request for v1 loses it.
  prepare({ endpoints }, { minor }) {
    for (const endpoint of endpoints ?? []) {
      delete endpoint.deprecatedTopology;
      if (endpoint.hints !== undefined && !isOn("PreferSameTrafficDistribution", minor)) delete endpoint.hints.forNodes;
    }
  },
  nameForm: dnsSubdomainFault,
  validate({ addressType, endpoints, ports }, errors, { old }) {
    const stored = (old as EndpointSlice | undefined)?.endpoints ?? [];
    const known = new Set(stored.flatMap(({ addresses }) => addresses ?? []));
    checkChoice(addressType, ADDRESS_TYPES, ADDRESS_TYPE, errors, { required: true });
    if (checkCount(endpoints, MOST_ENDPOINTS, ENDPOINTS, errors))
      endpoints?.forEach(
        (endpoint, i) => void validateEndpoint(endpoint, addressType, known, ENDPOINTS.index(i), errors),
      );
    if (checkCount(ports, MOST_PORTS, PORTS, errors)) validatePorts(ports ?? [], errors);
  },
  warnings({ metadata, addressType, endpoints }, warn, { minor }) {
    if (addressType === "FQDN" && minor >= WARNS_OF_NAMES_FROM)
      warn("Address type FQDN of EndpointSlices is deprecated; nothing in Kubernetes reads their names");
    if (minor < WARNS_OF_ADDRESSES_FROM || OWN_CONTROLLERS.includes(metadata.labels?.[MANAGED_BY] ?? "")) return;
    endpoints?.forEach(({ addresses }, i) => {
      const at = ENDPOINTS.index(i).child("addresses");
      addresses?.forEach((address, j) => void addressWarnings(address, `${at}[${j}]`).forEach(warn));
    });
  },
};

/** Reports a list that is too long, whose items nobody looks at. */
function checkCount(list: readonly unknown[] | null, most: number, at: FieldPath, errors: FieldErrors): boolean {
  if (list === null || list.length <= most) return true;
  errors.tooMany(at, list.length, most);
  return false;
}

/** Addresses that are `known`, as they are stored already, are not looked at again. */
function validateEndpoint(
  endpoint: Endpoint,
  addressType: string,
  known: ReadonlySet<string>,
  at: FieldPath,
  errors: FieldErrors,
): void {
  const { addresses, nodeName, hostname, hints } = endpoint;
  const addressesAt = at.child("addresses");
  if (!addresses?.length) errors.required(addressesAt, "an endpoint has at least one address");
  else {
    checkCount(addresses, MOST_ADDRESSES, addressesAt, errors);
    addresses.forEach((address, i) => {
      if (known.has(address)) return;
      if (addressType === "FQDN") checkDomainName(address, addressesAt.index(i), errors);
      else if (addressType === "IPv4" || addressType === "IPv6")
        checkAddress(address, addressType, addressesAt, addressesAt.index(i), errors);
    });
  }
  if (nodeName !== undefined) checkForm(dnsSubdomainFault, nodeName, at.child("nodeName"), errors);
  if (hostname !== undefined) checkForm(dnsLabelFault, hostname, at.child("hostname"), errors);
  if (hints !== undefined) validateHints(hints, at.child("hints"), errors);
}

/** An address of the other family is reported at the list. */
function checkAddress(text: string, type: "IPv4" | "IPv6", list: FieldPath, at: FieldPath, errors: FieldErrors): void {
  const address = checkIp(text, at, errors);
  if (address === undefined) return;
  if (`IPv${address.family}` !== type) errors.invalid(list, text, `is no ${type} address, as addressType says`);
  checkNotSpecial(address, text, at, errors);
}

/** A name of at least two parts, which may end in a dot. */
function checkDomainName(text: string, at: FieldPath, errors: FieldErrors): void {
  if (text === "") {
    errors.required(at);
    return;
  }
  const name = text.replace(/\.$/, "");
  const parts = name.split(".");
  if (!checkForm(dnsSubdomainFault, name, at, errors)) return;
  if (parts.length < 2) errors.invalid(at, text, "is a single word, and a domain name has at least two parts");
  for (const part of parts) checkForm(dnsLabelFault, part, at, errors);
}

function validateHints({ forZones = [], forNodes = [] }: EndpointHints, at: FieldPath, errors: FieldErrors): void {
  checkHinted(forZones, labelValueFault, at.child("forZones"), errors);
  checkHinted(forNodes, dnsSubdomainFault, at.child("forNodes"), errors);
}

function checkHinted(
  hinted: readonly { readonly name: string }[],
  nameFault: NameCheck,
  at: FieldPath,
  errors: FieldErrors,
): void {
  if (!checkCount(hinted, MOST_HINTS, at, errors)) return;
  const seen = new Set<string>();
  hinted.forEach(({ name }, i) => {
    const nameAt = at.index(i).child("name");
    if (seen.has(name)) errors.duplicate(nameAt, name);
    seen.add(name);
    checkForm(nameFault, name, nameAt, errors);
  });
}

/** One port may be without a name. */
function validatePorts(ports: readonly EndpointPort[], errors: FieldErrors): void {
  const names = new Set<string>();
  ports.forEach(({ name = "", protocol = "", appProtocol }, i) => {
    const at = PORTS.index(i);
    if (name !== "") checkForm(dnsLabelFault, name, at.child("name"), errors);
    if (names.has(name)) errors.duplicate(at.child("name"), name);
    names.add(name);
    if (!PROTOCOLS.includes(protocol)) errors.notSupported(at.child("protocol"), protocol, PROTOCOLS);
    if (appProtocol !== undefined) checkForm(qualifiedNameFault, appProtocol, at.child("appProtocol"), errors);
  });
}
