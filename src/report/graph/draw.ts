import {
  type Arrangement,
  arrange,
  type Box,
  LABELS_AT_MOST,
  MARGIN,
  NODE,
  type PlacedEdge,
  type PlacedNode,
  type Point,
} from "./arrange.js";
import { bundleLabel, countProblems, type Graph, gravest, namespaceTitle } from "./graph.js";
import { familyOf } from "./kind-families.js";
import { xmlText } from "./xml-text.js";

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** The elements of the drawing, without the `svg` around them. */
  readonly elements: string;
  /** By node, within the margin. */
  readonly places: ReadonlyMap<string, Point>;
  readonly compact: boolean;
}

/** Draws a graph as SVG elements, styled by classes. */
export function drawGraph(graph: Graph): Drawing {
  const arrangement = arrange(graph);
  const index = new Map(graph.nodes.map(({ id }, i) => [id, i]));
  const labels = new Labels();
  for (const placed of arrangement.nodes.values()) labels.keepOff(placed);
  const elements = [
    `<defs>${marker("arrow")}${marker("arrow-missing")}</defs>`,
    `<g class="namespaces">`,
    ...arrangement.namespaces.map(
      ({ namespace, x, y, width, height }) =>
        `<g class="namespace" data-namespace="${xmlText(namespace)}"><rect x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}" rx="14"/><text x="${at(x + 22)}" y="${at(y + 29)}">${xmlText(cut(namespaceTitle(namespace), width - 40, 7.6))}</text></g>`,
    ),
    ...arrangement.blocks.map(
      ({ x, y, width, height }) =>
        `<rect class="block" x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}" rx="10"/>`,
    ),
    `</g><g class="edges">`,
    ...arrangement.edges.map((edge) => drawEdge(edge, arrangement, index, labels)),
    `</g><g class="nodes">`,
    ...graph.nodes.map(({ id }, i) => drawNode(arrangement.nodes.get(id)!, i)),
    "</g>",
  ];
  return {
    width: arrangement.width + 2 * MARGIN,
    height: arrangement.height + 2 * MARGIN,
    elements: `<g transform="translate(${MARGIN} ${MARGIN})">\n${elements.join("\n")}\n</g>`,
    places: arrangement.nodes,
    compact: arrangement.compact,
  };
}

const at = (n: number): string => String(Math.round(n * 10) / 10);

const marker = (id: string): string =>
  `<marker id="${id}" viewBox="0 0 8 8" refX="7.2" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="${id}" d="M0.5 0.8 7.5 4 0.5 7.2z"/></marker>`;

function drawNode({ node, x, y }: PlacedNode, i: number): string {
  const problem = gravest(node);
  const counts = countProblems(node);
  const state = node.missing ? " missing" : problem ? ` ${problem}` : "";
  const number = node.problems.filter(({ severity }) => severity === problem).length;
  const badge = problem
    ? `<g class="badge"><circle cx="${NODE.width - 4}" cy="4" r="9.5"/><text x="${NODE.width - 4}" y="7.8">${number > 99 ? "99+" : number}</text></g>`
    : "";
  const title = `${node.kind} ${node.name}${node.missing ? ", not in the input" : counts ? `: ${counts}` : ""}`;
  return `<g class="node ${familyOf(node.kind)}${state}" data-node="${i}" transform="translate(${at(x)} ${at(y)})"><title>${xmlText(title)}</title><rect class="box" width="${NODE.width}" height="${NODE.height}" rx="8"/><path class="stripe" d="M8 0H5A5 5 0 0 0 0 5V${NODE.height - 5}A5 5 0 0 0 5 ${NODE.height}H8Z"/><text class="kind" x="18" y="17">${xmlText(cut(node.kind, NODE.width - 34, 6.3))}</text><text class="name" x="18" y="34">${xmlText(cut(node.name, NODE.width - 28, 7.9))}</text>${badge}</g>`;
}

