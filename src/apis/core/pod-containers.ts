import { isOn } from "../feature-gates.js";
import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { checkForm, dnsLabelFault, portNameFault } from "../meta/names.js";
import { checkChoice, checkPortNumber } from "../meta/values.js";
import type {
  Container,
  ContainerPort,
  ContainerResizePolicy,
  EphemeralContainer,
  Volume,
} from "../types/core.v1.generated.js";
import { validateEnv, validateEnvFrom } from "./pod-env.js";
import { validateDevices, validateMounts } from "./pod-mounts.js";
import type { PodOptions } from "./pod-options.js";
import { type ProbeName, validateLifecycle, validateProbe } from "./pod-probes.js";
import { validateResources } from "./pod-resources.js";
import { validateSecurityContext } from "./pod-security.js";
import { PULL_POLICIES } from "./pull-policies.js";
import { validateRestartRules } from "./restart-rules.js";

export const PROTOCOLS = ["SCTP", "TCP", "UDP"];

const MESSAGE_POLICIES = ["File", "FallbackToLogsOnError"];
const RESIZED_RESOURCES = ["cpu", "memory"];
const RESIZE_POLICIES = ["NotRequired", "RestartContainer"];
const PROBES: readonly ProbeName[] = ["livenessProbe", "readinessProbe", "startupProbe"];

type Volumes = ReadonlyMap<string, Volume>;

/** https://kubernetes.io/docs/concepts/containers/ */
export function validateContainers(
  containers: readonly Container[] | null,
  volumes: Volumes,
  options: PodOptions,
  at: FieldPath,
  errors: FieldErrors,
): void {
  if (!containers?.length) {
    errors.required(at, "a Pod has a container");
    return;
  }
  const names = new Set<string>();
  containers.forEach((container, i) => {
    const path = at.index(i);
    validateCommon(container, volumes, options, path, errors);
    if (names.has(container.name)) errors.duplicate(path.child("name"), container.name);
    else names.add(container.name);
    validateHooks(container, options, path, errors);
    if (isOn("ContainerRestartRules", options.minor)) validateRestartRules(container, path, errors);
    else if (container.restartPolicy !== undefined)
      errors.forbidden(path.child("restartPolicy"), "Only init containers have a restartPolicy of their own");
  });
  checkHostPorts(containers, at, errors);
}

/** https://kubernetes.io/docs/concepts/workloads/pods/init-containers/ */
export function validateInitContainers(
  containers: readonly Container[],
  regular: readonly Container[],
  volumes: Volumes,
  options: PodOptions,
  at: FieldPath,
  errors: FieldErrors,
): void {
  const names = new Set(regular.map(({ name }) => name));
  containers.forEach((container, i) => {
    const path = at.index(i);
    validateCommon(container, volumes, options, path, errors);
    const { restartPolicy } = container;
    if (isOn("ContainerRestartRules", options.minor)) validateRestartRules(container, path, errors);
    else if (restartPolicy !== undefined) checkChoice(restartPolicy, ["Always"], path.child("restartPolicy"), errors);
    if (names.has(container.name)) errors.duplicate(path.child("name"), container.name);
    else if (container.name !== "") names.add(container.name);
    // They run one by one, so that each has the ports to itself; the server gives the path as of a list of one.
    checkHostPorts([container], at, errors);
    if (restartPolicy === "Always") validateHooks(container, options, path, errors);
    else
      for (const field of ["lifecycle", ...PROBES] as const)
        if (container[field] !== undefined)
          errors.forbidden(path.child(field), `An init container without restartPolicy: Always has no ${field}`);
  });
}

/** https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/ */
export function validateEphemeralContainers(
  ephemeral: readonly EphemeralContainer[],
  others: readonly Container[],
  volumes: Volumes,
  options: PodOptions,
  at: FieldPath,
  errors: FieldErrors,
): void {
  const otherNames = new Set(others.map(({ name }) => name));
  const names = new Set(otherNames);
  ephemeral.forEach((container, i) => {
    const path = at.index(i);
    validateCommon(container, volumes, options, path, errors);
    checkImageBlanks(container, path, errors);
    if (names.has(container.name)) errors.duplicate(path.child("name"), container.name);
    else names.add(container.name);
    const target = container.targetContainerName;
    if (target && !otherNames.has(target)) errors.notFound(path.child("targetContainerName"), target);
    for (const field of FORBIDDEN_IN_EPHEMERAL)
      if (isSet(container[field])) errors.forbidden(path.child(field), `An ephemeral container has no ${field}`);
    container.volumeMounts?.forEach((mount, j) => {
      for (const field of ["subPath", "subPathExpr"] as const)
        if (mount[field])
          errors.forbidden(
            path.child("volumeMounts").index(j).child(field),
            `An ephemeral container mounts no ${field}`,
          );
    });
  });
}

