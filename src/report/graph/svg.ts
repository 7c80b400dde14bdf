import { drawGraph } from "./draw.js";
import type { Graph } from "./graph.js";
import { DRAWING_STYLE, PALETTE } from "./graph-style.js";
import { xmlText } from "./xml-text.js";

/** One picture without script, in the reader's colours. */
export function graphAsSvg(graph: Graph): string {
  const { width, height, elements } = drawGraph(graph);
  const size = `${Math.ceil(width)} ${Math.ceil(height)}`;
  const objects = graph.nodes.filter(({ missing }) => !missing).length;
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" class="drawing" viewBox="0 0 ${size}" width="${Math.ceil(width)}" height="${Math.ceil(height)}" role="img">
<title>${xmlText(`${objects} objects and what refers to what`)}</title>
<style>${PALETTE}${DRAWING_STYLE}</style>
<rect width="100%" height="100%" fill="var(--ground)"/>
${elements}
</svg>
`;
}
