import type { KindRules } from "../kind-rules.js";
import { addressWarnings, rangeWarnings } from "../meta/address-warnings.js";
import { checkCidr, checkIp } from "../meta/addresses.js";
import { dropField } from "../meta/drop-field.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { checkForm, dns1035LabelFault, dnsSubdomainFault, qualifiedNameFault } from "../meta/names.js";
import { METADATA, validateLabels, validateObjectMeta } from "../meta/object-meta.js";
import { checkNotSpecial } from "../meta/special-addresses.js";
import { checkChoice, checkPortNumber } from "../meta/values.js";
import type { Service, ServiceSpec } from "../types/core.v1.generated.js";
import { isHeadless, settleAddresses } from "./service-addresses.js";
import {
  checkPortsDistinct,
  needsHealthCheck,
  nodePortsOfUpdate,
  takeNodePorts,
  validateServicePorts,
} from "./service-ports.js";

const SPEC = FieldPath.of("spec");
const PORTS = SPEC.child("ports");
const TYPES = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
const AFFINITIES = ["ClientIP", "None"];
const TRAFFIC_POLICIES = ["Cluster", "Local"];
const KUBELET_PORT = 10250;
const LONGEST_AFFINITY = 86_400;
const DEFAULT_AFFINITY = 10_800;
const TOPOLOGY_MODE = "service.kubernetes.io/topology-mode";
/** The older annotation is all there is before. */
const TOPOLOGY_MODE_FROM = 27;
const TOPOLOGY_HINTS = "service.kubernetes.io/topology-aware-hints";
const SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";

/** https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-distribution */
const DISTRIBUTIONS: readonly { readonly name: string; readonly since: number }[] = [
  { name: "PreferClose", since: 30 },
  { name: "PreferSameZone", since: 34 },
  { name: "PreferSameNode", since: 34 },
];
/** Before it, the field is dropped. */
const DISTRIBUTION_SINCE = 31;

