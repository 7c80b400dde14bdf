/** A box to be placed, and what leads from box to box, by index. */
export interface LayoutLink {
  readonly from: number;
  readonly to: number;
}

/** Where the boxes of a component are: columns from left to right, along the links. */
export interface LayeredLayout {
  /** By box: its column, and the middle of it within that in rows (fractions allowed). */
  readonly places: readonly { readonly column: number; readonly row: number }[];
  readonly columns: number;
  readonly rows: number;
  /** By `from,to`: the rows in which a link passes the columns between. */
  readonly bends: ReadonlyMap<string, readonly number[]>;
}

const SWEEPS = 12;
/** Components with more links than this are not improved so often: what a sweep costs grows with them. */
const MANY_LINKS = 1500;

/**
 * Places boxes in columns so that links lead to the right and cross little: cycles are broken, each box stands as far
 * left as its sources allow and sources close to what they lead to, links over several columns get stand-ins, and the
 * order within columns follows the neighbours (Sugiyama, Tagawa, Toda 1981). `heights`: of each box, in rows.
 */
export function layOutInColumns(heights: readonly number[], links: readonly LayoutLink[]): LayeredLayout {
  const size = heights.length;
  const forward = withoutCycles(size, links);
  const column = columnsOf(size, forward);
  const columns = Math.max(0, ...column) + 1;

  // Stand-ins have indexes from `size` on.
  const steps: LayoutLink[] = [];
  const columnOf = [...column];
  const standIns = new Map<string, number[]>();
  for (const { from, to } of forward) {
    let last = from;
    const between: number[] = [];
    standIns.set(`${from},${to}`, between);
    for (let passed = column[from]! + 1; passed < column[to]!; passed++) {
      const standIn = columnOf.length;
      columnOf.push(passed);
      between.push(standIn);
      steps.push({ from: last, to: standIn });
      last = standIn;
    }
    steps.push({ from: last, to });
  }
  const count = columnOf.length;
  const before: number[][] = Array.from({ length: count }, () => []);
  const after: number[][] = Array.from({ length: count }, () => []);
  for (const { from, to } of steps) {
    after[from]!.push(to);
    before[to]!.push(from);
  }
  const layers: number[][] = Array.from({ length: columns }, () => []);
  for (let i = 0; i < count; i++) layers[columnOf[i]!]!.push(i);

  const order = new Array<number>(count).fill(0);
  const number = (layer: number[]): void => {
    for (const [i, box] of layer.entries()) order[box] = i;
  };
  for (const layer of layers) number(layer);
  const sweeps = steps.length > MANY_LINKS ? 4 : SWEEPS;
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const rightwards = sweep % 2 === 0;
    for (const layer of rightwards ? layers : [...layers].reverse()) {
      const neighbours = rightwards ? before : after;
      const weight = new Map(layer.map((box) => [box, mean(neighbours[box]!, order) ?? order[box]!]));
      layer.sort((a, b) => weight.get(a)! - weight.get(b)! || order[a]! - order[b]!);
      number(layer);
    }
  }
  const row = rowsOf(layers, order, before, after, heights);
  const top = Math.min(...row.map((middle, i) => middle - (heights[i] ?? STAND_IN) / 2));
  const rows = Math.max(...row.map((middle, i) => middle + (heights[i] ?? STAND_IN) / 2)) - top;
  return {
    places: Array.from({ length: size }, (_, i) => ({ column: column[i]!, row: row[i]! - top })),
    columns,
    rows,
    bends: new Map([...standIns].map(([link, between]) => [link, between.map((box) => row[box]! - top)])),
  };
}

const mean = (boxes: readonly number[], at: readonly number[]): number | undefined =>
  boxes.length === 0 ? undefined : boxes.reduce((sum, box) => sum + at[box]!, 0) / boxes.length;

