import { type Graph, gravest } from "./graph.js";

/** The graph for programs: nodes with their problems, every reference by itself, and what lies outside the input. */
export function graphAsJson({ nodes, edges, outsiders }: Graph): string {
  const value = {
    version: 1,
    summary: {
      objects: nodes.filter(({ missing }) => !missing).length,
      references: edges.length,
      missing: nodes.filter(({ missing }) => missing).length,
      withErrors: nodes.filter((node) => gravest(node) === "error").length,
      withWarnings: nodes.filter((node) => gravest(node) === "warning").length,
    },
    nodes: nodes.map(({ place, ...node }) => ({ ...node, ...place })),
    edges,
    outside: outsiders,
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}