/** https://kubernetes.io/docs/concepts/services-networking/service/ */
export const SERVICE: KindRules<Service> = {
  defaults({ spec }) {
    spec.sessionAffinity ??= "None";
    if (spec.sessionAffinity === "None") dropField(spec, "sessionAffinityConfig");
    else if (spec.sessionAffinity === "ClientIP" && spec.sessionAffinityConfig?.clientIP?.timeoutSeconds === undefined)
      spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: DEFAULT_AFFINITY } };
    spec.type ??= "ClusterIP";
    for (const port of spec.ports ?? []) {
      port.protocol ??= "TCP";
      if (port.targetPort === 0 || port.targetPort === "") port.targetPort = port.port;
    }
    if (isReachedFromOutside(spec)) spec.externalTrafficPolicy ??= "Cluster";
    if (spec.type !== "ExternalName" && TYPES.includes(spec.type)) spec.internalTrafficPolicy ??= "Cluster";
    if (spec.type === "LoadBalancer") spec.allocateLoadBalancerNodePorts ??= true;
  },
  prepare({ spec }, { minor }) {
    if (minor < DISTRIBUTION_SINCE) delete spec.trafficDistribution;
  },
  // What the server takes for a new Service, it takes before it validates anything.
  validate({ metadata, spec }, errors, { minor, old }) {
    const isNew = old === undefined;
    if (isNew) settleAddresses(spec, errors);
    if (isNew && errors.any) return;
    const nodePorts = isNew ? takeNodePorts(spec, errors) : nodePortsOfUpdate(spec);
    if (isNew && errors.any) return;
    validateObjectMeta(metadata, true, dns1035LabelFault, METADATA, errors);
    const { annotations = {} } = metadata;
    const [mode, hints] = [annotations[TOPOLOGY_MODE], annotations[TOPOLOGY_HINTS]];
    if (minor >= TOPOLOGY_MODE_FROM && mode !== undefined && hints !== undefined && mode !== hints)
      errors.invalid(METADATA.child("annotations").key(TOPOLOGY_MODE), mode, `is not what ${TOPOLOGY_HINTS} says`);
    validateType(spec, errors);
    validateServicePorts(spec.ports ?? [], errors);
    validateLabels(spec.selector, SPEC.child("selector"), errors);
    validateAffinity(spec, errors);
    spec.externalIPs?.forEach((ip, i) => {
      const address = checkIp(ip, SPEC.child("externalIPs").index(i), errors);
      if (address !== undefined) checkNotSpecial(address, ip, SPEC.child("externalIPs").index(i), errors);
    });
    if (spec.type === "ClusterIP")
      spec.ports?.forEach(({ nodePort }, i) => {
        if (nodePort !== undefined)
          errors.forbidden(PORTS.index(i).child("nodePort"), "A Service of type ClusterIP has no ports on nodes");
      });
    checkPortsDistinct(spec.ports ?? [], nodePorts, errors);
    validateSourceRanges(spec, annotations, errors);
    validateBalancer(spec, errors);
    validateTraffic(spec, errors, minor);
  },
  warnings({ metadata, spec }, warn, { minor }) {
    const { type, clusterIP, externalIPs = [], loadBalancerIP, sessionAffinity } = spec;
    if (minor >= TOPOLOGY_MODE_FROM && metadata.annotations?.[TOPOLOGY_HINTS] !== undefined)
      warn(`Annotation ${TOPOLOGY_HINTS} is deprecated; ${TOPOLOGY_MODE} takes its place`);
    const headless = type === "ClusterIP" && clusterIP === "None";
    const addresses = type === "ExternalName" || clusterIP === "None" ? [] : (spec.clusterIPs ?? []);
    for (const [i, ip] of addresses.entries()) addressWarnings(ip, `spec.clusterIPs[${i}]`).forEach(warn);
    if (headless && loadBalancerIP) warn("A headless Service does nothing with spec.loadBalancerIP");
    if (headless && externalIPs.length > 0) warn("A headless Service does nothing with spec.externalIPs");
    if (headless && sessionAffinity !== "None") warn("A headless Service does nothing with spec.sessionAffinity");
    for (const [i, ip] of externalIPs.entries()) addressWarnings(ip, `spec.externalIPs[${i}]`).forEach(warn);
    if (loadBalancerIP) addressWarnings(loadBalancerIP, "spec.loadBalancerIP").forEach(warn);
    for (const [i, range] of (spec.loadBalancerSourceRanges ?? []).entries())
      rangeWarnings(range, `spec.loadBalancerSourceRanges[${i}]`).forEach(warn);
    if (type === "ExternalName" && externalIPs.length > 0)
      warn("A Service of type ExternalName does nothing with spec.externalIPs");
    if (type !== "ExternalName" && spec.externalName)
      warn("Only a Service of type ExternalName does something with spec.externalName");
  },
};

const isReachedFromOutside = ({ type, externalIPs = [] }: ServiceSpec): boolean =>
  type === "LoadBalancer" || type === "NodePort" || (type === "ClusterIP" && externalIPs.length > 0);

/** What a type asks of the rest. */
function validateType(spec: ServiceSpec, errors: FieldErrors): void {
  const { type = "", ports = [] } = spec;
  if (ports.length === 0 && !isHeadless(spec) && type !== "ExternalName")
    errors.required(PORTS, "only headless Services and those of type ExternalName have none");
  checkChoice(type, TYPES, SPEC.child("type"), errors, { required: true });
  if (type === "LoadBalancer")
    ports.forEach(({ port }, i) => {
      if (port === KUBELET_PORT) errors.invalid(PORTS.index(i), port, "is the kubelet's port, not to be exposed");
    });
  if ((type === "LoadBalancer" || type === "NodePort") && isHeadless(spec))
    errors.invalid(SPEC.child("clusterIPs").index(0), "None", `does not go with type ${type}`);
  if (type !== "ExternalName") return;
  if (spec.clusterIPs?.length)
    errors.forbidden(SPEC.child("clusterIPs"), "A Service of type ExternalName has no addresses");
  if (spec.ipFamilies?.length)
    errors.forbidden(SPEC.child("ipFamilies"), "A Service of type ExternalName has no families of addresses");
  if (spec.ipFamilyPolicy !== undefined)
    errors.forbidden(SPEC.child("ipFamilyPolicy"), "A Service of type ExternalName has no families of addresses");
  const name = (spec.externalName ?? "").replace(/\.$/, "");
  if (name === "") errors.required(SPEC.child("externalName"), "type ExternalName points to a DNS name");
  else checkForm(dnsSubdomainFault, name, SPEC.child("externalName"), errors);
}

