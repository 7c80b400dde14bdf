import type { Graph } from "./graph.js";

export { buildGraph } from "./build-graph.js";
export type { Graph, GraphEdge, GraphNode, GraphProblem } from "./graph.js";
export { type GraphSelection, selectGraph } from "./select-graph.js";

/** Around a graph, what a page says of it. */
export interface GraphAbout {
  readonly toolVersion: string;
  readonly kubernetesVersion: string;
}

/** Writes a graph in one format. The text ends with a line break. */
export type GraphWriter = (graph: Graph, about: GraphAbout) => string;

/** What `graph --output` takes; only what is written is loaded. */
export const GRAPH_FORMATS: Readonly<Record<string, () => Promise<GraphWriter>>> = {
  mermaid: async () => (await import("./mermaid.js")).graphAsMermaid,
  dot: async () => (await import("./dot.js")).graphAsDot,
  json: async () => (await import("./json.js")).graphAsJson,
  svg: async () => (await import("./svg.js")).graphAsSvg,
  html: async () => (await import("./html.js")).graphAsHtml,
};
