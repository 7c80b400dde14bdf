import { createHash } from "node:crypto";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { cleanPath } from "./file-uri.js";

/**
 * One fingerprint for each finding, stable while lines move and wording changes: made of rule, file, object, field
 * (without list positions) and the values the message quotes. Findings alike in all of these are numbered in order.
 */
export function fingerprints(diagnostics: readonly Diagnostic[]): string[] {
  const seen = new Map<string, number>();
  return diagnostics.map(({ rule, source, resource, field, message }) => {
    const identity = JSON.stringify([
      rule,
      cleanPath(source.path),
      // The version is left out: an object moved to a newer one has the same mistakes.
      resource && [resource.kind, resource.namespace, resource.name],
      field?.replace(/\[\d+\]/g, "[]"),
      message.match(/"[^"]*"/g),
    ]);
    const occurrence = seen.get(identity) ?? 0;
    seen.set(identity, occurrence + 1);
    return createHash("sha256").update(`${identity}#${occurrence}`).digest("hex").slice(0, 32);
  });
}