function validateAffinity({ sessionAffinity = "", sessionAffinityConfig }: ServiceSpec, errors: FieldErrors): void {
  checkChoice(sessionAffinity, AFFINITIES, SPEC.child("sessionAffinity"), errors, { required: true });
  const timeout = sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (sessionAffinity !== "ClientIP" || timeout === undefined || (timeout > 0 && timeout <= LONGEST_AFFINITY)) return;
  const at = SPEC.child("sessionAffinityConfig").child("clientIP").child("timeoutSeconds");
  errors.invalid(at, timeout, `is not between 1 and ${LONGEST_AFFINITY}`);
}

/** The field counts for more than the annotation; the server writes the field's name with a capital. */
function validateSourceRanges(
  { type, loadBalancerSourceRanges = [] }: ServiceSpec,
  annotations: Readonly<Record<string, string>>,
  errors: FieldErrors,
): void {
  const annotation = annotations[SOURCE_RANGES];
  const given = loadBalancerSourceRanges.length > 0;
  if (!given && annotation === undefined) return;
  const at = given ? SPEC.child("LoadBalancerSourceRanges") : METADATA.child("annotations").key(SOURCE_RANGES);
  if (type !== "LoadBalancer")
    errors.forbidden(at, "Only a Service of type LoadBalancer limits where traffic comes from");
  loadBalancerSourceRanges.forEach((range, i) => void checkCidr(range.trim(), at.index(i), errors));
  if (given || annotation!.trim() === "") return;
  for (const range of annotation!.trim().split(",")) checkCidr(range.trim(), at, errors);
}

function validateBalancer(spec: ServiceSpec, errors: FieldErrors): void {
  const { type, loadBalancerClass, allocateLoadBalancerNodePorts } = spec;
  const balances = type === "LoadBalancer";
  if (allocateLoadBalancerNodePorts !== undefined && !balances)
    errors.forbidden(SPEC.child("allocateLoadBalancerNodePorts"), "Only a Service of type LoadBalancer has this");
  if (loadBalancerClass === undefined) return;
  if (balances) checkForm(qualifiedNameFault, loadBalancerClass, SPEC.child("loadBalancerClass"), errors);
  else errors.forbidden(SPEC.child("loadBalancerClass"), "Only a Service of type LoadBalancer has a class");
}

function validateTraffic(spec: ServiceSpec, errors: FieldErrors, minor: number): void {
  const { externalTrafficPolicy = "", internalTrafficPolicy, healthCheckNodePort, trafficDistribution } = spec;
  const external = SPEC.child("externalTrafficPolicy");
  if (isReachedFromOutside(spec))
    checkChoice(externalTrafficPolicy, TRAFFIC_POLICIES, external, errors, { required: true });
  else if (externalTrafficPolicy !== "")
    errors.invalid(external, externalTrafficPolicy, "is given, and nothing outside the cluster reaches the Service");

  const health = SPEC.child("healthCheckNodePort");
  if (healthCheckNodePort !== undefined) {
    if (needsHealthCheck(spec)) checkPortNumber(healthCheckNodePort, health, errors);
    else errors.invalid(health, healthCheckNodePort, "is for type LoadBalancer with externalTrafficPolicy Local alone");
  }
  if (internalTrafficPolicy !== undefined)
    checkChoice(internalTrafficPolicy, TRAFFIC_POLICIES, SPEC.child("internalTrafficPolicy"), errors);
  if (trafficDistribution === undefined) return;
  const known = DISTRIBUTIONS.filter(({ since }) => since <= minor).map(({ name }) => name);
  checkChoice(trafficDistribution, known, SPEC.child("trafficDistribution"), errors);
}
