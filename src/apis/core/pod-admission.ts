import type { AdmitContext, Refusal } from "../kind-rules.js";
import { FieldPath } from "../meta/field-path.js";
import type { Pod, PodSpec, Toleration } from "../types/core.v1.generated.js";
import { MIRROR } from "./pod-annotations.js";
import { visitContainers } from "./visit-containers.js";

/** https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions */
const TOLERATED = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];
const TOLERATION_SECONDS = 300;

/** The default admission plugins that change Pods: ServiceAccount, Priority, DefaultTolerationSeconds, RuntimeClass. */
export function mutatePod(pod: Pod, context: AdmitContext): Refusal {
  const { spec } = pod;
  if (pod.metadata.annotations?.[MIRROR] !== undefined) {
    const refusal = refuseMirror(spec);
    if (refusal !== undefined) return refusal;
  } else {
    spec.serviceAccountName ||= "default";
    spec.serviceAccount = spec.serviceAccountName;
  }
  return setPriority(spec, context) ?? tolerateEviction(spec) ?? setOverhead(spec, context);
}

/** What a kubelet runs without asking the server has nothing that only the server can give. */
function refuseMirror(spec: PodSpec): Refusal {
  if (spec.serviceAccountName) return "A mirror Pod has no ServiceAccount";
  if (hasSecrets(spec)) return "A mirror Pod has no Secrets";
  const tokens = spec.volumes?.some(({ projected }) =>
    projected?.sources?.some((source) => source.serviceAccountToken),
  );
  return tokens ? "A mirror Pod has no ServiceAccount tokens" : undefined;
}

const SECRET_FIELDS = ["secretRef", "secretName", "nodePublishSecretRef"];

function hasSecrets(spec: PodSpec): boolean {
  if (spec.imagePullSecrets?.length) return true;
  let found = false;
  visitContainers(spec, FieldPath.of("spec"), ({ env = [], envFrom = [] }) => {
    found ||= env.some(({ valueFrom }) => valueFrom?.secretKeyRef) || envFrom.some(({ secretRef }) => secretRef);
  });
  return (
    found ||
    (spec.volumes ?? []).some((volume) => {
      if (volume.projected?.sources?.some(({ secret }) => secret)) return true;
      return Object.values(volume).some(
        (source: unknown) =>
          typeof source === "object" && source !== null && SECRET_FIELDS.some((field) => field in source),
      );
    })
  );
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/ */
function setPriority(spec: PodSpec, { surroundings }: AdmitContext): Refusal {
  const name = spec.priorityClassName;
  const byDefault = name ? undefined : surroundings.defaultPriorityClass();
  const found = name ? surroundings.priorityClass(name) : byDefault;
  if (found === undefined && surroundings.incomplete) return undefined;
  if (name && found === undefined) return `PriorityClass "${name}" does not exist`;
  if (byDefault !== undefined) spec.priorityClassName = byDefault.name;
  const value = found?.value ?? 0;
  const policy = found?.preemptionPolicy ?? "PreemptLowerPriority";
  if (spec.priority !== undefined && spec.priority !== value)
    return `The Pod has priority ${spec.priority}, and its PriorityClass gives ${value}`;
  if (spec.preemptionPolicy !== undefined && spec.preemptionPolicy !== policy)
    return `The Pod has preemptionPolicy "${spec.preemptionPolicy}", and its PriorityClass gives ${policy}`;
  spec.priority = value;
  spec.preemptionPolicy = policy;
  return undefined;
}

/** Of a new Pod, and of a changed one. */
export function tolerateEviction(spec: PodSpec): Refusal {
  const tolerations = spec.tolerations ?? [];
  const missing = TOLERATED.filter(
    (taint) =>
      !tolerations.some(({ key = "", effect = "" }) => [taint, ""].includes(key) && ["NoExecute", ""].includes(effect)),
  );
  if (missing.length > 0)
    spec.tolerations = [
      ...tolerations,
      ...missing.map((key) => ({
        key,
        operator: "Exists",
        effect: "NoExecute",
        tolerationSeconds: TOLERATION_SECONDS,
      })),
    ];
  return undefined;
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/pod-overhead/ */
function setOverhead(spec: PodSpec, { surroundings }: AdmitContext): Refusal {
  if (spec.runtimeClassName === undefined) return undefined;
  const found = surroundings.runtimeClass(spec.runtimeClassName);
  if (found === undefined)
    return surroundings.incomplete ? undefined : `RuntimeClass "${spec.runtimeClassName}" does not exist`;
  const selector = { ...found.nodeSelector };
  for (const label in selector)
    if (spec.nodeSelector?.[label] !== undefined && spec.nodeSelector[label] !== selector[label])
      return `The Pod's nodeSelector contradicts its RuntimeClass about the label "${label}"`;
  if (Object.keys(selector).length > 0) spec.nodeSelector = { ...selector, ...spec.nodeSelector };
  if (found.tolerations?.length) spec.tolerations = mergeTolerations(spec.tolerations ?? [], found.tolerations);
  if (found.overhead === undefined) return undefined;
  if (spec.overhead !== undefined && !sameAmounts(spec.overhead, found.overhead))
    return "The Pod has another overhead than its RuntimeClass";
  spec.overhead = { ...found.overhead };
  return undefined;
}

/** Each toleration once. */
function mergeTolerations(own: readonly Toleration[], more: readonly Toleration[]): Toleration[] {
  const texts = new Set(own.map((toleration) => JSON.stringify(toleration)));
  return [...own, ...more.filter((toleration) => !texts.has(JSON.stringify(toleration)))];
}

/** What the RuntimeClass plugin asks once the Pod is valid. */
export function admitPod({ spec }: Pod, { surroundings }: AdmitContext): Refusal {
  const given = Object.keys(spec.overhead ?? {}).length > 0;
  const found = spec.runtimeClassName === undefined ? undefined : surroundings.runtimeClass(spec.runtimeClassName);
  if (found === undefined && spec.runtimeClassName !== undefined && surroundings.incomplete) return undefined;
  return given && found?.overhead === undefined
    ? "The Pod has an overhead without a RuntimeClass that has it"
    : undefined;
}

function sameAmounts(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
