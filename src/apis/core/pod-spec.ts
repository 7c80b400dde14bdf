import { checkIp } from "../meta/addresses.js";
import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { checkForm, dnsLabelFault, dnsSubdomainFault, qualifiedNameFault } from "../meta/names.js";
import { validateLabels } from "../meta/object-meta.js";
import { checkChoice, checkRange } from "../meta/values.js";
import type { HostAlias, PodResourceClaim, PodSpec } from "../types/core.v1.generated.js";
import { validateContainers, validateEphemeralContainers, validateInitContainers } from "./pod-containers.js";
import { validateDns } from "./pod-dns.js";
import { validatePodLevelResources } from "./pod-level-resources.js";
import type { PodOptions } from "./pod-options.js";
import { validateResources } from "./pod-resources.js";
import {
  validateAffinity,
  validateSchedulingGates,
  validateSpreadConstraints,
  validateTolerations,
} from "./pod-scheduling.js";
import { validatePodSecurity } from "./pod-security.js";
import { validateVolumes } from "./pod-volumes.js";
import { validateHostProcess, validateOperatingSystem } from "./pod-windows.js";

const RESTART_POLICIES = ["Always", "OnFailure", "Never"];
const MOST_SECONDS = 2 ** 31 - 1;

/** Of a Pod, or with `pod` undefined of a template. */
export interface PodSpecOptions {
  readonly minor: number;
  readonly pod: { readonly name: string } | undefined;
}

/** https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ */
export function validatePodSpec(spec: PodSpec, about: PodSpecOptions, at: FieldPath, errors: FieldErrors): void {
  const { containers, initContainers = [], ephemeralContainers = [], restartPolicy = "", resourceClaims = [] } = spec;
  const options: PodOptions = {
    minor: about.minor,
    pod: about.pod,
    gracePeriod: spec.terminationGracePeriodSeconds,
    hostUsers: spec.hostUsers ?? true,
    restartPolicy,
    claimNames: resourceClaims.length === 0 ? NO_NAMES : namesOf(resourceClaims),
  };
  const volumes = validateVolumes(spec.volumes ?? [], options, at.child("volumes"), errors);
  validateResourceClaims(resourceClaims, at.child("resourceClaims"), errors);
  validateContainers(containers, volumes, options, at.child("containers"), errors);
  validateInitContainers(initContainers, containers ?? [], volumes, options, at.child("initContainers"), errors);
  if (ephemeralContainers.length > 0) {
    const others = [...(containers ?? []), ...initContainers];
    validateEphemeralContainers(ephemeralContainers, others, volumes, options, at.child("ephemeralContainers"), errors);
  }
  validatePodLevelResources(spec, options, at.child("resources"), errors);
  if (spec.hostNetwork) checkHostNetworkPorts(spec, options, at.child("containers"), errors);
  checkChoice(restartPolicy, RESTART_POLICIES, at.child("restartPolicy"), errors, { required: true });
  validateDns(spec, options.minor, at, errors);
  validateLabels(spec.nodeSelector, at.child("nodeSelector"), errors);
  validatePodSecurity(spec, at.child("securityContext"), errors);
  validateAffinity(spec.affinity, at.child("affinity"), errors);
  spec.readinessGates?.forEach(({ conditionType }, i) => {
    checkForm(qualifiedNameFault, conditionType, at.child("readinessGates").index(i).child("conditionType"), errors);
  });
  validateSchedulingGates(spec.schedulingGates ?? [], at.child("schedulingGates"), errors);
  validateSpreadConstraints(
    spec.topologySpreadConstraints ?? [],
    options.minor,
    at.child("topologySpreadConstraints"),
    errors,
  );
  validateHostProcess(spec, at, errors);
  if (spec.hostUsers === false) validateOwnUsers(spec, at, errors);
  validateNames(spec, at, errors);
  if (spec.tolerations) validateTolerations(spec.tolerations, at.child("tolerations"), errors);
  if (spec.hostAliases) validateHostAliases(spec.hostAliases, at.child("hostAliases"), errors);
  if (spec.preemptionPolicy !== undefined)
    checkChoice(spec.preemptionPolicy, ["PreemptLowerPriority", "Never"], at.child("preemptionPolicy"), errors, {
      required: true,
    });
  if (spec.overhead) validateResources({ limits: spec.overhead }, new Set(), at.child("overhead"), errors);
  validateOperatingSystem(spec, at, errors);
}

