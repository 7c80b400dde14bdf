import { qosClassOf } from "../../apis/core/pod-qos.js";
import { isPodReady } from "../../apis/core/pod-status.js";
import type { Container, Pod, Toleration } from "../../apis/types/core.v1.generated.js";
import type { Simulation } from "../simulation/simulate.js";
import { byName, countLike, ownersOf, writtenName } from "./like-entries.js";
import type { Entry } from "./outcome.js";
import { nodeOf } from "./pod-nodes.js";

/** Conditions that are told by other fields. */
const TOLD_OTHERWISE = ["PodScheduled", "Initialized", "ContainersReady", "Ready", "PodReadyToStartContainers"];
const BY_RESOURCE = ["limits", "requests"] as const;

/** The Pods in the end, those alike together. */
export function podsOf({ cluster }: Simulation): Entry[] {
  const entries = [...cluster.objects.list("pods")].map((pod) => ({
    namespace: pod.metadata.namespace,
    name: writtenName(pod),
    owner: ownersOf(pod, cluster),
    ...stateOf(pod, cluster),
    ...identityOf(pod),
    ...placementOf(pod),
    resources: amounts(pod.spec.resources),
    initContainers: containersOf(pod.spec.initContainers),
    containers: containersOf(pod.spec.containers ?? []),
    claims: claimsOf(pod),
  }));
  return countLike(byName(entries));
}

function stateOf(pod: Pod, cluster: Simulation["cluster"]): Entry {
  const { spec, status } = pod;
  const conditions = status.conditions ?? [];
  const scheduled = conditions.find(({ type }) => type === "PodScheduled");
  const others = conditions.filter(({ type, status: is }) => !TOLD_OTHERWISE.includes(type) && is === "True");
  return {
    phase: status.phase ?? "Pending",
    ready: isPodReady(pod),
    node: nodeOf(pod, cluster) ?? null,
    unscheduled: spec.nodeName
      ? undefined
      : scheduled === undefined
        ? { reason: "(no condition)" }
        : { reason: scheduled.reason, message: scheduled.message },
    nominatedNode: status.nominatedNodeName,
    otherConditions:
      others.length > 0 ? others.map(({ type, status: is, reason }) => ({ type, status: is, reason })) : undefined,
  };
}

function identityOf({ metadata, spec }: Pod): Entry {
  return {
    qosClass: qosClassOf(spec),
    priority: spec.priority,
    priorityClassName: spec.priorityClassName || undefined,
    preemptionPolicy: spec.preemptionPolicy,
    serviceAccountName: spec.serviceAccountName,
    imagePullSecrets: spec.imagePullSecrets?.map(({ name }) => name),
    tokenMounted: spec.automountServiceAccountToken !== false,
    labels: metadata.labels,
    hostname: spec.hostname || undefined,
    subdomain: spec.subdomain || undefined,
  };
}

function placementOf({ spec }: Pod): Entry {
  return {
    nodeSelector: spec.nodeSelector,
    runtimeClassName: spec.runtimeClassName,
    overhead: spec.overhead,
    schedulingGates: spec.schedulingGates?.map(({ name }) => name),
    tolerations: spec.tolerations?.map(tolerationText),
  };
}

/** `key=value:effect`, or `key Exists:effect`; `*` stands for any. */
function tolerationText({ key, operator, value, effect, tolerationSeconds }: Toleration): string {
  const what = operator === "Exists" ? `${key || "*"} Exists` : `${key || "*"}=${value ?? ""}`;
  return `${what}:${effect || "*"}${tolerationSeconds === undefined ? "" : ` for ${tolerationSeconds}s`}`;
}

const containersOf = (containers: readonly Container[] | undefined): Entry[] | undefined =>
  containers?.map(({ name, resources }) => ({ name, ...amounts(resources) }));

function amounts(resources: Container["resources"] | undefined): Entry | undefined {
  const given = BY_RESOURCE.flatMap((side) =>
    Object.keys(resources?.[side] ?? {}).length > 0 ? [[side, resources![side]] as const] : [],
  );
  return given.length > 0 ? Object.fromEntries(given) : undefined;
}

function claimsOf({ metadata, spec }: Pod): string[] | undefined {
  const claims = (spec.volumes ?? []).flatMap(({ name, persistentVolumeClaim, ephemeral }) =>
    persistentVolumeClaim ? persistentVolumeClaim.claimName : ephemeral ? `${metadata.name}-${name}` : [],
  );
  return claims.length > 0 ? claims : undefined;
}
