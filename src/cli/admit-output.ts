import { isMapping } from "../input/plain-values.js";
import type { SourceFile } from "../source/source-file.js";
import type { Span } from "../source/span.js";
import type { Answer } from "./admit-answers.js";

/** One line of `kubeproof admit --output json`. */
export function writeAnswerAsJson(answer: Answer, index: number): string {
  const { source, start, verdict } = answer;
  const spans = verdict.causes.length > 0 ? answer.spans() : [];
  const line = {
    index,
    file: source.path,
    line: source.position(start).line,
    ...identityOf(answer.value),
    allowed: verdict.allowed,
    code: verdict.code,
    reason: verdict.reason,
    causes: verdict.causes.map(({ reason, field, message }, i) => {
      const span = spans[i];
      return { reason, field, message, range: span && rangeOf(source, span) };
    }),
    warnings: verdict.warnings,
    object: verdict.object,
  };
  return `${JSON.stringify(line)}\n`;
}

/** What an object calls itself, as far as it does. */
interface Identity {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
  readonly namespace?: unknown;
  readonly name?: unknown;
}

export function identityOf(value: unknown): Identity {
  if (!isMapping(value)) return {};
  const { apiVersion, kind } = value;
  const { namespace, name } = isMapping(value.metadata) ? value.metadata : {};
  return { apiVersion, kind, namespace, name };
}

function rangeOf(source: SourceFile, { start, end }: Span) {
  return { start: { ...source.position(start), offset: start }, end: { ...source.position(end), offset: end } };
}
