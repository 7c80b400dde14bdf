import type { Resource } from "../cluster/index.js";
import { joinPath } from "../source/field-path.js";
import { locate } from "../yaml/index.js";

/** A plain scalar as the manifest has it (`1.0`, `0644`, `yes`); undefined for anything else, and where it is not there. */
export function writtenAt({ manifest }: Resource, path: string): string | undefined {
  const location = locate(manifest.document, joinPath(manifest.base, path));
  if (!location?.exists || location.node.kind !== "scalar" || location.node.style !== "plain") return undefined;
  return manifest.source.text.slice(location.node.span.start, location.node.span.end);
}