/** The links without those that close a cycle, walked without recursion: a chain may be long. */
function withoutCycles(size: number, links: readonly LayoutLink[]): LayoutLink[] {
  const out: LayoutLink[][] = Array.from({ length: size }, () => []);
  for (const link of links) if (link.from !== link.to) out[link.from]!.push(link);
  const state = new Uint8Array(size);
  const kept: LayoutLink[] = [];
  for (let start = 0; start < size; start++) {
    if (state[start] !== 0) continue;
    const stack = [{ box: start, next: 0 }];
    state[start] = 1;
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      const link = out[top.box]![top.next++];
      if (!link) {
        state[top.box] = 2;
        stack.pop();
      } else if (state[link.to] !== 1) {
        kept.push(link);
        if (state[link.to] === 0) {
          state[link.to] = 1;
          stack.push({ box: link.to, next: 0 });
        }
      }
    }
  }
  return kept;
}

function columnsOf(size: number, links: readonly LayoutLink[]): number[] {
  const out: number[][] = Array.from({ length: size }, () => []);
  const waiting = new Array<number>(size).fill(0);
  for (const { from, to } of links) {
    out[from]!.push(to);
    waiting[to]!++;
  }
  const sources = waiting.map((n) => n === 0);
  const column = new Array<number>(size).fill(0);
  const queue = [...waiting.keys()].filter((box) => waiting[box] === 0);
  for (let i = 0; i < queue.length; i++)
    for (const to of out[queue[i]!]!) {
      column[to] = Math.max(column[to]!, column[queue[i]!]! + 1);
      if (--waiting[to]! === 0) queue.push(to);
    }
  for (let box = 0; box < size; box++)
    if (sources[box] && out[box]!.length > 0) column[box] = Math.min(...out[box]!.map((to) => column[to]!)) - 1;
  return column;
}

/** How much room a stand-in takes: a line, not a box. */
const STAND_IN = 0.45;

/** Rows near those of the neighbours, with room between, in the order of each column. */
function rowsOf(
  layers: readonly (readonly number[])[],
  order: readonly number[],
  before: readonly (readonly number[])[],
  after: readonly (readonly number[])[],
  heights: readonly number[],
): number[] {
  const row = [...order];
  const room = (a: number, b: number): number => ((heights[a] ?? STAND_IN) + (heights[b] ?? STAND_IN)) / 2;
  for (const layer of layers) {
    for (let i = 0; i < layer.length; i++)
      row[layer[i]!] = i === 0 ? 0 : row[layer[i - 1]!]! + room(layer[i - 1]!, layer[i]!);
  }
  for (let sweep = 0; sweep < 10; sweep++) {
    const rightwards = sweep % 2 === 0;
    for (const layer of rightwards ? layers : [...layers].reverse()) {
      const wanted = layer.map((box) => {
        const near = sweep < 6 ? (rightwards ? before : after)[box]! : [...before[box]!, ...after[box]!];
        return mean(near, row) ?? row[box]!;
      });
      settle(layer, wanted, room, row);
    }
  }
  return row;
}

/** The rows nearest to those wanted that keep order and room: boxes that would overlap move as one block. */
function settle(
  layer: readonly number[],
  wanted: readonly number[],
  room: (a: number, b: number) => number,
  row: number[],
): void {
  const blocks: { sum: number; count: number; offset: number[]; first: number; length: number }[] = [];
  for (let i = 0; i < layer.length; i++) {
    let block = { sum: wanted[i]!, count: 1, offset: [0], first: i, length: 0 };
    for (let last = blocks.at(-1); last; last = blocks.at(-1)) {
      const gap = room(layer[block.first - 1]!, layer[block.first]!);
      if (last.sum / last.count + last.length + gap <= block.sum / block.count) break;
      blocks.pop();
      const shift = last.length + gap;
      block = {
        sum: last.sum + block.sum - shift * block.count,
        count: last.count + block.count,
        offset: [...last.offset, ...block.offset.map((offset) => offset + shift)],
        first: last.first,
        length: shift + block.length,
      };
    }
    blocks.push(block);
  }
  for (const { sum, count, offset, first } of blocks)
    for (const [i, o] of offset.entries()) row[layer[first + i]!] = sum / count + o;
}
