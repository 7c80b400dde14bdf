import { addressWarnings } from "../meta/address-warnings.js";
import { isWholeAmount } from "../meta/amounts.js";
import { FieldPath } from "../meta/field-path.js";
import { dnsLabelFault } from "../meta/names.js";
import type { Container, ContainerPort, EnvVar, PodSpec, Volume } from "../types/core.v1.generated.js";
import { APP_ARMOR_PREFIX, mentionsProfiles, SECCOMP_CONTAINER_PREFIX, SECCOMP_POD } from "./pod-app-armor.js";
import { visitContainers } from "./visit-containers.js";
import { warnAboutOverlaps } from "./volume-path-overlaps.js";

type Warn = (text: string) => void;

/** Volumes by the minors in which they were deprecated and stopped working. */
const OLD_VOLUMES: ReadonlyMap<string, string> = new Map<keyof Volume, string>([
  ["photonPersistentDisk", "deprecated in 1.11, and does nothing since 1.16"],
  ["gitRepo", "deprecated in 1.11, and off by default since 1.33"],
  ["scaleIO", "deprecated in 1.16, and does nothing since 1.22"],
  ["flocker", "deprecated in 1.22, and does nothing since 1.25"],
  ["storageos", "deprecated in 1.22, and does nothing since 1.25"],
  ["quobyte", "deprecated in 1.22, and does nothing since 1.25"],
  ["glusterfs", "deprecated in 1.25, and does nothing since 1.26"],
  ["cephfs", "deprecated in 1.28, and does nothing since 1.31"],
  ["rbd", "deprecated in 1.28, and does nothing since 1.31"],
]);
/** https://kubernetes.io/docs/reference/labels-annotations-taints/ */
export const OLD_NODE_LABELS: ReadonlyMap<string, string> = new Map([
  ["beta.kubernetes.io/arch", "kubernetes.io/arch"],
  ["beta.kubernetes.io/os", "kubernetes.io/os"],
  ["failure-domain.beta.kubernetes.io/region", "topology.kubernetes.io/region"],
  ["failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/zone"],
  ["beta.kubernetes.io/instance-type", "node.kubernetes.io/instance-type"],
]);
const OLD_ANNOTATIONS: ReadonlyMap<string, string> = new Map([
  ["scheduler.alpha.kubernetes.io/critical-pod", "priorityClassName"],
  ["security.alpha.kubernetes.io/sysctls", "sysctls"],
  ["security.alpha.kubernetes.io/unsafe-sysctls", "sysctls"],
]);
const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

export function warnAboutPodName(name: string, warn: Warn): void {
  const why = dnsLabelFault(name);
  if (why !== undefined) warn(`metadata.name is the Pod's host name, and ${JSON.stringify(name)} ${why}`);
}

/** Pods of a controller have names that begin with its own. */
export function warnAboutWorkloadName(name: string, warn: Warn): void {
  const why = dnsLabelFault(name);
  if (why !== undefined) warn(`metadata.name is part of the Pods' host names, and ${JSON.stringify(name)} ${why}`);
}

