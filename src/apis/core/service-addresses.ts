import { checkIp, parseIp } from "../meta/addresses.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { isSameValue } from "../meta/same-value.js";
import type { ServiceSpec } from "../types/core.v1.generated.js";

const CLUSTER_IPS = FieldPath.of("spec", "clusterIPs");
const FAMILIES = FieldPath.of("spec", "ipFamilies");
const POLICY = FieldPath.of("spec", "ipFamilyPolicy");
const KNOWN_FAMILIES = ["IPv4", "IPv6"];
const KNOWN_POLICIES = ["PreferDualStack", "RequireDualStack", "SingleStack"];
/** What a cluster has that was not told otherwise: https://kubernetes.io/docs/concepts/services-networking/dual-stack/ */
const CLUSTER_FAMILIES = ["IPv4"];
export const NO_CLUSTER_IP = "None";
const MOST_CLUSTER_IPS = 2;

export const isHeadless = ({ clusterIPs }: ServiceSpec): boolean =>
  clusterIPs?.length === 1 && clusterIPs[0] === NO_CLUSTER_IP;

/**
 * Settles the families of a Service as the server does before it takes addresses for it: what is at fault here is all it
 * says. Which addresses are free in the cluster is not asked. `old` is the Service as it is stored.
 */
export function settleAddresses(spec: ServiceSpec, errors: FieldErrors, old?: ServiceSpec): void {
  if (spec.clusterIP !== undefined && !spec.clusterIPs?.length) spec.clusterIPs = [spec.clusterIP];
  if (spec.type === "ExternalName") return;
  // What prefers two families does not get another because the cluster has another now.
  const prefers = (it: ServiceSpec) => it.ipFamilyPolicy === "PreferDualStack";
  if (
    old !== undefined &&
    prefers(old) &&
    prefers(spec) &&
    keeps(spec, old, "clusterIPs") &&
    keeps(spec, old, "ipFamilies")
  )
    return;
  if (old?.ipFamilyPolicy !== undefined) spec.ipFamilyPolicy ??= old.ipFamilyPolicy;
  checkClusterIps(spec, old?.clusterIPs ?? [], errors);
  if (errors.any) return;
  // Endpoints of a Service without a selector are made by hand, of any family.
  const openToAll = isHeadless(spec) && Object.keys(spec.selector ?? {}).length === 0;
  spec.ipFamilyPolicy ??= openToAll ? "RequireDualStack" : "SingleStack";
  spec.ipFamilies ??= [];
  if (old !== undefined) release(spec, old, errors);
  const { ipFamilies } = spec;
  inferFamilies(spec, ipFamilies, errors);
  if (errors.any) return;
  if (openToAll) {
    if (ipFamilies.length === 0) ipFamilies.push(CLUSTER_FAMILIES[0]!);
    if (ipFamilies.length === 1 && spec.ipFamilyPolicy !== "SingleStack")
      ipFamilies.push(ipFamilies[0] === "IPv4" ? "IPv6" : "IPv4");
    return;
  }
  if (spec.ipFamilyPolicy === "RequireDualStack" && CLUSTER_FAMILIES.length < 2)
    errors.invalidBySetup(
      POLICY,
      spec.ipFamilyPolicy,
      "asks for two families, and the cluster has one unless set up otherwise",
    );
  ipFamilies.forEach((family, i) => {
    if (!CLUSTER_FAMILIES.includes(family))
      errors.invalidBySetup(FAMILIES.index(i), family, "is no family of the cluster unless set up otherwise");
  });
  if (ipFamilies.length === 0) ipFamilies.push(CLUSTER_FAMILIES[0]!);
}

const keeps = (spec: ServiceSpec, old: ServiceSpec, field: "clusterIPs" | "ipFamilies"): boolean =>
  isSameValue(spec[field], old[field]);

