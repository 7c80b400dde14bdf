import { showControls } from "../visible-text.js";
import { bundleEdges, bundleLabel, byNamespace, countProblems, type Graph, gravest, namespaceTitle } from "./graph.js";

const NODE_STYLE = {
  error: 'color="#c0262d", penwidth=2',
  warning: 'color="#c98a00", penwidth=2',
  missing: 'color="#c0262d", fontcolor="#c0262d", style="rounded,dashed"',
};

/** Graphviz: https://graphviz.org/doc/info/lang.html. */
export function graphAsDot(graph: Graph): string {
  const ids = new Map(graph.nodes.map(({ id }, i) => [id, `n${i}`]));
  const lines = [
    "digraph kubeproof {",
    "  rankdir=LR;",
    '  node [shape=box, style=rounded, fontname="sans-serif", fontsize=11];',
    '  edge [fontname="sans-serif", fontsize=9, color="#7a8394"];',
  ];
  for (const [i, [namespace, nodes]] of byNamespace(graph.nodes).entries()) {
    lines.push(`  subgraph cluster_${i} {`, `    label=${quote(namespaceTitle(namespace))};`, '    color="#c5cbd6";');
    for (const node of nodes) {
      const state = node.missing ? "missing" : gravest(node);
      const text = [node.kind, node.name, ...(node.missing ? ["not in the input"] : [countProblems(node)])];
      const label = `"${text.filter(Boolean).map(literal).join("\\n")}"`;
      lines.push(`    ${ids.get(node.id)} [label=${label}${state ? `, ${NODE_STYLE[state]}` : ""}];`);
    }
    lines.push("  }");
  }
  for (const bundle of bundleEdges(graph.edges)) {
    const style = bundle.missing ? ', color="#c0262d", style=dashed' : "";
    lines.push(`  ${ids.get(bundle.from)} -> ${ids.get(bundle.to)} [label=${quote(bundleLabel(bundle))}${style}];`);
  }
  lines.push("}");
  return `${lines.join("\n")}\n`;
}

/** A backslash means something in labels, so that it is doubled, and so is what ends a string. */
const literal = (text: string): string => showControls(text).replace(/[\\"]/g, "\\$&");
const quote = (text: string): string => `"${literal(text)}"`;
