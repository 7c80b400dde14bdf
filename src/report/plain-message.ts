import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { clickable } from "./range.js";

/** A finding in words, for formats with one text field: the message, its help, and related places a line each. */
export function explain(diagnostic: Diagnostic): string {
  const lines = [diagnostic.message];
  if (diagnostic.help !== undefined) lines.push(`Help: ${diagnostic.help}`);
  for (const place of diagnostic.related) lines.push(`${clickable(place.source, place.span)}: ${place.note}`);
  return lines.join("\n");
}

/** The object a finding is about: `apps/v1/Deployment prod/api`; empty without one. */
export function nameResource(diagnostic: Diagnostic): string {
  const { resource } = diagnostic;
  if (!resource) return "";
  const type = [resource.apiVersion, resource.kind].filter((part) => part !== "").join("/");
  const name = [resource.namespace, resource.name].filter((part) => part !== "").join("/");
  return [type, name].filter((part) => part !== "").join(" ");
}
