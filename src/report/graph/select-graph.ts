import { type Graph, type GraphNode, gravest } from "./graph.js";

/** Which part of a graph is wanted. */
export interface GraphSelection {
  readonly namespaces: readonly string[];
  /** Kinds, in whatever case. */
  readonly kinds: readonly string[];
  /** Only what refers to these nodes or is referred to by them, over so many steps. */
  readonly focus?: { readonly ids: ReadonlySet<string>; readonly depth: number };
  /** Only what has problems, and what that refers to in vain. */
  readonly problems: boolean;
}

/** The part of a graph that is wanted. What is missing stays with what misses it. */
export function selectGraph(graph: Graph, { namespaces, kinds, focus, problems }: GraphSelection): Graph {
  const wantedKinds = new Set(kinds.map((kind) => kind.toLowerCase()));
  const near = focus && nodesAround(graph, focus.ids, focus.depth);
  const inVain = new Set(graph.edges.filter(({ missing }) => missing).map(({ from }) => from));
  const passes = (node: GraphNode): boolean =>
    (namespaces.length === 0 || namespaces.includes(node.namespace)) &&
    (wantedKinds.size === 0 || wantedKinds.has(node.kind.toLowerCase())) &&
    (!near || near.has(node.id)) &&
    (!problems || node.missing || gravest(node) !== undefined || inVain.has(node.id));
  const kept = new Set(graph.nodes.filter((node) => !node.missing && passes(node)).map(({ id }) => id));
  const missing = new Map(graph.nodes.filter((node) => node.missing).map((node) => [node.id, node]));
  const edges = graph.edges.filter(({ from, to }) => {
    if (!kept.has(from)) return false;
    const target = missing.get(to);
    return target ? wantedKinds.size === 0 || wantedKinds.has(target.kind.toLowerCase()) || problems : kept.has(to);
  });
  const led = new Set(edges.map(({ to }) => to));
  return {
    nodes: graph.nodes.filter(({ id, missing: absent }) => (absent ? led.has(id) : kept.has(id))),
    edges,
    outsiders: graph.outsiders.filter(({ from }) => kept.has(from)),
  };
}

function nodesAround({ edges }: Graph, ids: ReadonlySet<string>, depth: number): Set<string> {
  const beside = new Map<string, string[]>();
  const link = (a: string, b: string): void => {
    const list = beside.get(a);
    if (list) list.push(b);
    else beside.set(a, [b]);
  };
  for (const { from, to } of edges) {
    link(from, to);
    link(to, from);
  }
  const found = new Set(ids);
  let edge = [...ids];
  for (let step = 0; step < depth && edge.length > 0; step++) {
    const next: string[] = [];
    for (const id of edge)
      for (const other of beside.get(id) ?? [])
        if (!found.has(other)) {
          found.add(other);
          next.push(other);
        }
    edge = next;
  }
  return found;
}
