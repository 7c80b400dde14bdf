import type { Verdict } from "../../../apis/index.js";
import type { ApiObject } from "../../../apis/kind-rules.js";
import type { PodSpec, PodTemplateSpec } from "../../../apis/types/core.v1.generated.js";
import { controlledBy, type SimulatedCluster } from "../../simulation/simulated-cluster.js";

/** What a controller puts into its Pods beside the template. */
export interface PodAdditions {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  /** A name of its own, instead of a made-up one. */
  readonly name?: string;
  readonly generateName?: string;
  readonly spec?: Partial<PodSpec>;
}

/** A Pod as a controller asks for it: the template, owned by the controller. */
export function podFromTemplate(owner: ApiObject, template: PodTemplateSpec, added: PodAdditions = {}): ApiObject {
  const { namespace, name = "" } = owner.metadata;
  const { labels, annotations, finalizers } = template.metadata ?? {};
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      ...(added.name === undefined ? { generateName: added.generateName ?? `${name}-` } : { name: added.name }),
      namespace,
      labels: merged(labels, added.labels),
      annotations: merged(annotations, added.annotations),
      finalizers: finalizers || added.finalizers ? [...(finalizers ?? []), ...(added.finalizers ?? [])] : undefined,
      ownerReferences: [controlledBy(owner)],
    },
    spec: { ...template.spec, ...added.spec },
  } as ApiObject;
}

function merged(first?: Readonly<Record<string, string>>, second?: Readonly<Record<string, string>>) {
  return first || second ? { ...first, ...second } : undefined;
}

/** Has the API server make Pods until one is refused; the refusal, if there is one. */
export function makePods(
  cluster: SimulatedCluster,
  owner: ApiObject,
  template: PodTemplateSpec,
  count: number,
  added?: PodAdditions,
): string | undefined {
  let last: Verdict | undefined;
  for (let i = 0; i < count; i++) {
    const verdict = last && cluster.createAnother(last);
    if (verdict?.allowed) continue;
    const pod = podFromTemplate(owner, template, added);
    last = verdict ?? cluster.create(pod);
    if (!last.allowed) return refusalOf(pod, last);
  }
  return undefined;
}

/** Why the API server did not make an object, as conditions and events say it. */
export function refusalOf({ kind, metadata }: ApiObject, { code, causes, reason }: Verdict): string {
  const name = metadata.name ?? `${metadata.generateName}*`;
  const why = causes.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join("; ") || reason;
  return code === 403 || code === 429
    ? `${kind?.toLowerCase()}s "${name}" is forbidden: ${why}`
    : `${kind} "${name}" is ${code === 422 ? "invalid" : "refused"}: ${why}`;
}
