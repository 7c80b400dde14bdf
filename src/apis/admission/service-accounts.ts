import { MIRROR } from "../core/pod-annotations.js";
import type { Pod } from "../types/core.v1.generated.js";
import type { NamespaceState } from "./namespace-state.js";

/**
 * A Pod runs under a ServiceAccount that exists, and takes its pull secrets from it where it has none.
 * https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#serviceaccount
 */
export function askForAccount({ metadata, spec }: Pod, namespace: NamespaceState): string | undefined {
  if (metadata.annotations?.[MIRROR] !== undefined) return undefined;
  const name = spec.serviceAccountName || "default";
  const account = namespace.serviceAccount(name);
  if (account === undefined) return `ServiceAccount "${name}" does not exist in namespace "${metadata.namespace}"`;
  if (!spec.imagePullSecrets?.length && account.imagePullSecrets?.length)
    spec.imagePullSecrets = account.imagePullSecrets.map((secret) => ({ ...secret }));
  return undefined;
}
