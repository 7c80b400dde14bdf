import { deprecation } from "../schema/api-lifecycle.js";

/** What the server warns of at every request for a deprecated kind, whatever it answers. */
export function deprecationWarning(apiVersion: string, kind: string, minor: number): string[] {
  const known = deprecation(apiVersion, kind);
  if (known === undefined || known.deprecatedIn > minor) return [];
  const instead = known.replacement === undefined ? "" : `; ${known.replacement} takes its place`;
  return [`Kind ${kind} of ${apiVersion} is deprecated since Kubernetes 1.${known.deprecatedIn}${instead}`];
}
