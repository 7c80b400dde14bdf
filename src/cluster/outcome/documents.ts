import type { Cause } from "../../apis/index.js";
import type { DocumentAnswer } from "../simulation/documents.js";
import type { Simulation } from "../simulation/simulate.js";
import { finalizersOf } from "../simulation/simulated-cluster.js";
import { writtenName } from "./like-entries.js";
import type { Entry } from "./outcome.js";

/** What the server said of each document, in their order. */
export function* documentsOf({ answers, cluster }: Simulation): Generator<Entry> {
  for (const answer of answers) {
    const { index, request, apiVersion, kind, namespace, allowed, code, reason, causes, warnings, stored } = answer;
    yield {
      index,
      op: request.operation,
      apiVersion,
      kind,
      namespace,
      name: stored === undefined ? answer.name : writtenName(stored),
      as: request.user?.name,
      verdict: allowed ? "accepted" : "rejected",
      code,
      reason: allowed ? undefined : reason,
      causes: causes.some(isListed) || (causes.length > 0 && reason === "Invalid") ? causes.map(causeEntry) : undefined,
      message:
        causes.length > 0
          ? causes.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join("; ")
          : undefined,
      warnings: warnings.length > 0 ? warnings : undefined,
      ...customContents(answer, cluster),
    };
  }
}

/** Of refusals, the server lists the causes of this one alone. */
const isListed = ({ reason }: Cause): boolean => reason === "NamespaceTerminating";

/** Policies give neither a reason nor a field. */
const causeEntry = ({ reason, field, message }: Cause): Entry =>
  reason === "PolicyDenied" ? { message } : { reason, field, message };

/** Of a custom resource, what it holds beside metadata: what defaulting and pruning made of it. */
function customContents({ stored }: DocumentAnswer, { objects, admission }: Simulation["cluster"]): Entry {
  if (stored === undefined) return {};
  const { apiVersion = "", kind = "", metadata } = stored;
  if (admission.customKind(apiVersion, kind) === undefined) return {};
  const { name: resource = "" } = admission.resourceOf(apiVersion, kind) ?? {};
  const current = objects.get(resource, metadata.namespace, metadata.name ?? "");
  const [first, last] = [contentsOf(stored), current === undefined ? undefined : contentsOf(current)];
  return {
    stored: first,
    final: last === undefined || JSON.stringify(last) === JSON.stringify(first) ? undefined : last,
  };
}

function contentsOf(object: object): Record<string, unknown> {
  const { apiVersion: _, kind: __, metadata: ___, ...contents } = object as Record<string, unknown>;
  return contents;
}

/** What was accepted, but is not there in the end, or about to go. */
export function* goneOf({ answers, cluster }: Simulation): Generator<Entry> {
  const seen = new Set<string>();
  for (const { stored, kind, namespace, name } of answers) {
    if (stored === undefined) continue;
    const resource = cluster.resourceOf(stored);
    if (resource === undefined) continue;
    const key = `${kind} ${namespace ?? ""}/${stored.metadata.name}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const current = cluster.objects.get(resource, namespace, stored.metadata.name ?? "");
    if (current === undefined) yield { kind, namespace, name };
    else if (current.metadata.deletionTimestamp !== undefined)
      yield { kind, namespace, name, terminating: true, finalizers: finalizersOf(current) };
  }
}
