import type { Severity } from "../../diagnostics/diagnostic.js";

/** A finding of the linter, as a graph shows it. */
export interface GraphProblem {
  readonly severity: Severity;
  readonly rule: string;
  readonly message: string;
  readonly help?: string;
  readonly file: string;
  readonly line: number;
}

/** An object, or what is referred to and not there. */
export interface GraphNode {
  /** `apps/Deployment/shop/api`; of a second object of that name followed by `#2`. */
  readonly id: string;
  readonly apiVersion: string;
  readonly kind: string;
  /** Empty: cluster-scoped, or not given. */
  readonly namespace: string;
  /** Of what a selector looks for in vain, the selector. */
  readonly name: string;
  /** Referred to, but not in the input. */
  readonly missing: boolean;
  /** Undefined where missing. */
  readonly place: { readonly file: string; readonly line: number } | undefined;
  readonly problems: readonly GraphProblem[];
}

/** One reference; where a field lists several, one for each. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** `mounts`. */
  readonly verb: string;
  /** The field path that refers. */
  readonly field: string;
  /** The field path in a few words: `envFrom.configMapRef`. */
  readonly label: string;
  readonly line: number;
  /** Of a selector, as kubectl writes it. */
  readonly selector: string | undefined;
  readonly keys: readonly string[];
  /** What the object named is, where `to` only makes it: `Secret "db"`. */
  readonly made: string | undefined;
  readonly missing: boolean;
}

/** Something an object refers to that is outside the input, or may be. */
export interface GraphOutsider {
  readonly from: string;
  readonly verb: string;
  readonly field: string;
  readonly line: number;
  /** `ClusterRole "view"`. */
  readonly target: string;
}

/** The objects of an input and what refers to what, in a fixed order: namespace, kind, name, file. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly outsiders: readonly GraphOutsider[];
}

/** The gravest problem of an object, where it has one worth showing. */
export const gravest = ({ problems }: GraphNode): "error" | "warning" | undefined =>
  problems.some(({ severity }) => severity === "error")
    ? "error"
    : problems.some(({ severity }) => severity === "warning")
      ? "warning"
      : undefined;

/** `2 errors, 1 warning`; empty where there are none. */
export function countProblems({ problems }: GraphNode): string {
  const count = (severity: Severity): number => problems.filter((problem) => problem.severity === severity).length;
  return (["error", "warning"] as const)
    .map((severity) => [count(severity), severity] as const)
    .filter(([n]) => n > 0)
    .map(([n, severity]) => `${n} ${severity}${n === 1 ? "" : "s"}`)
    .join(", ");
}

/** What a namespace is called where nodes are grouped. */
export const namespaceTitle = (namespace: string): string =>
  namespace === "" ? "cluster, or no namespace given" : `namespace ${namespace}`;

/** The nodes by namespace; those without one last. */
export function byNamespace(nodes: readonly GraphNode[]): (readonly [string, readonly GraphNode[]])[] {
  const groups = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    const group = groups.get(node.namespace);
    if (group) group.push(node);
    else groups.set(node.namespace, [node]);
  }
  return [...groups].sort(([a], [b]) => (a === "" ? 1 : b === "" ? -1 : a < b ? -1 : a > b ? 1 : 0));
}

/** Edges that lead the same way, as one. */
export interface EdgeBundle {
  readonly from: string;
  readonly to: string;
  readonly missing: boolean;
  readonly labels: readonly string[];
}

export function bundleEdges(edges: readonly GraphEdge[]): EdgeBundle[] {
  const bundles = new Map<string, { from: string; to: string; missing: boolean; labels: string[] }>();
  for (const { from, to, missing, label } of edges) {
    const key = `${from}\n${to}`;
    const bundle = bundles.get(key) ?? { from, to, missing, labels: [] };
    bundles.set(key, bundle);
    if (!bundle.labels.includes(label)) bundle.labels.push(label);
  }
  return [...bundles.values()];
}

/** Up to two of the labels of a bundle, and how many more. */
export const bundleLabel = ({ labels }: EdgeBundle): string =>
  labels.slice(0, 2).join(", ") + (labels.length > 2 ? ` +${labels.length - 2}` : "");
