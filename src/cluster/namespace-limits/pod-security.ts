import { describePolicy, policiesOf, violationsOf } from "../../apis/admission/pod-security.js";
import type { Pod } from "../../apis/types/core.v1.generated.js";
import { isPlaceholder } from "../../schema/placeholder.js";
import { joinPath } from "../../source/field-path.js";
import type { Cluster } from "../cluster.js";
import { standAlone } from "../duplicates.js";
import { isOpenNamespace } from "../namespaces.js";
import type { PodTemplate } from "../pods/pod-template.js";
import type { Resource } from "../resource.js";

/** Why the namespace of a Pod does not take it. */
export interface PodSecurityRefusal {
  readonly namespace: Resource;
  /** `restricted`, `baseline of v1.25`. */
  readonly policy: string;
  /** What the Pod has, in words; `at` is within the owner of the template. */
  readonly violations: readonly { readonly at: string; readonly text: string }[];
}

const ENFORCE = "pod-security.kubernetes.io/enforce";

/**
 * Asks the labels of the input's Namespaces about the Pods of a template. Of several Namespaces of one name, every one
 * has to refuse them: https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export function podSecurityRefusal(pod: PodTemplate, cluster: Cluster): PodSecurityRefusal | undefined {
  const { owner, spec } = pod;
  if (isOpenNamespace(owner.namespace) || owner.builtInKind === undefined || standAlone(owner)) return undefined;
  const namespaces = cluster.allNamed("", "Namespace", undefined, owner.namespace);
  if (namespaces.length === 0 || namespaces.some((each) => each.labels[ENFORCE] === undefined)) return undefined;
  if (
    owner.doubtful.length > 0 ||
    ["securityContext", "containers", "volumes"].some((field) => cluster.mayBePatched(owner, field))
  )
    return undefined;
  if (!pod.containers.every(({ name }) => name !== "" && !isPlaceholder(name)) || !Array.isArray(spec.containers))
    return undefined;
  let refusal: PodSecurityRefusal | undefined;
  for (const namespace of namespaces) {
    if (standAlone(namespace) || namespace.doubtful.length > 0 || cluster.mayBePatched(namespace, ENFORCE))
      return undefined;
    if (Object.values(namespace.labels).some(isPlaceholder)) return undefined;
    const { enforce } = policiesOf(namespace.labels);
    const found = violationsOf({ metadata: pod.metadata, spec } as unknown as Pod, enforce, cluster.types.minor);
    if (found.length === 0) return undefined;
    refusal ??= {
      namespace,
      policy: describePolicy(enforce),
      violations: found.map(({ text, field }) => ({ at: joinPath(pod.path, field), text })),
    };
  }
  return refusal;
}
