import type { EndpointAddress, EndpointPort, EndpointSubset } from "../types/core.v1.generated.js";

interface Group {
  /** The addresses that offer its ports, and whether they are ready. */
  readonly ready: Map<EndpointAddress, boolean>;
  readonly ports: EndpointPort[];
}

/**
 * The layout in which the server stores subsets: ports offered by the same addresses are together, each address (with
 * one uid of its target) is there once, addresses are in order, and not ready prevails. The server orders ports and
 * subsets by a hash; here those that need no repacking stay as they are written.
 */
export function repackSubsets(subsets: readonly EndpointSubset[]): EndpointSubset[] {
  const known = new Map<string, EndpointAddress>();
  const byPort = new Map<string, Group>();
  for (const { addresses = [], notReadyAddresses = [], ports = [] } of subsets)
    for (const port of ports.length > 0 ? ports : [undefined]) {
      const key = JSON.stringify(port && [port.name, port.port, port.protocol]) ?? "";
      const group: Group = byPort.get(key) ?? { ready: new Map(), ports: port === undefined ? [] : [port] };
      byPort.set(key, group);
      for (const address of addresses) addAddress(address, true, group, known);
      for (const address of notReadyAddresses) addAddress(address, false, group, known);
    }
  return joinGroups([...byPort.values()]);
}

function addAddress(address: EndpointAddress, ready: boolean, group: Group, known: Map<string, EndpointAddress>): void {
  const key = keyOf(address);
  const first = known.get(key) ?? address;
  known.set(key, first);
  group.ready.set(first, ready && group.ready.get(first) !== false);
}

function joinGroups(groups: readonly Group[]): EndpointSubset[] {
  const joined = new Map<string, Group>();
  for (const group of groups) {
    const key = [...group.ready]
      .map(([address, ready]) => `${keyOf(address)} ${ready}`)
      .sort()
      .join("\n");
    const same = joined.get(key);
    if (same === undefined) joined.set(key, group);
    else same.ports.push(...group.ports);
  }
  return [...joined.values()].map(({ ready, ports }) => {
    const addresses = addressesOf(ready, true);
    const notReadyAddresses = addressesOf(ready, false);
    return {
      ...(addresses.length > 0 && { addresses }),
      ...(notReadyAddresses.length > 0 && { notReadyAddresses }),
      ...(ports.length > 0 && { ports }),
    };
  });
}

const addressesOf = (ready: Group["ready"], wanted: boolean): EndpointAddress[] =>
  [...ready]
    .filter(([, isReady]) => isReady === wanted)
    .map(([address]) => address)
    .sort((a, b) => compareTexts(a.ip, b.ip) || compareTexts(uidOf(a), uidOf(b)));

const keyOf = (address: EndpointAddress): string => JSON.stringify([address.ip, uidOf(address)]);
const uidOf = ({ targetRef }: EndpointAddress): string => targetRef?.uid ?? "";
const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
