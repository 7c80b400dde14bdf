import type { PodSpec } from "../../apis/types/core.v1.generated.js";

/** A port of the node's own that a Pod takes. */
export interface HostPort {
  readonly address: string;
  /** `TCP/8080`. */
  readonly port: string;
}

const ANY_ADDRESS = "0.0.0.0";

/** With `hostNetwork`, defaulting has made every container port a host port. Init containers count where they stay. */
export function hostPortsOf({ containers, initContainers = [] }: PodSpec): HostPort[] {
  const staying = [...(containers ?? []), ...initContainers.filter(({ restartPolicy }) => restartPolicy === "Always")];
  return staying.flatMap(({ ports = [] }) =>
    ports.flatMap(({ hostPort, hostIP, protocol }) =>
      hostPort ? { address: hostIP || ANY_ADDRESS, port: `${protocol || "TCP"}/${hostPort}` } : [],
    ),
  );
}

/** The host ports in use on one node. */
export class PortsInUse {
  /** How many Pods hold each port, by port and address; Pods that name their node may collide. */
  readonly #holders = new Map<string, Map<string, number>>();

  add(ports: readonly HostPort[]): void {
    for (const { port, address } of ports) {
      const byAddress = this.#holders.get(port) ?? new Map<string, number>();
      this.#holders.set(port, byAddress.set(address, (byAddress.get(address) ?? 0) + 1));
    }
  }

  remove(ports: readonly HostPort[]): void {
    for (const { port, address } of ports) {
      const byAddress = this.#holders.get(port);
      const count = byAddress?.get(address) ?? 0;
      if (count > 1) byAddress!.set(address, count - 1);
      else byAddress?.delete(address);
    }
  }

  /** The same port on two addresses is two ports; the address of all addresses meets every one. */
  conflictsWith(ports: readonly HostPort[]): boolean {
    return ports.some(({ port, address }) => {
      const byAddress = this.#holders.get(port);
      if (byAddress === undefined || byAddress.size === 0) return false;
      return address === ANY_ADDRESS || byAddress.has(address) || byAddress.has(ANY_ADDRESS);
    });
  }
}
