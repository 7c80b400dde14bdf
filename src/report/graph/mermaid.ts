import { showControls } from "../visible-text.js";
import { bundleEdges, bundleLabel, byNamespace, countProblems, type Graph, gravest, namespaceTitle } from "./graph.js";

/** Mermaid: https://mermaid.js.org/syntax/flowchart.html. Text of any kind shows as it is, whatever it holds. */
export function graphAsMermaid(graph: Graph): string {
  const ids = new Map(graph.nodes.map(({ id }, i) => [id, `n${i}`]));
  const lines = ["flowchart LR"];
  for (const [i, [namespace, nodes]] of byNamespace(graph.nodes).entries()) {
    lines.push(`  subgraph g${i}["${quote(namespaceTitle(namespace))}"]`);
    for (const node of nodes) {
      const counts = countProblems(node);
      const text = [node.kind, node.name, ...(node.missing ? ["not in the input"] : counts ? [counts] : [])];
      const state = node.missing ? "missing" : gravest(node);
      lines.push(`    ${ids.get(node.id)}["${text.map(quote).join("<br/>")}"]${state ? `:::${state}` : ""}`);
    }
    lines.push("  end");
  }
  const red: number[] = [];
  for (const [i, bundle] of bundleEdges(graph.edges).entries()) {
    if (bundle.missing) red.push(i);
    const arrow = bundle.missing ? "-.->" : "-->";
    lines.push(`  ${ids.get(bundle.from)} ${arrow}|"${quote(bundleLabel(bundle))}"| ${ids.get(bundle.to)}`);
  }
  if (graph.nodes.some(({ missing }) => missing))
    lines.push("  classDef missing stroke:#c0262d,color:#c0262d,stroke-dasharray:5 4,fill:none");
  if (graph.nodes.some((node) => gravest(node) === "error"))
    lines.push("  classDef error stroke:#c0262d,stroke-width:2px");
  if (graph.nodes.some((node) => gravest(node) === "warning"))
    lines.push("  classDef warning stroke:#c98a00,stroke-width:2px");
  if (red.length > 0) lines.push(`  linkStyle ${red.join(",")} stroke:#c0262d`);
  return `${lines.join("\n")}\n`;
}

/** Every character that could mean something to Mermaid or to HTML as an entity: https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters */
const quote = (text: string): string =>
  showControls(text).replace(/[^\p{L}\p{N} ._/+,:=-]/gu, (c) => `#${c.codePointAt(0)};`);
