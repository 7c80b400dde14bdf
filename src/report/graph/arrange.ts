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

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export interface PlacedEdge {
  readonly bundle: EdgeBundle;
  /** The boxes that the line connects: of nodes, or of blocks of them. */
  readonly from: Box;
  readonly to: Box;
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
  /** Frames around nodes that stand together because one other refers to all of them, or they all to it. */
  readonly blocks: readonly Box[];
  readonly edges: readonly PlacedEdge[];
}

/** Some nodes with places of their own, to be put somewhere as one. */
interface Part {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly bends: ReadonlyMap<EdgeBundle, readonly Point[]>;
  /** By node, the block that it is in. */
  readonly blocks: ReadonlyMap<string, Box>;
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
  const blocks = new Map<string, Box>();
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
      const moved = new Map([...new Set(part.blocks.values())].map((block) => [block, { ...block, ...move(block) }]));
      for (const [id, block] of part.blocks) blocks.set(id, moved.get(block)!);
      for (const [bundle, points] of part.bends) bends.set(bundle, points.map(move));
    }
  }
  return {
    width: Math.max(boxes.width, 320),
    height: Math.max(boxes.height, 120),
    compact,
    nodes,
    namespaces,
    blocks: [...new Set(blocks.values())],
    edges: bundles.map((bundle) => ({
      bundle,
      from: blocks.get(bundle.from) ?? { ...nodes.get(bundle.from)!, ...NODE },
      to: blocks.get(bundle.to) ?? { ...nodes.get(bundle.to)!, ...NODE },
      bends: bends.get(bundle) ?? [],
    })),
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
  const groups = groupLeaves(nodes, bundles);
  const groupOf = new Map(groups.flatMap((group, i) => group.map(({ id }) => [id, i] as const)));
  const grids = groups.map((group) => (group.length === 1 ? undefined : gridOf(group, 0.62)));
  const boxOf = (i: number): { width: number; height: number } => {
    const grid = grids[i];
    return grid ? { width: grid.width + 2 * BLOCK, height: grid.height + 2 * BLOCK } : NODE;
  };
  const pitch = NODE.height + GAP.row;
  const links = new Map<string, LayoutLink>();
  for (const bundle of bundles) {
    const link = { from: groupOf.get(bundle.from)!, to: groupOf.get(bundle.to)! };
    links.set(`${link.from},${link.to}`, link);
  }
  const layout = layOutInColumns(
    groups.map((_, i) => (boxOf(i).height + GAP.row) / pitch),
    [...links.values()],
  );
  const widths = new Array<number>(layout.columns).fill(NODE.width);
  for (const [i, { column }] of layout.places.entries()) widths[column] = Math.max(widths[column]!, boxOf(i).width);
  const left: number[] = [];
  for (const i of widths.keys()) left.push(i === 0 ? 0 : left[i - 1]! + widths[i - 1]! + gap);
  const middle = (row: number): number => row * pitch - GAP.row / 2;

  const placed: PlacedNode[] = [];
  const blocks = new Map<string, Box>();
  for (const [i, group] of groups.entries()) {
    const { column, row } = layout.places[i]!;
    const { width, height } = boxOf(i);
    const box: Box = { x: left[column]!, y: middle(row) - height / 2, width, height };
    const grid = grids[i];
    if (!grid) placed.push({ node: group[0]!, x: box.x, y: box.y });
    for (const { node, x, y } of grid?.nodes ?? []) {
      placed.push({ node, x: box.x + BLOCK + x, y: box.y + BLOCK + y });
      blocks.set(node.id, box);
    }
  }
  const bends = new Map<EdgeBundle, readonly Point[]>();
  for (const bundle of bundles) {
    const [from, to] = [groupOf.get(bundle.from)!, groupOf.get(bundle.to)!];
    const first = layout.places[from]!.column + 1;
    const rows = layout.bends.get(`${from},${to}`) ?? [];
    bends.set(
      bundle,
      rows.flatMap((row, j) => [
        { x: left[first + j]!, y: middle(row) },
        { x: left[first + j]! + widths[first + j]!, y: middle(row) },
      ]),
    );
  }
  return {
    width: left.at(-1)! + widths.at(-1)!,
    height: layout.rows * pitch - GAP.row,
    nodes: placed,
    bends,
    blocks,
  };
}

/** Space between a block's frame and its nodes. */
const BLOCK = 10;
/** So many nodes with one and the same neighbour alone stand as a block, lest a column be all theirs. */
const LEAVES = 5;

/** The nodes one by one, but for those that would make a long column of leaves of one other. */
function groupLeaves(nodes: readonly GraphNode[], bundles: readonly EdgeBundle[]): GraphNode[][] {
  const only = new Map<string, string | undefined>();
  const see = (id: string, neighbour: string): void => {
    only.set(id, only.has(id) ? undefined : neighbour);
  };
  for (const { from, to } of bundles) {
    see(from, `to ${to}`);
    see(to, `from ${from}`);
  }
  const leaves = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    const neighbour = only.get(node.id);
    if (neighbour === undefined) continue;
    const list = leaves.get(neighbour);
    if (list) list.push(node);
    else leaves.set(neighbour, [node]);
  }
  const groups = [...leaves.values()].filter((group) => group.length >= LEAVES);
  const grouped = new Set(groups.flat());
  return [...groups, ...nodes.filter((node) => !grouped.has(node)).map((node) => [node])];
}

function gridOf(nodes: readonly GraphNode[], aspect: number = ASPECT): Part {
  const [width, height] = [NODE.width + GAP.row, NODE.height + GAP.row];
  const columns = Math.max(1, Math.min(nodes.length, Math.round(Math.sqrt((nodes.length * height * aspect) / width))));
  const rows = Math.ceil(nodes.length / columns);
  return {
    width: columns * width - GAP.row,
    height: rows * height - GAP.row,
    // Down the columns, so that a kind's objects stand together.
    nodes: nodes.map((node, i) => ({ node, x: Math.floor(i / rows) * width, y: (i % rows) * height })),
    bends: new Map(),
    blocks: new Map(),
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
