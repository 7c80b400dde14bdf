import { POD_TEMPLATE_PATHS } from "../cluster/index.js";
import type { Manifest } from "../input/index.js";
import type { Decoded, SchemaProblem, Types } from "../schema/index.js";

/**
 * Decodes a manifest, and makes its value what rules may rely on: known fields have their declared types. That holds for
 * documents that are broken, which rules meet as the target of a reference, and for the metadata and the Pod template of
 * kinds that are not known.
 */
export function decodeManifest(types: Types, { value, document, selectorsAdded, kustomized }: Manifest): Decoded {
  const decoded = types.decode(value);
  const isAddedLater = (problem: SchemaProblem): boolean =>
    (selectorsAdded === true && isMissingSelector(problem)) || (kustomized === true && isServiceNamespace(problem));
  if (decoded.problems.some(isAddedLater))
    return { ...decoded, problems: decoded.problems.filter((problem) => !isAddedLater(problem)) };
  if (decoded.facts === undefined) {
    settle(types, "ConfigMap", value, ["metadata"]);
    const path = POD_TEMPLATE_PATHS.find(({ kind }) => kind === value.kind)?.path;
    if (path === "") settle(types, "Pod", value, ["spec"]);
    else if (path !== undefined) settlePodTemplate(types, value, path.split("."));
  }
  return document.decodes ? decoded : { facts: undefined, problems: [], doubtful: decoded.doubtful };
}

/** A kustomization adds it: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/commonlabels/ */
const isMissingSelector = (problem: SchemaProblem): boolean =>
  problem.code === "missing-field" && problem.path === "spec.selector";

/** A kustomization gives what names a Service the namespace that it gives the Service. */
const isServiceNamespace = (problem: SchemaProblem): boolean =>
  problem.code === "missing-field" && /(^|\.)service\.namespace$/.test(problem.path);

function settlePodTemplate(types: Types, value: Record<string, unknown>, steps: readonly string[]): void {
  let parent: unknown = value;
  for (const step of steps.slice(0, -1)) {
    if (typeof parent !== "object" || parent === null) return;
    parent = (parent as Record<string, unknown>)[step];
  }
  if (typeof parent === "object" && parent !== null)
    settle(types, "PodTemplate", parent as Record<string, unknown>, ["template"]);
}

/** Gives fields of an object the types they have in a core kind; decoding takes out in place what has none. */
function settle(types: Types, kind: string, value: Record<string, unknown>, fields: readonly string[]): void {
  const stand: Record<string, unknown> = { apiVersion: "v1", kind };
  for (const field of fields) if (Object.hasOwn(value, field)) stand[field] = value[field];
  types.decode(stand);
  for (const field of fields) if (Object.hasOwn(value, field) && !Object.hasOwn(stand, field)) delete value[field];
}
