import { bundleEdges, byNamespace, type EdgeBundle, type Graph, type GraphNode } from "./graph.js";
import { type LayoutLink, layOutInColumns } from "./layered-layout.js";

export const NODE = { width: 204, height: 44 } as const;
/** Space around a drawing. */
export const MARGIN = 24;
const GAP = { row: 14, parts: 34, namespaces: 36 } as const;
const PADDING = { side: 22, top: 46, bottom: 22 } as const;
/** Beyond this many nodes, columns would be longer than anybody reads: each namespace becomes a grid. */
const COLUMNS_AT_MOST = 300;
/** How much wider than high a drawing is meant to be. */
const ASPECT = 1.7;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedNode extends Point {
  readonly node: GraphNode;
}

export interface PlacedNamespace extends Point {
  readonly namespace: string;
  readonly width: number;
  readonly height: number;
}

export interface PlacedEdge {
  readonly bundle: EdgeBundle;
  /** Where the line passes the columns between, if it passes any. */
  readonly bends: readonly Point[];
}

/** A graph with a place for everything. */
export interface Arrangement {
  readonly width: number;
  readonly height: number;
  /** Whether the nodes are in grids, which tell nothing of the edges. */
  readonly compact: boolean;
  readonly nodes: ReadonlyMap<string, PlacedNode>;
  readonly namespaces: readonly PlacedNamespace[];
  readonly edges: readonly PlacedEdge[];
}

/** Some nodes with places of their own, to be put somewhere as one. */
interface Part {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly bends: ReadonlyMap<EdgeBundle, readonly Point[]>;
}

/** Places nodes in columns along the edges, or in grids where there are many, in a box for each namespace. */
export function arrange(graph: Graph): Arrangement {
  const bundles = bundleEdges(graph.edges);
  const compact = graph.nodes.length > COLUMNS_AT_MOST;
  const gap = columnGap(bundles.length);
  const groups = byNamespace(graph.nodes).map(([namespace, nodes]) => {
    const parts = compact ? [gridOf(nodes)] : partsOf(nodes, bundles, gap);
    const packed = pack(parts, GAP.parts);
    return {
      namespace,
      packed,
      width: packed.width + 2 * PADDING.side,
      height: packed.height + PADDING.top + PADDING.bottom,
    };
  });
  const boxes = pack(
    groups.map(({ width, height }) => ({ width, height })),
    GAP.namespaces,
  );
  const nodes = new Map<string, PlacedNode>();
  const bends = new Map<EdgeBundle, readonly Point[]>();
  const namespaces: PlacedNamespace[] = [];
  for (const [i, { namespace, packed, width, height }] of groups.entries()) {
    const { x, y } = boxes.places[i]!;
    namespaces.push({ namespace, x, y, width, height });
    for (const [j, part] of packed.items.entries()) {
      const at = packed.places[j]!;
      const move = (point: Point): Point => ({
        x: x + PADDING.side + at.x + point.x,
        y: y + PADDING.top + at.y + point.y,
      });
      for (const placed of part.nodes) nodes.set(placed.node.id, { node: placed.node, ...move(placed) });
      for (const [bundle, points] of part.bends) bends.set(bundle, points.map(move));
    }
  }
  return {
    width: Math.max(boxes.width, 320),
    height: Math.max(boxes.height, 120),
    compact,
    nodes,
    namespaces,
    edges: bundles.map((bundle) => ({ bundle, bends: bends.get(bundle) ?? [] })),
  };
}

/** Room for labels where there are few enough to be read. */
const columnGap = (edges: number): number => (edges <= LABELS_AT_MOST ? 150 : 86);
export const LABELS_AT_MOST = 60;

