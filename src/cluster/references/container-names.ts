import { isPlaceholder } from "../../schema/placeholder.js";
import type { PodTemplate } from "../pods/pod-template.js";
import { compilePattern, extendPath, isRecord, visitPattern } from "./object-paths.js";

/** A container of its own Pod that a field or an annotation names. */
export interface ContainerName {
  readonly name: string;
  /** Within the owner of the Pod. */
  readonly at: string;
  readonly by: "downward API" | "annotation";
  /** The annotation's key; empty for fields. */
  readonly annotation: string;
}

/** Fields of a Pod spec, and of a container, that name a container: https://kubernetes.io/docs/concepts/workloads/pods/downward-api/ */
const POD_FIELDS = [
  "volumes[*].downwardAPI.items[*].resourceFieldRef.containerName",
  "volumes[*].projected.sources[*].downwardAPI.items[*].resourceFieldRef.containerName",
].map(compilePattern);
const CONTAINER_FIELD = compilePattern("env[*].valueFrom.resourceFieldRef.containerName");

/** Whose value is the name: https://kubernetes.io/docs/reference/labels-annotations-taints/#kubectl-kubernetes-io-default-container */
const NAMED_BY_VALUE = new Set([
  "kubectl.kubernetes.io/default-container",
  "kubectl.kubernetes.io/default-logs-container",
]);
/** Whose key ends in the name. */
const NAMED_BY_KEY = /^container\.(?:apparmor\.security\.beta|seccomp\.security\.alpha)\.kubernetes\.io\/(.+)$/;

/** The names of containers that a Pod template holds outside the containers themselves, and has no container for. */
export function absentContainerNames(pod: PodTemplate): ContainerName[] {
  const known = new Set(pod.containers.map(({ name }) => name));
  if ([...known].some(isPlaceholder)) return [];
  const found: ContainerName[] = [];
  const add = (name: unknown, at: string, by: ContainerName["by"], annotation = ""): void => {
    if (typeof name === "string" && name !== "" && !known.has(name) && !isPlaceholder(name))
      found.push({ name, at, by, annotation });
  };
  for (const steps of POD_FIELDS)
    visitPattern(pod.spec, steps, pod.specPath, (name, at) => add(name, at, "downward API"));
  for (const { spec, path } of pod.containers)
    visitPattern(spec, CONTAINER_FIELD, path, (name, at) => add(name, at, "downward API"));
  const { annotations } = pod.metadata;
  if (isRecord(annotations))
    for (const [key, value] of Object.entries(annotations)) {
      const at = extendPath(`${pod.path === "" ? "" : `${pod.path}.`}metadata.annotations`, key);
      const [, named] = NAMED_BY_KEY.exec(key) ?? [];
      add(named ?? (NAMED_BY_VALUE.has(key) ? value : ""), at, "annotation", key);
    }
  return found;
}