const NO_NAMES: ReadonlySet<string> = new Set();

const namesOf = (claims: readonly PodResourceClaim[]): ReadonlySet<string> =>
  new Set(claims.map(({ name }) => name).filter((name) => name !== ""));

/** Fields that name something, or are a name. */
function validateNames(spec: PodSpec, at: FieldPath, errors: FieldErrors): void {
  for (const field of ["serviceAccountName", "nodeName"] as const)
    if (spec[field]) checkForm(dnsSubdomainFault, spec[field], at.child(field), errors);
  const deadline = spec.activeDeadlineSeconds;
  if (deadline !== undefined) checkRange(deadline, 1, MOST_SECONDS, at.child("activeDeadlineSeconds"), errors);
  for (const field of ["hostname", "subdomain"] as const)
    if (spec[field]) checkForm(dnsLabelFault, spec[field], at.child(field), errors);
  if (spec.hostnameOverride !== undefined) validateHostnameOverride(spec, at.child("hostnameOverride"), errors);
  if (spec.priorityClassName)
    checkForm(dnsSubdomainFault, spec.priorityClassName, at.child("priorityClassName"), errors);
  if (spec.runtimeClassName !== undefined)
    checkForm(dnsSubdomainFault, spec.runtimeClassName, at.child("runtimeClassName"), errors);
}

const LONGEST_HOST_NAME = 64;

function validateHostnameOverride(spec: PodSpec, at: FieldPath, errors: FieldErrors): void {
  const name = spec.hostnameOverride ?? "";
  checkForm(dnsSubdomainFault, name, at, errors);
  if (name.length > LONGEST_HOST_NAME) errors.tooLong(at, LONGEST_HOST_NAME);
  if (spec.setHostnameAsFQDN) errors.forbidden(at, "With setHostnameAsFQDN there is no hostnameOverride");
  if (spec.hostNetwork) errors.forbidden(at, "With hostNetwork there is no hostnameOverride");
}

/** A template may leave host ports to be filled in when the Pod is made. */
function checkHostNetworkPorts(spec: PodSpec, { pod }: PodOptions, at: FieldPath, errors: FieldErrors): void {
  spec.containers?.forEach(({ ports }, i) => {
    ports?.forEach(({ hostPort = 0, containerPort }, j) => {
      if ((pod !== undefined || hostPort !== 0) && hostPort !== containerPort) {
        const path = at.index(i).child("ports").index(j).child("hostPort");
        errors.invalid(path, hostPort, `is not containerPort ${containerPort}, as it has to be with hostNetwork: true`);
      }
    });
  });
}

/** https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/ */
function validateOwnUsers(spec: PodSpec, at: FieldPath, errors: FieldErrors): void {
  for (const [field, name] of [
    ["hostNetwork", "hostNetwork"],
    ["hostPID", "HostPID"],
    ["hostIPC", "HostIPC"],
  ] as const)
    if (spec[field]) errors.forbidden(at.child(name), `A Pod with hostUsers: false has no ${field}`);
}

function validateHostAliases(aliases: readonly HostAlias[], at: FieldPath, errors: FieldErrors): void {
  aliases.forEach(({ ip, hostnames = [] }, i) => {
    checkIp(ip, at.index(i).child("ip"), errors);
    hostnames.forEach((name, j) => {
      checkForm(dnsSubdomainFault, name, at.index(i).child("hostnames").index(j), errors);
    });
  });
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/ */
function validateResourceClaims(claims: readonly PodResourceClaim[], at: FieldPath, errors: FieldErrors): void {
  const names = new Set<string>();
  claims.forEach(({ name, resourceClaimName, resourceClaimTemplateName }, i) => {
    const item = at.index(i);
    if (name === "") errors.required(item.child("name"));
    else if (names.has(name)) errors.duplicate(item.child("name"), name);
    else checkForm(dnsLabelFault, name, item.child("name"), errors);
    names.add(name);
    const given = [resourceClaimName, resourceClaimTemplateName].filter((source) => source !== undefined).length;
    if (given !== 1) errors.invalid(item, undefined, "has not one of resourceClaimName and resourceClaimTemplateName");
    if (resourceClaimName !== undefined)
      checkForm(dnsSubdomainFault, resourceClaimName, item.child("resourceClaimName"), errors);
    if (resourceClaimTemplateName !== undefined)
      checkForm(dnsSubdomainFault, resourceClaimTemplateName, item.child("resourceClaimTemplateName"), errors);
  });
}
