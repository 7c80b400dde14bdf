import type { Cluster, Edge, Resource } from "../../cluster/index.js";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { joinPath } from "../../source/field-path.js";
import { locate } from "../../yaml/index.js";
import { cleanPath } from "../file-uri.js";
import type { Graph, GraphEdge, GraphNode, GraphOutsider, GraphProblem } from "./graph.js";

/** Makes the graph of a cluster, with the findings of the linter on the objects they are about. */
export function buildGraph(cluster: Cluster, diagnostics: readonly Diagnostic[]): Graph {
  const resources = [...cluster.resources].sort(compareResources);
  const problems = problemsByObject(cluster, diagnostics);
  const ids = new Map<Resource, string>();
  const used = new Map<string, number>();
  const nodes: GraphNode[] = [];
  for (const resource of resources) {
    const base = idOf(resource);
    const nth = (used.get(base) ?? 0) + 1;
    used.set(base, nth);
    const id = nth === 1 ? base : `${base}#${nth}`;
    ids.set(resource, id);
    nodes.push({
      id,
      apiVersion: resource.apiVersion,
      kind: resource.kind || "?",
      namespace: resource.namespace,
      name: resource.name || (resource.metadata.generateName ? `${resource.metadata.generateName}*` : "?"),
      missing: false,
      place: { file: cleanPath(resource.manifest.source.path), line: lineOf(resource, "metadata.name") },
      problems: problems.get(resource) ?? [],
    });
  }
  const absent = new Map<string, GraphNode>();
  const edges: GraphEdge[] = [];
  const outsiders: GraphOutsider[] = [];
  for (const from of resources) {
    // One selector may lead to many.
    const lines = new Map<string, number>();
    for (const edge of cluster.referencesFrom(from)) {
      const line = lines.get(edge.at) ?? lineOf(from, edge.at);
      lines.set(edge.at, line);
      const details = { from: ids.get(from)!, verb: edge.verb, field: edge.at, line };
      let to = edge.to && ids.get(edge.to);
      // What a workload selects first of all is its own Pods.
      if (edge.to === from) continue;
      if (edge.resolved === "missing") {
        const node = missingNode(edge);
        to = node.id;
        absent.set(node.id, node);
      }
      if (to === undefined) {
        if (edge.selector === undefined) outsiders.push({ ...details, target: `${edge.kind} "${edge.name}"` });
        continue;
      }
      edges.push({
        ...details,
        to,
        label: shortField(edge.at),
        selector: edge.selector,
        keys: [...new Set(edge.keys.flatMap(({ name, implied }) => (implied ? [] : name)))],
        made:
          edge.to && edge.selector === undefined && edge.to.kind !== edge.kind
            ? `${edge.kind} "${edge.name}"`
            : undefined,
        missing: edge.resolved === "missing",
      });
    }
  }
  const all = [...nodes, ...[...absent.values()].sort((a, b) => compare(a.id, b.id))];
  return { nodes: all, edges, outsiders };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function compareResources(a: Resource, b: Resource): number {
  return (
    compare(a.namespace, b.namespace) ||
    compare(a.kind, b.kind) ||
    compare(a.name, b.name) ||
    compare(a.group, b.group) ||
    compare(a.manifest.source.path, b.manifest.source.path) ||
    a.manifest.document.span.start - b.manifest.document.span.start ||
    a.manifest.base.localeCompare(b.manifest.base, "en", { numeric: true })
  );
}

const idOf = ({
  group,
  kind,
  namespace,
  name,
}: Pick<Edge & Resource, "group" | "kind" | "namespace" | "name">): string =>
  [group || "core", kind, ...(namespace ? [namespace] : []), name].join("/");

function missingNode({ group, kind, namespace, name, selector, from }: Edge): GraphNode {
  const where = selector === undefined ? (namespace ?? "") : from.namespace;
  const shown = selector === undefined ? name : selector;
  return {
    id: `missing:${idOf({ group, kind, namespace: where, name: shown })}`,
    apiVersion: group,
    kind,
    namespace: where,
    name: shown,
    missing: true,
    place: undefined,
    problems: [],
  };
}

function lineOf({ manifest }: Resource, at: string): number {
  const location = locate(manifest.document, joinPath(manifest.base, at));
  return manifest.source.position((location?.span ?? manifest.document.span).start).line;
}

/** A finding belongs to the object that it names, of its file; where several have that name, to the one around it. */
function problemsByObject(cluster: Cluster, diagnostics: readonly Diagnostic[]): Map<Resource, GraphProblem[]> {
  const bySource = new Map<unknown, Resource[]>();
  for (const resource of cluster.resources) {
    const list = bySource.get(resource.manifest.source);
    if (list) list.push(resource);
    else bySource.set(resource.manifest.source, [resource]);
  }
  const found = new Map<Resource, GraphProblem[]>();
  for (const { source, span, resource: id, severity, rule, message, help } of diagnostics) {
    const inside = (bySource.get(source) ?? []).filter(
      ({ manifest: { document } }) => document.span.start <= span.start && span.start <= document.span.end,
    );
    const owner = inside.find((one) => one.name === id?.name && one.kind === id.kind) ?? inside[0];
    if (!owner) continue;
    const problem = {
      severity,
      rule,
      message,
      ...(help === undefined ? {} : { help }),
      file: cleanPath(source.path),
      line: source.position(span.start).line,
    };
    const list = found.get(owner);
    if (list) list.push(problem);
    else found.set(owner, [problem]);
  }
  return found;
}

const FRAME = new Set("spec template jobTemplate metadata containers initContainers ephemeralContainers".split(" "));
const NAMING = new Set(["name", "names", "matchLabels"]);

/** What tells a field from others: `envFrom.configMapRef` of `spec.template.spec.containers[0].envFrom[0].configMapRef.name`. */
function shortField(path: string): string {
  const steps = [...path.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)]
    .map(([, bracketed, plain]) => plain ?? bracketed ?? "")
    .filter((step) => !/^\d+$/.test(step));
  const telling = steps.filter((step) => !FRAME.has(step));
  while (telling.length > 1 && NAMING.has(telling.at(-1)!)) telling.pop();
  return telling.length > 0 ? telling.slice(-2).join(".") : (steps.at(-1) ?? path);
}
