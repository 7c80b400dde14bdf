import { type Cluster, type Container, PodTemplate, Resource } from "../cluster/index.js";
import type { Diagnostic, RelatedPlace } from "../diagnostics/diagnostic.js";
import { isPlaceholder } from "../schema/placeholder.js";
import { joinPath, parsePath } from "../source/field-path.js";
import type { SourceFile } from "../source/source-file.js";
import type { Span } from "../source/span.js";
import { locate } from "../yaml/index.js";
import { isDoubtful } from "./doubts.js";
import { resolveFix } from "./fixes.js";
import type { LintOptions, RuleSetting } from "./lint.js";
import type { Messages, OptionValues, RelatedRequest, ReportDetails, Rule, RuleContext, RuleOptions } from "./rule.js";

/** What a check is looking at: an object, a place in the text, or (neither) everything. */
export interface Subject {
  readonly resource?: Resource;
  readonly source?: SourceFile;
  /** Of a problem of the text. */
  readonly span?: Span;
  readonly related?: readonly RelatedPlace[];
}

/** Where findings and remarks go. */
export interface Sink {
  diagnostic(diagnostic: Diagnostic, rule: Rule, resource: Resource | undefined): void;
  remark(text: string): void;
}

/**
 * One rule at work: the context its check is given, moved from subject to subject. Turns what the rule reports into
 * diagnostics: messages worded, paths resolved to spans, doubtful findings left unsaid.
 */
export class RuleRun implements RuleContext<Messages, RuleOptions> {
  options: OptionValues<RuleOptions> = {};
  readonly minor: number;
  readonly remark: (text: string) => void;
  #subject: Subject = {};
  #path: string | undefined;
  #setting: RuleSetting | undefined;

  constructor(
    readonly rule: Rule,
    readonly cluster: Cluster,
    private readonly lintOptions: LintOptions,
    private readonly sink: Sink,
  ) {
    this.minor = lintOptions.minor;
    this.remark = sink.remark;
  }

  /** The object a problem of the schema was found in. */
  get resource(): Resource {
    return this.#subject.resource!;
  }

  /** Moves on to a subject; false where the rule is off for its file. A rule over everything asks again at each report. */
  moveTo(subject: Subject): boolean {
    this.#subject = subject;
    if (!subject.source) {
      this.options = (this.settingFor("")?.options ?? {}) as OptionValues<RuleOptions>;
      return true;
    }
    const setting = this.settingFor(subject.source.path);
    if (!setting) return false;
    this.options = setting.options as OptionValues<RuleOptions>;
    return true;
  }

  /** Subjects come file by file, so the last answer nearly always serves. */
  private settingFor(path: string): RuleSetting | undefined {
    if (path !== this.#path) {
      this.#path = path;
      this.#setting = this.lintOptions.setting(this.rule, path);
    }
    return this.#setting;
  }

  readonly report = (messageId: string, details: ReportDetails<never>): void => {
    const subject = this.#subject;
    const { rule } = this;
    const resource = details.object ? resourceOf(details.object) : subject.resource;
    const source = resource?.manifest.source ?? subject.source;
    if (!source || (resource && !resource.manifest.reported)) return;
    const setting = this.settingFor(source.path);
    if (!setting) return;
    // What decoding itself found is what the doubt is about.
    const certain = "each" in rule.target && rule.target.each === "schemaProblem";
    const place = resource
      ? placeInResource(resource, details, certain)
      : { span: subject.span ?? { start: 0, end: 0 } };
    if (!place) return;
    if (details.conceal !== undefined && resource) conceal(resource, details.conceal);
    const { text, help } = rule.messages[messageId]!(details.data);
    const diagnostic: Diagnostic = {
      rule: rule.id,
      severity: setting.severity,
      category: rule.category,
      message: text,
      help,
      source,
      span: place.span,
      resource: resource && {
        apiVersion: resource.apiVersion,
        kind: resource.kind,
        namespace: resource.namespace,
        name: resource.name,
      },
      field: resource ? details.at : undefined,
      related: [...(subject.related ?? []), ...(details.related ?? []).flatMap(relatedPlace)],
      fix: details.fix && resource ? resolveFix(resource.manifest, details.fix) : undefined,
      url: rule.url,
    };
    this.sink.diagnostic(diagnostic, rule, resource);
  };
}

const resourceOf = (object: Resource | PodTemplate | Container): Resource =>
  object instanceof Resource ? object : object instanceof PodTemplate ? object.owner : object.pod.owner;

function conceal({ manifest }: Resource, path: string): void {
  const location = locate(manifest.document, joinPath(manifest.base, path));
  if (location?.exists) manifest.source.conceal(location.node.span);
}

function relatedPlace(request: RelatedRequest): RelatedPlace[] {
  const { manifest } = resourceOf(request.object);
  const at =
    request.at ??
    (request.object instanceof PodTemplate || request.object instanceof Resource
      ? "metadata.name"
      : request.object.path);
  const location = locate(manifest.document, joinPath(manifest.base, at));
  return location ? [{ source: manifest.source, span: location.span, note: request.note }] : [];
}

/** Where the finding points; undefined where decoding left doubt about what it claims. */
function placeInResource(
  resource: Resource,
  details: ReportDetails<never>,
  certain: boolean,
): { readonly span: Span } | undefined {
  const { manifest } = resource;
  const location = locate(manifest.document, joinPath(manifest.base, details.at));
  if (!location) return undefined;
  if (details.on === "key") return { span: location.exists ? (location.key ?? location.span) : location.span };
  const depth = location.steps.length - parsePath(manifest.base).length;
  if (!certain && isDoubtful(resource, details.at, depth)) return undefined;
  if (location.exists && location.node.kind === "scalar" && isPlaceholder(location.node.value)) return undefined;
  return { span: location.span };
}
