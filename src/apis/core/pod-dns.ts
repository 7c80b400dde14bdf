import { isOn } from "../feature-gates.js";
import { checkIp } from "../meta/addresses.js";
import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { byteLength, checkForm, dnsSubdomainFault, dnsSubdomainWithUnderscoreFault } from "../meta/names.js";
import { checkChoice } from "../meta/values.js";
import type { PodSpec } from "../types/core.v1.generated.js";

const DNS_POLICIES = ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"];
const MOST_NAMESERVERS = 3;
const MOST_SEARCHES = 32;
const LONGEST_SEARCH_LIST = 2048;

/** https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config */
export function validateDns(spec: PodSpec, minor: number, at: FieldPath, errors: FieldErrors): void {
  const { dnsPolicy = "", dnsConfig } = spec;
  checkChoice(dnsPolicy, DNS_POLICIES, at.child("dnsPolicy"), errors, { required: true });
  const path = at.child("dnsConfig");
  if (dnsPolicy === "None") {
    if (dnsConfig === undefined) errors.required(path, "dnsPolicy None leaves DNS to it");
    else if (!dnsConfig.nameservers?.length) errors.required(path.child("nameservers"), "dnsPolicy None needs one");
    if (!dnsConfig?.nameservers?.length) return;
  }
  if (dnsConfig === undefined) return;
  const { nameservers = [], searches = [], options = [] } = dnsConfig;
  if (nameservers.length > MOST_NAMESERVERS)
    errors.invalid(path.child("nameservers"), undefined, `is longer than ${MOST_NAMESERVERS} servers`);
  nameservers.forEach((address, i) => void checkIp(address, path.child("nameservers").index(i), errors));
  if (searches.length > MOST_SEARCHES)
    errors.invalid(path.child("searches"), undefined, `is longer than ${MOST_SEARCHES} domains`);
  if (byteLength(searches.join(" ")) > LONGEST_SEARCH_LIST)
    errors.invalid(path.child("searches"), undefined, `is longer than ${LONGEST_SEARCH_LIST} characters`);
  const relaxed = isOn("RelaxedDNSSearchValidation", minor);
  searches.forEach((search, i) => {
    if (relaxed && search === ".") return;
    const form = relaxed ? dnsSubdomainWithUnderscoreFault : dnsSubdomainFault;
    checkForm(form, search.replace(/\.$/, ""), path.child("searches").index(i), errors);
  });
  options.forEach(({ name }, i) => {
    if (!name) errors.required(path.child("options").index(i), "an option has a name");
  });
}
