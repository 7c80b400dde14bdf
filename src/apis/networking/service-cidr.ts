import type { KindRules } from "../kind-rules.js";
import { FieldPath } from "../meta/field-path.js";
import { dnsSubdomainFault } from "../meta/names.js";
import { checkStrictCidr } from "../meta/strict-addresses.js";
import type { ServiceCIDR } from "../types/networking.v1.generated.js";

const CIDRS = FieldPath.of("spec", "cidrs");
/** One for each family of addresses. */
const MOST = 2;

/** https://kubernetes.io/docs/tasks/network/extend-service-ip-ranges/ */
export const SERVICE_CIDR: KindRules<ServiceCIDR> = {
  nameForm: dnsSubdomainFault,
  validate({ spec: { cidrs = [] } }, errors) {
    if (cidrs.length === 0) errors.required(CIDRS, "at least one range is needed");
    else if (cidrs.length > MOST)
      errors.invalid(CIDRS, undefined, `has ${cidrs.length} ranges, and at most two are allowed`);
    else {
      const [first, second] = cidrs.map((cidr, i) => checkStrictCidr(cidr, CIDRS.index(i), errors));
      if (first !== undefined && second !== undefined && first.address.family === second.address.family)
        errors.invalid(CIDRS, undefined, `has two ranges of IPv${first.address.family}, and one is allowed`);
    }
  },
};