const FORBIDDEN_IN_EPHEMERAL = [
  "ports",
  "resources",
  "resizePolicy",
  "restartPolicy",
  "restartPolicyRules",
  "livenessProbe",
  "readinessProbe",
  "startupProbe",
  "lifecycle",
] as const;

/** `resources` is always there. */
const isSet = (value: unknown): boolean =>
  value !== undefined && (typeof value !== "object" || value === null || Object.keys(value).length > 0);

/** In a Pod, but not in a template, where a lone blank once stood for "to be filled in". */
export function checkImageBlanks({ image = "" }: Pick<Container, "image">, at: FieldPath, errors: FieldErrors): void {
  if (image !== image.trim()) errors.invalid(at.child("image"), image, "begins or ends with blanks");
}

function validateHooks(container: Container, options: PodOptions, at: FieldPath, errors: FieldErrors): void {
  if (container.lifecycle !== undefined) validateLifecycle(container.lifecycle, options, at.child("lifecycle"), errors);
  for (const name of PROBES) validateProbe(name, container[name], options, at.child(name), errors);
}

function validateCommon(
  container: Container,
  volumes: Volumes,
  options: PodOptions,
  at: FieldPath,
  errors: FieldErrors,
): void {
  const { minor } = options;
  const { name, ports, env, envFrom, volumeMounts, volumeDevices, resizePolicy, securityContext } = container;
  if (name === "") errors.required(at.child("name"));
  else checkForm(dnsLabelFault, name, at.child("name"), errors);
  if (!container.image) errors.required(at.child("image"));
  const messagePolicy = container.terminationMessagePolicy ?? "";
  checkChoice(messagePolicy, MESSAGE_POLICIES, at.child("terminationMessagePolicy"), errors, { required: true });
  if (ports) validatePorts(ports, at.child("ports"), errors);
  if (env) validateEnv(env, minor, at.child("env"), errors);
  if (envFrom) validateEnvFrom(envFrom, minor, at.child("envFrom"), errors);
  if (volumeMounts) validateMounts(container, volumes, at.child("volumeMounts"), errors);
  if (volumeDevices) validateDevices(volumeDevices, volumeMounts ?? [], volumes, at.child("volumeDevices"), errors);
  checkChoice(container.imagePullPolicy ?? "", PULL_POLICIES, at.child("imagePullPolicy"), errors, { required: true });
  // An ephemeral container may come without.
  validateResources(container.resources ?? {}, options.claimNames, at.child("resources"), errors);
  if (resizePolicy) validateResizePolicy(resizePolicy, options.restartPolicy, at.child("resizePolicy"), errors);
  if (securityContext) validateSecurityContext(securityContext, options, at.child("securityContext"), errors);
}

function validatePorts(ports: readonly ContainerPort[], at: FieldPath, errors: FieldErrors): void {
  const names = new Set<string>();
  ports.forEach(({ name, containerPort, hostPort, protocol = "" }, i) => {
    const item = at.index(i);
    if (name && checkForm(portNameFault, name, item.child("name"), errors)) {
      if (names.has(name)) errors.duplicate(item.child("name"), name);
      names.add(name);
    }
    if (containerPort === 0) errors.required(item.child("containerPort"));
    else checkPortNumber(containerPort, item.child("containerPort"), errors);
    if (hostPort) checkPortNumber(hostPort, item.child("hostPort"), errors);
    checkChoice(protocol, PROTOCOLS, item.child("protocol"), errors, { required: true });
  });
}

/** Of one node, a port can be had once for each protocol and address. */
function checkHostPorts(containers: readonly Container[], at: FieldPath, errors: FieldErrors): void {
  const taken = new Set<string>();
  containers.forEach(({ ports }, i) => {
    ports?.forEach(({ protocol, hostIP = "", hostPort }, j) => {
      if (!hostPort) return;
      const key = `${protocol}/${hostIP}/${hostPort}`;
      if (taken.has(key)) errors.duplicate(at.index(i).child("ports").index(j).child("hostPort"), key);
      taken.add(key);
    });
  });
}

/** https://kubernetes.io/docs/tasks/configure-pod-container/resize-container-resources/ */
function validateResizePolicy(
  policies: readonly ContainerResizePolicy[],
  podRestartPolicy: string,
  at: FieldPath,
  errors: FieldErrors,
): void {
  const names = new Set<string>();
  policies.forEach(({ resourceName, restartPolicy }, i) => {
    if (names.has(resourceName)) errors.duplicate(at.index(i), resourceName);
    names.add(resourceName);
    checkChoice(resourceName, RESIZED_RESOURCES, at, errors, { required: true });
    checkChoice(restartPolicy, RESIZE_POLICIES, at, errors, { required: true });
    if (podRestartPolicy === "Never" && restartPolicy !== "NotRequired")
      errors.invalid(at, restartPolicy, "is not NotRequired, and with restartPolicy: Never nothing restarts");
  });
}