/** A second family goes with the policy SingleStack, and not without. */
function release(spec: ServiceSpec, old: ServiceSpec, errors: FieldErrors): void {
  for (const field of ["clusterIPs", "ipFamilies"] as const) {
    const now = spec[field] ?? [];
    if (spec.ipFamilyPolicy === "SingleStack") {
      if (now.length > 1 && keeps(spec, old, field)) spec[field] = now.slice(0, 1);
    } else if (now.length > 0 && now.length < (old[field]?.length ?? 0))
      errors.invalid(POLICY, spec.ipFamilyPolicy, `is not SingleStack, and one of two ${field} goes`);
  }
}

/** Families of given addresses that are not named. */
function inferFamilies(spec: ServiceSpec, ipFamilies: string[], errors: FieldErrors): void {
  const { clusterIPs = [] } = spec;
  if (spec.ipFamilyPolicy === "SingleStack") {
    if (clusterIPs.length === 2) errors.invalid(POLICY, "SingleStack", "allows one of clusterIPs");
    if (ipFamilies.length === 2) errors.invalid(POLICY, "SingleStack", "allows one of ipFamilies");
  }
  clusterIPs.forEach((ip, i) => {
    if (ip === NO_CLUSTER_IP || i < ipFamilies.length) return;
    const family = familyOf(ip);
    if (CLUSTER_FAMILIES.includes(family)) ipFamilies.push(family);
    else
      errors.invalidBySetup(
        CLUSTER_IPS.index(i),
        ip,
        `is of family ${family}, which the cluster has not unless set up so`,
      );
  });
}

/** As it is written: `::ffff:1.2.3.4` is IPv4. */
const familyOf = (ip: string): string => (parseIp(ip)?.family === 6 ? "IPv6" : "IPv4");

/** What is `stored` is not looked at again. */
function checkClusterIps(spec: ServiceSpec, stored: readonly string[], errors: FieldErrors): void {
  const { clusterIP, clusterIPs = [], ipFamilies = [], ipFamilyPolicy } = spec;
  if (clusterIP !== undefined) {
    if (clusterIPs[0] !== clusterIP) errors.invalid(CLUSTER_IPS, undefined, "does not start with clusterIP");
  } else if (clusterIPs.length > 0) errors.invalid(CLUSTER_IPS, undefined, "is given without clusterIP");
  ipFamilies.forEach((family, i) => {
    if (!KNOWN_FAMILIES.includes(family)) errors.notSupported(FAMILIES.index(i), family, KNOWN_FAMILIES);
    if (ipFamilies.indexOf(family) < i) errors.duplicate(FAMILIES.index(i), family);
  });
  if (ipFamilyPolicy !== undefined && !KNOWN_POLICIES.includes(ipFamilyPolicy))
    errors.notSupported(POLICY, ipFamilyPolicy, KNOWN_POLICIES);

  let wellFormed = true;
  clusterIPs.forEach((ip, i) => {
    if (i > 0 || ip !== NO_CLUSTER_IP)
      wellFormed = stored.includes(ip)
        ? wellFormed
        : checkIp(ip, CLUSTER_IPS.index(i), errors) !== undefined && wellFormed;
    else if (clusterIPs.length > 1) {
      wellFormed = false;
      errors.invalid(CLUSTER_IPS, undefined, 'has "None" beside addresses');
    }
  });
  if (clusterIPs.length > MOST_CLUSTER_IPS)
    errors.invalid(CLUSTER_IPS, undefined, `has ${clusterIPs.length} addresses, and ${MOST_CLUSTER_IPS} are allowed`);
  if (!wellFormed) return;
  const families = clusterIPs.map(familyOf);
  if (clusterIPs.length > 1 && new Set(families).size < clusterIPs.length)
    errors.invalid(CLUSTER_IPS, undefined, "has two addresses of one family");
  if (isHeadless(spec)) return;
  clusterIPs.forEach((ip, i) => {
    const family = ipFamilies[i];
    if (family !== undefined && KNOWN_FAMILIES.includes(family) && family !== families[i])
      errors.invalid(CLUSTER_IPS.index(i), ip, `is not of family ${family}, which ipFamilies has at its place`);
  });
}
