import type { NodeState } from "./node-state.js";

/** In which domain of one topology each node is. */
export interface TopologyDomains {
  /** By the serial numbers of the nodes; nodes without the label share the domain of the empty value. */
  readonly domainOf: readonly number[];
  /** By the serial numbers of the nodes. */
  readonly isLabelled: readonly boolean[];
  readonly count: number;
}

export function topologyDomains(topologyKey: string, nodes: Iterable<NodeState>): TopologyDomains {
  const numbers = new Map<string, number>();
  const [domainOf, isLabelled]: [number[], boolean[]] = [[], []];
  for (const { node, serial } of nodes) {
    const value = node.metadata.labels?.[topologyKey];
    let number = numbers.get(value ?? "");
    if (number === undefined) {
      number = numbers.size;
      numbers.set(value ?? "", number);
    }
    domainOf[serial] = number;
    isLabelled[serial] = value !== undefined;
  }
  return { domainOf, isLabelled, count: numbers.size };
}
