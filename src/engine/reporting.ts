import { type Cluster, type Container, PodTemplate, Resource } from "../cluster/index.js";
import type { Diagnostic, RelatedPlace } from "../diagnostics/diagnostic.js";
import { isPlaceholder } from "../schema/placeholder.js";
import { formatPath, joinPath, type PathStep, parsePath } from "../source/field-path.js";
import type { SourceFile } from "../source/source-file.js";
import type { Span } from "../source/span.js";
import { type Location, locate } from "../yaml/index.js";
import { resolveFix } from "./fixes.js";
import type { LintOptions, RuleSetting } from "./lint.js";
import type { Message, Messages, RelatedRequest, ReportDetails, Rule, RuleContext, RuleOptions } from "./rule.js";

/** What a check is looking at: an object, a place in the text, or (neither) everything. */
export interface Subject {
  readonly resource?: Resource;
  readonly source?: SourceFile;
  /** Of a problem of the text. */
  readonly span?: Span;
  readonly related?: readonly RelatedPlace[];
}

type AnyContext = RuleContext<Messages, RuleOptions> & { readonly resource?: Resource };

/** Turns what rules report into diagnostics: messages worded, paths resolved to spans, doubtful findings left unsaid. */
export class Reporting {
  readonly #settings = new Map<Rule, Map<string, RuleSetting | undefined>>();

  constructor(
    private readonly cluster: Cluster,
    private readonly options: LintOptions,
    private readonly emit: (diagnostic: Diagnostic) => void,
    private readonly emitRemark: (text: string) => void,
  ) {}

  /** The context of one rule for one subject; undefined where the rule is off for the subject's file. */
  context(rule: Rule, subject: Subject): AnyContext | undefined {
    const setting = this.setting(rule, subject.source?.path ?? "");
    if (!setting && subject.source) return undefined;
    return {
      cluster: this.cluster,
      minor: this.options.minor,
      options: (setting?.options ?? {}) as never,
      resource: subject.resource,
      report: (message, details) => this.report(rule, message, details as ReportDetails<unknown>, subject),
      remark: this.emitRemark,
    };
  }

  private setting(rule: Rule, path: string): RuleSetting | undefined {
    const ofRule = this.#settings.get(rule) ?? new Map<string, RuleSetting | undefined>();
    this.#settings.set(rule, ofRule);
    if (!ofRule.has(path)) ofRule.set(path, this.options.setting(rule, path));
    return ofRule.get(path);
  }

  private report(rule: Rule, messageId: string, details: ReportDetails<unknown>, subject: Subject): void {
    const resource = details.object ? resourceOf(details.object) : subject.resource;
    const source = resource?.manifest.source ?? subject.source;
    if (!source || (resource && !resource.manifest.reported)) return;
    const setting = this.setting(rule, source.path);
    if (!setting) return;
    const place = resource ? placeInResource(resource, details) : { span: subject.span ?? { start: 0, end: 0 } };
    if (!place) return;
    const word = rule.messages[messageId] as (data: unknown) => Message;
    const { text, help } = word(details.data);
    this.emit({
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
    });
  }
}

const resourceOf = (object: Resource | PodTemplate | Container): Resource =>
  object instanceof Resource ? object : object instanceof PodTemplate ? object.owner : object.pod.owner;

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
function placeInResource(resource: Resource, details: ReportDetails<unknown>): { readonly span: Span } | undefined {
  const { manifest } = resource;
  const location = locate(manifest.document, joinPath(manifest.base, details.at));
  if (!location) return undefined;
  if (details.on === "key") return { span: location.exists ? (location.key ?? location.span) : location.span };
  if (isDoubtful(resource, details.at, location)) return undefined;
  if (location.exists && location.node.kind === "scalar" && isPlaceholder(location.node.value)) return undefined;
  return { span: location.span };
}

/**
 * A finding within a field that decoding took out says nothing reliable, and neither does one about a missing field
 * whose parent has an unknown or mistyped one: that may be the very field, misspelt.
 */
function isDoubtful(resource: Resource, at: string, location: Location): boolean {
  if (resource.doubtful.length === 0) return false;
  const base = parsePath(resource.manifest.base);
  const parent = formatPath(location.steps.slice(base.length));
  return resource.doubtful.some((doubtful) => {
    if (at === doubtful || at.startsWith(`${doubtful}.`) || at.startsWith(`${doubtful}[`)) return true;
    return !location.exists && parentOf(doubtful) === parent;
  });
}

const parentOf = (path: string): string => formatPath(parsePath(path).slice(0, -1) as PathStep[]);
