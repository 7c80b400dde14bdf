import type { Container, EnvVar, Pod, PodSpec } from "../../apis/types/core.v1.generated.js";
import type { ObjectStore } from "../simulation/object-store.js";

/** The Pod as far as variables may ask for it; of a template, without a name. */
export type PodLike = { readonly metadata?: Pod["metadata"]; readonly spec: PodSpec };

/** A variable as a container sees it. Values of Secrets are never told. */
export interface Variable {
  readonly name: string;
  readonly text: string;
  /** Other variables may refer to it by its text. */
  readonly plain: boolean;
}

/**
 * The variables that a container is given: first those of whole ConfigMaps and Secrets, then its own, which may refer
 * to those before them. https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
export function variablesOf(container: Container, pod: PodLike, namespace: string, objects: ObjectStore): Variable[] {
  const variables = new Map<string, Variable>();
  const set = (variable: Variable) => {
    variables.delete(variable.name);
    variables.set(variable.name, variable);
  };
  for (const { prefix = "", configMapRef, secretRef } of container.envFrom ?? []) {
    const { name = "", optional } = configMapRef ?? secretRef ?? {};
    const kind = configMapRef ? "ConfigMap" : "Secret";
    const source = objects.get(configMapRef ? "configmaps" : "secrets", namespace, name);
    if (source === undefined) {
      set({
        name: `${prefix}*`,
        text: `<${kind} "${name}" is not there${optional ? ", which it need not be" : ""}>`,
        plain: false,
      });
      continue;
    }
    for (const [key, value] of Object.entries((source as { data?: Record<string, string> }).data ?? {}).sort())
      set(
        configMapRef
          ? { name: prefix + key, text: value, plain: true }
          : { name: prefix + key, text: secretText(key, name), plain: false },
      );
  }
  for (const variable of container.env ?? []) set(variableOf(variable, pod, namespace, objects, variables));
  return [...variables.values()];
}

const secretText = (key: string, name: string): string => `<set to the key '${key}' in secret '${name}'>`;

function variableOf(
  { name, value = "", valueFrom }: EnvVar,
  pod: PodLike,
  namespace: string,
  objects: ObjectStore,
  known: ReadonlyMap<string, Variable>,
): Variable {
  if (valueFrom === undefined) return { name, text: expand(value, known), plain: true };
  const { configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef } = valueFrom;
  if (secretKeyRef !== undefined) {
    const { name: secret = "", key, optional } = secretKeyRef;
    const found = objects.get("secrets", namespace, secret);
    const absent = found === undefined ? "not there" : found.data?.[key] === undefined ? "without that key" : undefined;
    const aside = absent === undefined ? "" : ` (${absent}${optional ? ", optional" : ""})`;
    return { name, text: `${secretText(key, secret)}${aside}`, plain: false };
  }
  if (configMapKeyRef !== undefined) {
    const { name: map = "", key, optional } = configMapKeyRef;
    const found = objects.get("configmaps", namespace, map)?.data?.[key];
    if (found !== undefined) return { name, text: `${found}`, plain: true };
    return {
      name,
      text: `<key '${key}' of ConfigMap '${map}' is not there${optional ? ", which it need not be" : ""}>`,
      plain: false,
    };
  }
  if (fieldRef !== undefined) return { name, text: fieldValue(fieldRef.fieldPath, pod, namespace), plain: false };
  if (resourceFieldRef !== undefined)
    return {
      name,
      text: `<${resourceFieldRef.resource}${resourceFieldRef.containerName ? ` of ${resourceFieldRef.containerName}` : ""}>`,
      plain: false,
    };
  return { name, text: "<from a file>", plain: false };
}

/** `$(NAME)` of a variable before; `$$(NAME)` stands for itself without the first sign. */
const expand = (value: string, known: ReadonlyMap<string, Variable>): string =>
  value.replace(/\$\$|\$\(([^()]*)\)/g, (all, name: string | undefined) => {
    if (name === undefined) return "$";
    const variable = known.get(name);
    return variable?.plain ? variable.text : all;
  });

function fieldValue(path: string, { metadata, spec }: PodLike, namespace: string): string {
  const [, map, key] = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path) ?? [];
  if (map !== undefined) return metadata?.[map as "labels" | "annotations"]?.[key!] ?? "";
  const values: Readonly<Record<string, string | undefined>> = {
    "metadata.name": metadata?.name,
    "metadata.namespace": namespace,
    "spec.nodeName": spec.nodeName,
    "spec.serviceAccountName": spec.serviceAccountName || "default",
  };
  return values[path] ?? `<${path}>`;
}
