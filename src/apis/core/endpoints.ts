import type { KindRules } from "../kind-rules.js";
import { addressWarnings } from "../meta/address-warnings.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { checkForm, dnsLabelFault, dnsSubdomainFault, qualifiedNameFault } from "../meta/names.js";
import { checkOrdinaryAddress } from "../meta/special-addresses.js";
import { checkChoice, checkPortNumber } from "../meta/values.js";
import type { EndpointAddress, EndpointPort, Endpoints } from "../types/core.v1.generated.js";
import { PROTOCOLS } from "./service-ports.js";

const SUBSETS = FieldPath.of("subsets");
const WARNS_OF_ADDRESSES_FROM = 33;
const MANAGED_BY = "endpoints.kubernetes.io/managed-by";
/** The cluster's own controller writes addresses in the standard form, so nobody looks at them. */
const OWN_CONTROLLER = "endpoint-controller";

/** https://kubernetes.io/docs/concepts/services-networking/service/#endpoints */
export const ENDPOINTS: KindRules<Endpoints> = {
  defaults({ subsets }) {
    for (const { ports } of subsets ?? []) for (const port of ports ?? []) port.protocol ??= "TCP";
  },
  nameForm: dnsSubdomainFault,
  validate({ subsets = [] }, errors) {
    subsets.forEach(({ addresses = [], notReadyAddresses = [], ports = [] }, i) => {
      const at = SUBSETS.index(i);
      if (addresses.length + notReadyAddresses.length === 0)
        errors.required(at, "a subset has addresses or notReadyAddresses");
      addresses.forEach((address, j) => void validateAddress(address, at.child("addresses").index(j), errors));
      notReadyAddresses.forEach((address, j) => {
        validateAddress(address, at.child("notReadyAddresses").index(j), errors);
      });
      ports.forEach((port, j) => void validatePort(port, ports.length > 1, at.child("ports").index(j), errors));
    });
  },
  warnings({ metadata, subsets }, warn, { minor }) {
    if (minor < WARNS_OF_ADDRESSES_FROM || metadata.labels?.[MANAGED_BY] === OWN_CONTROLLER) return;
    subsets?.forEach((subset, i) => {
      for (const field of ["addresses", "notReadyAddresses"] as const)
        subset[field]?.forEach(({ ip }, j) => {
          addressWarnings(ip, `${SUBSETS.index(i).child(field).index(j)}.ip`).forEach(warn);
        });
    });
  },
};

function validateAddress(address: EndpointAddress, at: FieldPath, errors: FieldErrors): void {
  const { ip, hostname, nodeName } = address;
  checkOrdinaryAddress(ip, at.child("ip"), errors);
  if (hostname) checkForm(dnsLabelFault, hostname, at.child("hostname"), errors);
  if (nodeName !== undefined) checkForm(dnsSubdomainFault, nodeName, at.child("nodeName"), errors);
}

function validatePort(endpointPort: EndpointPort, named: boolean, at: FieldPath, errors: FieldErrors): void {
  const { name = "", port, protocol = "", appProtocol } = endpointPort;
  if (name !== "") checkForm(dnsLabelFault, name, at.child("name"), errors);
  else if (named) errors.required(at.child("name"), "where there are several ports, each has a name");
  checkPortNumber(port, at.child("port"), errors);
  checkChoice(protocol, PROTOCOLS, at.child("protocol"), errors, { required: true });
  if (appProtocol !== undefined) checkForm(qualifiedNameFault, appProtocol, at.child("appProtocol"), errors);
}
