import { cause, refuse } from "./admit.js";
import { isMapping } from "./decode/is-mapping.js";
import { kindIndexOf } from "./served-kinds.js";
import type { Verdict } from "./verdict.js";

/** https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#namespacelifecycle */
const LASTING_NAMESPACES = new Set(["default", "kube-public", "kube-system"]);

/**
 * What the API server answers to the deletion of an object, stored or not. One that is allowed may still be held back by
 * its finalizers.
 */
export function admitDelete(
  value: Readonly<Record<string, unknown>>,
  { minor, exists }: { readonly minor: number; readonly exists: boolean },
): Verdict {
  const { kind, metadata, apiVersion } = value;
  const name = isMapping(metadata) ? String(metadata.name ?? "") : "";
  const entry = kindIndexOf(minor).find(String(apiVersion), String(kind));
  if (entry !== undefined && !entry.verbs.includes("delete"))
    return refuse(405, "MethodNotAllowed", [cause("Forbidden", "", `Kind ${kind} is not deleted`)]);
  if (apiVersion === "v1" && kind === "Namespace" && LASTING_NAMESPACES.has(name))
    return refuse(403, "Forbidden", [cause("Forbidden", "", `Namespace "${name}" is never deleted`)]);
  if (!exists)
    return refuse(404, "NotFound", [cause("Forbidden", "metadata.name", `${kind} "${name}" does not exist`)]);
  return { allowed: true, code: 200, causes: [], warnings: [] };
}