/** The connected components of a namespace, each in columns; what stands alone, as a grid. */
function partsOf(nodes: readonly GraphNode[], bundles: readonly EdgeBundle[], gap: number): Part[] {
  const index = new Map(nodes.map(({ id }, i) => [id, i]));
  const inside = bundles.filter(({ from, to }) => index.has(from) && index.has(to));
  const leader = nodes.map((_, i) => i);
  const find = (i: number): number => {
    let at = i;
    while (leader[at] !== at) {
      leader[at] = leader[leader[at]!]!;
      at = leader[at]!;
    }
    return at;
  };
  for (const { from, to } of inside) leader[find(index.get(from)!)] = find(index.get(to)!);
  const components = new Map<number, GraphNode[]>();
  for (const [i, node] of nodes.entries()) {
    const component = components.get(find(i));
    if (component) component.push(node);
    else components.set(find(i), [node]);
  }
  const linked = new Map<number, EdgeBundle[]>();
  for (const bundle of inside) {
    const key = find(index.get(bundle.from)!);
    const list = linked.get(key);
    if (list) list.push(bundle);
    else linked.set(key, [bundle]);
  }
  const parts = [...components]
    .filter(([, members]) => members.length > 1)
    .map(([key, members]) => columnsOf(members, linked.get(key) ?? [], gap))
    .sort((a, b) => b.height - a.height);
  const alone = [...components.values()].filter((members) => members.length === 1).flat();
  return alone.length > 0 ? [...parts, gridOf(alone)] : parts;
}

function columnsOf(nodes: readonly GraphNode[], bundles: readonly EdgeBundle[], gap: number): Part {
  const index = new Map(nodes.map(({ id }, i) => [id, i]));
  const links = bundles.map(({ from, to }): LayoutLink => ({ from: index.get(from)!, to: index.get(to)! }));
  const layout = layOutInColumns(nodes.length, links);
  const x = (column: number): number => column * (NODE.width + gap);
  const y = (row: number): number => row * (NODE.height + GAP.row);
  const bends = new Map<EdgeBundle, readonly Point[]>();
  for (const [i, bundle] of bundles.entries()) {
    const { from, to } = links[i]!;
    const rows = layout.bends.get(`${from},${to}`) ?? [];
    const first = layout.places[from]!.column + 1;
    bends.set(
      bundle,
      rows.flatMap((row, j) => {
        const left = x(first + j);
        const middle = y(row) + NODE.height / 2;
        return [
          { x: left, y: middle },
          { x: left + NODE.width, y: middle },
        ];
      }),
    );
  }
  return {
    width: x(layout.columns - 1) + NODE.width,
    height: y(layout.rows - 1) + NODE.height,
    nodes: nodes.map((node, i) => {
      const { column, row } = layout.places[i]!;
      return { node, x: x(column), y: y(row) };
    }),
    bends,
  };
}

function gridOf(nodes: readonly GraphNode[]): Part {
  const [width, height] = [NODE.width + GAP.row, NODE.height + GAP.row];
  const columns = Math.max(1, Math.min(nodes.length, Math.round(Math.sqrt((nodes.length * height * ASPECT) / width))));
  const rows = Math.ceil(nodes.length / columns);
  return {
    width: columns * width - GAP.row,
    height: rows * height - GAP.row,
    // Down the columns, so that a kind's objects stand together.
    nodes: nodes.map((node, i) => ({ node, x: Math.floor(i / rows) * width, y: (i % rows) * height })),
    bends: new Map(),
  };
}

interface Sized {
  readonly width: number;
  readonly height: number;
}

/** Puts boxes on shelves, in their order, so that all together are about as wide as a screen. */
function pack<T extends Sized>(
  items: readonly T[],
  gap: number,
): {
  readonly width: number;
  readonly height: number;
  readonly items: readonly T[];
  readonly places: readonly Point[];
} {
  const area = items.reduce((sum, { width, height }) => sum + (width + gap) * (height + gap), 0);
  const widest = Math.max(0, ...items.map(({ width }) => width));
  const limit = Math.max(widest, Math.sqrt(area * ASPECT));
  const places: Point[] = [];
  let [x, y, shelf, width] = [0, 0, 0, 0];
  // A low box may stand below another of its shelf where there is room.
  let column: { x: number; y: number; width: number } | undefined;
  for (const item of items) {
    if (column && item.width <= column.width && column.y + item.height <= y + shelf) {
      places.push({ x: column.x, y: column.y });
      column = { ...column, y: column.y + item.height + gap };
      continue;
    }
    if (x > 0 && x + item.width > limit) {
      [x, y, shelf] = [0, y + shelf + gap, 0];
    }
    places.push({ x, y });
    column = { x, y: y + item.height + gap, width: item.width };
    x += item.width + gap;
    width = Math.max(width, x - gap);
    shelf = Math.max(shelf, item.height);
  }
  return { width, height: y + shelf, items, places };
}