/** What kubectl shows as `Warning:` for a Pod, or with `template` for the template that stands there. */
export function warnAboutPod(
  spec: PodSpec,
  annotations: Readonly<Record<string, string>>,
  template: FieldPath | undefined,
  warn: Warn,
): void {
  const at = template?.child("spec") ?? FieldPath.of("spec");
  const metadata = template?.child("metadata") ?? FieldPath.of("metadata");
  warnAboutNodeLabels(spec, at, warn);
  warnAboutSelectors(spec, at, warn);
  for (const [name, field] of OLD_ANNOTATIONS)
    if (name in annotations) warn(`${metadata.child("annotations").key(name)} does nothing; ${field} takes its place`);
  spec.volumes?.forEach((volume, i) => {
    for (const field in volume) {
      const what = OLD_VOLUMES.get(field);
      if (what !== undefined && volume[field as keyof Volume] !== undefined)
        warn(`${at.child("volumes").index(i).child(field)} is ${what}`);
    }
  });
  warnAboutOverlaps(spec.volumes ?? [], at.child("volumes"), warn);
  warnAboutRepetition(spec, at, warn);
  warnAboutAddresses(spec, at, warn);
  spec.volumes?.forEach(({ ephemeral }, i) => {
    if (ephemeral === undefined) return;
    const claim = at.child("volumes").index(i).child("ephemeral").child("volumeClaimTemplate").child("spec");
    warnAboutAmounts(
      ephemeral.volumeClaimTemplate?.spec.resources.requests,
      claim.child("resources").child("requests"),
      warn,
    );
  });
  warnAboutAmounts(spec.overhead, at.child("overhead"), warn);
  if (!spec.securityContext?.seccompProfile && SECCOMP_POD in annotations)
    warn(`${metadata.child("annotations").key(SECCOMP_POD)} does nothing; seccompProfile takes its place`);
  const profiles = mentionsProfiles(annotations);
  visitContainers(spec, at, (container, path) => {
    if (profiles) warnAboutProfiles(container, spec, annotations, metadata, template !== undefined, warn);
    const { resources, env } = container;
    if (resources?.limits) warnAboutAmounts(resources.limits, path().child("resources").child("limits"), warn);
    if (resources?.requests) warnAboutAmounts(resources.requests, path().child("resources").child("requests"), warn);
    if (env) warnAboutHiddenVariables(env, path().child("env"), warn);
  });
  warnAboutPorts(spec, at, warn);
  if ((spec.terminationGracePeriodSeconds ?? 0) < 0)
    warn(`${at.child("terminationGracePeriodSeconds")} is negative, and taken for 1`);
}

/** Profiles that are given as annotations. */
function warnAboutProfiles(
  container: Container,
  spec: PodSpec,
  annotations: Readonly<Record<string, string>>,
  metadata: FieldPath,
  inTemplate: boolean,
  warn: Warn,
): void {
  const own = container.securityContext;
  const seccomp = SECCOMP_CONTAINER_PREFIX + container.name;
  if (!own?.seccompProfile && seccomp in annotations)
    warn(`${metadata.child("annotations").key(seccomp)} does nothing; seccompProfile takes its place`);
  const appArmor = APP_ARMOR_PREFIX + container.name;
  const hasField = spec.securityContext?.appArmorProfile ?? own?.appArmorProfile;
  if (inTemplate && !hasField && appArmor in annotations)
    warn(`${metadata.child("annotations").key(appArmor)} is deprecated; appArmorProfile takes its place`);
}

function warnAboutNodeLabels(spec: PodSpec, at: FieldPath, warn: Warn): void {
  const check = (label: string, path: FieldPath) => {
    const instead = OLD_NODE_LABELS.get(label);
    if (instead !== undefined) warn(`${path} is the deprecated label "${label}"; "${instead}" takes its place`);
  };
  for (const label in spec.nodeSelector ?? {}) check(label, at.child("nodeSelector").key(label));
  const { nodeAffinity } = spec.affinity ?? {};
  const affinity = at.child("affinity").child("nodeAffinity");
  const terms = [
    ...(nodeAffinity?.[REQUIRED]?.nodeSelectorTerms ?? []).map(
      (term, i) => [term, affinity.child(REQUIRED).child("nodeSelectorTerms").index(i)] as const,
    ),
    ...(nodeAffinity?.[PREFERRED] ?? []).map(
      ({ preference }, i) => [preference, affinity.child(PREFERRED).index(i).child("preference")] as const,
    ),
  ];
  for (const [term, path] of terms)
    term.matchExpressions?.forEach(
      ({ key }, i) => void check(key, path.child("matchExpressions").index(i).child("key")),
    );
  spec.topologySpreadConstraints?.forEach(
    ({ topologyKey }, i) =>
      void check(topologyKey, at.child("topologySpreadConstraints").index(i).child("topologyKey")),
  );
}

