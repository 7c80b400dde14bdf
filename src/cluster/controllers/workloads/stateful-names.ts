import type { StatefulSet } from "../../../apis/types/apps.v1.generated.js";
import type { Pod, PodSpec, Volume } from "../../../apis/types/core.v1.generated.js";

export const REVISION = "controller-revision-hash";
export const POD_NAME = "statefulset.kubernetes.io/pod-name";
export const POD_INDEX = "apps.kubernetes.io/pod-index";

/** The ordinals that a StatefulSet wants: https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#ordinal-index */
export function ordinalsOf({ ordinals, replicas = 1 }: StatefulSet["spec"]): { first: number; end: number } {
  const first = ordinals?.start ?? 0;
  return { first, end: first + replicas };
}

/** The ordinal of a Pod of this StatefulSet; -1 where its name is none of the set's. */
export function ordinalOf({ metadata: { name: set = "" } }: StatefulSet, { metadata: { name = "" } }: Pod): number {
  const match = name.startsWith(`${set}-`) ? /^(\d{1,10})$/.exec(name.slice(set.length + 1)) : null;
  return match === null ? -1 : Number(match[1]);
}

/** The names of the claims that the templates give a Pod: `data-db-0`. */
export const claimNames = ({ metadata, spec }: StatefulSet, ordinal: number): { template: string; claim: string }[] =>
  (spec.volumeClaimTemplates ?? []).map((template) => ({
    template: template.metadata.name ?? "",
    claim: `${template.metadata.name}-${metadata.name}-${ordinal}`,
  }));

/** Of a StatefulSet's Pod: its host name, its Service as subdomain, and its claims in place of volumes of the same names. */
export function statefulPodSpec(set: StatefulSet, ordinal: number, spec: PodSpec): Partial<PodSpec> {
  const claims = claimNames(set, ordinal);
  const own = (spec.volumes ?? []).filter(({ name }) => !claims.some(({ template }) => template === name));
  const added = claims.map(({ template, claim }) => ({
    name: template,
    persistentVolumeClaim: { claimName: claim, readOnly: false },
  }));
  const volumes = [...added, ...own] as Volume[];
  return {
    hostname: `${set.metadata.name}-${ordinal}`,
    subdomain: set.spec.serviceName || undefined,
    ...(volumes.length > 0 ? { volumes } : {}),
  };
}