function drawEdge(
  { bundle, bends, from: start, to: end }: PlacedEdge,
  { nodes, edges }: Arrangement,
  index: ReadonlyMap<string, number>,
  labels: Labels,
): string {
  const from = nodes.get(bundle.from)!;
  const to = nodes.get(bundle.to)!;
  const curves = curvesOf(start, end, bends);
  const [first] = curves as [Curve];
  const path = `M${point(first.start)}${curves.map(({ c1, c2, end }) => `C${point(c1)} ${point(c2)} ${point(end)}`).join("")}`;
  const missing = bundle.missing ? " missing" : "";
  const text = edges.length <= LABELS_AT_MOST ? labels.place(cut(bundleLabel(bundle), 150, 5.6), first) : "";
  return `<g class="edge${missing}" data-from="${index.get(bundle.from)}" data-to="${index.get(bundle.to)}"><title>${xmlText(`${from.node.kind} ${from.node.name} → ${to.node.kind} ${to.node.name}: ${bundle.labels.join(", ")}`)}</title><path d="${path}" marker-end="url(#arrow${bundle.missing ? "-missing" : ""})"/>${text}</g>`;
}

interface Curve {
  readonly start: Point;
  readonly c1: Point;
  readonly c2: Point;
  readonly end: Point;
}

const point = ({ x, y }: Point): string => `${at(x)} ${at(y)}`;

/** From side to side, smooth through the points between. */
function curvesOf(from: Box, to: Box, bends: readonly Point[]): Curve[] {
  const [x1, y1, x2, y2] = [from.x, from.y + from.height / 2, to.x, to.y + to.height / 2];
  if (bends.length > 0) {
    const points = [{ x: x1 + from.width, y: y1 }, ...bends, { x: x2, y: y2 }];
    return points.slice(1).map((end, i) => {
      const start = points[i]!;
      const reach = (end.x - start.x) / 2;
      return { start, c1: { x: start.x + reach, y: start.y }, c2: { x: end.x - reach, y: end.y }, end };
    });
  }
  // To the right where there is room, to the left where the target is there, else around the right ends.
  const right = x2 >= x1 + from.width + 12;
  const left = x1 >= x2 + to.width + 12;
  const start = { x: left ? x1 : x1 + from.width, y: y1 };
  const end = { x: right ? x2 : x2 + to.width, y: y2 };
  const reach = right || left ? Math.max(30, Math.abs(end.x - start.x) / 2) : 46;
  return [
    {
      start,
      c1: { x: left ? start.x - reach : start.x + reach, y: start.y },
      c2: { x: right ? end.x - reach : end.x + reach, y: end.y },
      end,
    },
  ];
}

/** The labels placed so far: one that would cover another is left to the edge's title. */
class Labels {
  readonly #taken: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }[] = [];

  place(text: string, curve: Curve): string {
    const half = (text.length * 5.4) / 2 + 2;
    for (const t of [0.5, 0.36, 0.64, 0.26, 0.74]) {
      const { x, y } = along(curve, t);
      const box = { x1: x - half, y1: y - 13, x2: x + half, y2: y + 1 };
      if (this.#taken.some((o) => o.x1 < box.x2 && box.x1 < o.x2 && o.y1 < box.y2 && box.y1 < o.y2)) continue;
      this.#taken.push(box);
      return `<text x="${at(x)}" y="${at(y - 4)}">${xmlText(text)}</text>`;
    }
    return "";
  }

  /** Keeps labels off a box. */
  keepOff({ x, y }: Point): void {
    this.#taken.push({ x1: x, y1: y, x2: x + NODE.width, y2: y + NODE.height });
  }
}

function along({ start, c1, c2, end }: Curve, t: number): Point {
  const u = 1 - t;
  const mix = (a: number, b: number, c: number, d: number): number =>
    u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
  return { x: mix(start.x, c1.x, c2.x, end.x), y: mix(start.y, c1.y, c2.y, end.y) };
}

/** What of a text fits, by the mean width of its letters. */
function cut(text: string, width: number, letter: number): string {
  const most = Math.max(4, Math.floor(width / letter));
  const letters = Array.from(text.slice(0, 1000));
  if (letters.length <= most) return text;
  // Names differ at their ends as often as at their beginnings.
  const end = Math.floor(most / 3);
  return `${letters.slice(0, most - end - 1).join("")}…${letters.slice(-end).join("")}`;
}