/** Selectors that are absent select nothing. */
function warnAboutSelectors(spec: PodSpec, at: FieldPath, warn: Warn): void {
  const check = (selector: unknown, path: FieldPath) => {
    if (selector === undefined) warn(`${path.child("labelSelector")} is absent, which selects no Pod`);
  };
  spec.topologySpreadConstraints?.forEach(
    ({ labelSelector }, i) => void check(labelSelector, at.child("topologySpreadConstraints").index(i)),
  );
  for (const kind of ["podAffinity", "podAntiAffinity"] as const) {
    const path = at.child("affinity").child(kind);
    spec.affinity?.[kind]?.[REQUIRED]?.forEach(
      (term, i) => void check(term.labelSelector, path.child(REQUIRED).index(i)),
    );
    spec.affinity?.[kind]?.[PREFERRED]?.forEach(
      ({ podAffinityTerm }, i) =>
        void check(podAffinityTerm.labelSelector, path.child(PREFERRED).index(i).child("podAffinityTerm")),
    );
  }
}

/** Addresses are held to their standard form since 1.33, if only by warnings. */
function warnAboutAddresses({ hostAliases = [], dnsConfig }: PodSpec, at: FieldPath, warn: Warn): void {
  dnsConfig?.nameservers?.forEach((address, i) => {
    addressWarnings(address, at.child("dnsConfig").child("nameservers").index(i).toString()).forEach(warn);
  });
  hostAliases.forEach(({ ip }, i) => {
    addressWarnings(ip, at.child("hostAliases").index(i).child("ip").toString()).forEach(warn);
  });
}

function warnAboutRepetition(spec: PodSpec, at: FieldPath, warn: Warn): void {
  const addresses = new Set<string>();
  spec.hostAliases?.forEach(({ ip }, i) => {
    if (addresses.has(ip)) warn(`${at.child("hostAliases").index(i).child("ip")} is there already: "${ip}"`);
    addresses.add(ip);
  });
  const secrets = new Set<string>();
  spec.imagePullSecrets?.forEach(({ name = "" }, i) => {
    const path = at.child("imagePullSecrets").index(i).child("name");
    if (secrets.has(name)) warn(`${path} is there already: "${name}"`);
    if (name === "") warn(`${path} is empty`);
    secrets.add(name);
  });
}

const SIZES = ["memory", "ephemeral-storage", "storage"];

function warnAboutAmounts(amounts: Readonly<Record<string, string>> | undefined, at: FieldPath, warn: Warn): void {
  for (const name of SIZES) {
    const amount = amounts?.[name];
    if (amount !== undefined && !isWholeAmount(amount)) warn(`${at.key(name)} is no whole number of bytes: ${amount}`);
  }
}

/** A variable set a second time, unless by a value that has the first one in it. */
function warnAboutHiddenVariables(env: readonly EnvVar[], at: FieldPath, warn: Warn): void {
  const names = new Set<string>();
  env.forEach(({ name, value = "", valueFrom }, i) => {
    const reference = `$(${name})`;
    const keeps = valueFrom === undefined && value !== reference && value.includes(reference);
    if (names.has(name) && !keeps) warn(`${at.index(i)} hides the earlier definition of "${name}"`);
    names.add(name);
  });
}

function warnAboutPorts(spec: PodSpec, at: FieldPath, warn: Warn): void {
  const known = new Map<string, { readonly port: ContainerPort; readonly path: FieldPath }[]>();
  visitContainers(spec, at, (container, containerPath) => {
    container.ports?.forEach((port, i) => {
      const path = containerPath().child("ports").index(i);
      const { hostIP = "", hostPort = 0 } = port;
      if (hostIP !== "" && hostPort === 0) warn(`${path} has a hostIP without a hostPort`);
      const key = `${port.containerPort}/${port.protocol}`;
      const others = known.get(key) ?? [];
      for (const other of others) {
        const [otherIp, otherPort] = [other.port.hostIP ?? "", other.port.hostPort ?? 0];
        if (hostIP === otherIp && hostPort === otherPort) warn(`${path} repeats ${other.path}`);
        else if (hostPort === 0 || otherPort === 0) warn(`${path} overlaps with ${other.path}`);
        else if (hostPort === otherPort && (hostIP === "" || otherIp === ""))
          warn(`${path} takes the host port of ${other.path} on some addresses`);
      }
      known.set(key, [...others, { port, path }]);
    });
  });
}
