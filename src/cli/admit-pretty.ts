import type { Cause } from "../apis/index.js";
import { isMapping } from "../input/plain-values.js";
import { type FindingWriter, loadFindingWriter, type ReportOptions } from "../report/index.js";
import { showControls } from "../report/visible-text.js";
import type { Span } from "../source/span.js";
import type { Answer } from "./admit-answers.js";
import { identityOf } from "./admit-output.js";
import { writeYaml } from "./write-yaml.js";

/** Writes the answers for people: each refusal with the source it is about, a line for what is allowed, a summary. */
export class AnswerWriter {
  readonly #writer: FindingWriter;
  readonly #verbose: boolean;
  #allowed = 0;
  #refused = 0;
  #warnings = 0;

  private constructor(writer: FindingWriter, verbose: boolean) {
    this.#writer = writer;
    this.#verbose = verbose;
  }

  static async load(options: ReportOptions): Promise<AnswerWriter> {
    const makeWriter = await loadFindingWriter();
    return new AnswerWriter(makeWriter({ ...options, verbose: false }), options.verbose);
  }

  write(answer: Answer): string {
    const { source, start, verdict, value } = answer;
    const { theme } = this.#writer;
    const { line, column } = source.position(start);
    const outcome = `(${verdict.code} ${verdict.allowed ? "Created" : verdict.reason})`;
    const who = `${source.path}:${line}:${column} ${nameOf(value)}`;
    const paint = verdict.allowed ? theme.good : theme.severity.error;
    const says = verdict.allowed ? "would be allowed" : "would be refused";
    const lines = [`${theme.strong(showControls(who))} ${paint(says)} ${theme.dim(outcome)}`];
    for (const text of verdict.warnings) lines.push(`  ${theme.severity.warning("warning")} ${showControls(text)}`);
    if (verdict.causes.length > 0) {
      const spans = answer.spans();
      lines.push("");
      verdict.causes.forEach((cause, i) => {
        lines.push(...this.#describe(cause, answer, spans[i] ?? { start, end: start }));
      });
    }
    if (verdict.object && this.#verbose) {
      const text = writeYaml(withoutSecrets(verdict.object));
      lines.push(...text.split("\n").map((each) => (each === "" ? "" : `    ${showControls(each)}`)));
    }
    if (verdict.allowed) this.#allowed++;
    else this.#refused++;
    this.#warnings += verdict.warnings.length;
    return `${lines.join("\n")}\n`;
  }

  #describe({ reason, field, message }: Cause, { source }: Answer, span: Span): readonly string[] {
    const lines = this.#writer.finding({
      rule: reason,
      severity: "error",
      category: "schema",
      message,
      source,
      span,
      field: field === "" ? undefined : field,
      related: [],
      url: "",
    });
    return lines.map((line) => (line === "" ? "" : `  ${line}`));
  }

  /** How many were allowed and refused. */
  summary(): string {
    const { theme } = this.#writer;
    const parts = [
      this.#refused > 0 ? theme.severity.error(`${this.#refused} refused`) : "",
      this.#allowed > 0 ? theme.good(`${this.#allowed} allowed`) : "",
      this.#warnings > 0
        ? theme.severity.warning(`${this.#warnings} ${this.#warnings === 1 ? "warning" : "warnings"}`)
        : "",
    ].filter((part) => part !== "");
    return `\n${parts.length === 0 ? "No objects" : parts.join(", ")}\n`;
  }
}

/** `Deployment "shop/web"`. */
function nameOf(value: unknown): string {
  const { kind, namespace, name } = identityOf(value);
  if (typeof kind !== "string" || kind === "") return "The document";
  const own = typeof name === "string" ? name : "";
  return `${kind} "${typeof namespace === "string" ? `${namespace}/` : ""}${own}"`;
}

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/** Nobody's screen shows what is in a Secret. */
function withoutSecrets(object: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (object.kind !== "Secret") return object;
  const { data, metadata } = object;
  const annotations = isMapping(metadata) && isMapping(metadata.annotations) ? metadata.annotations : undefined;
  const shown = annotations && LAST_APPLIED in annotations ? { ...annotations, [LAST_APPLIED]: HIDDEN } : annotations;
  return {
    ...object,
    ...(isMapping(metadata) && shown && { metadata: { ...metadata, annotations: shown } }),
    ...(isMapping(data) && { data: Object.fromEntries(Object.keys(data).map((key) => [key, HIDDEN])) }),
  };
}

const HIDDEN = "(hidden)";
