import { type IpRange, parseCidr, parseIp } from "../meta/addresses.js";
import type { Cause } from "../meta/field-errors.js";
import type { Service } from "../types/core.v1.generated.js";

/** What a cluster has to give to Services. */
export interface ServiceRanges {
  /** The addresses, IPv4: `10.96.0.0/16`. The first one is the API server's own. */
  readonly addresses: string;
  readonly nodePorts: { readonly first: number; readonly last: number };
}

/** The addresses and node ports that Services before have asked for by number; a second one cannot have them. */
export class ServiceAllocations {
  readonly #addresses = new Set<string>();
  readonly #nodePorts = new Set<string>();
  readonly #range: IpRange | undefined;

  /** Without ranges it is not known what the cluster has to give, and any address and port may be asked for. */
  constructor(private readonly ranges?: ServiceRanges) {
    this.#range = ranges && parseCidr(ranges.addresses);
    const base = this.#range?.address.bytes;
    if (base !== undefined) this.#addresses.add([...base.slice(0, -1), base.at(-1)! + 1].join("."));
  }

  add(service: Service): void {
    for (const address of addressesOf(service)) this.#addresses.add(address);
    for (const port of nodePortsOf(service)) if (port !== undefined) this.#nodePorts.add(port);
  }

  remove(service: Service): void {
    for (const address of addressesOf(service)) this.#addresses.delete(address);
    for (const port of nodePortsOf(service)) if (port !== undefined) this.#nodePorts.delete(port);
  }

  /** https://kubernetes.io/docs/concepts/services-networking/service/#choosing-your-own-ip-address */
  conflicts(service: Service, old?: Service): Cause[] {
    const ownAddresses = old === undefined ? [] : addressesOf(old);
    const ownPorts = old === undefined ? [] : nodePortsOf(old);
    const foreign = addressesOf(service).find((address) => !ownAddresses.includes(address) && !this.#has(address));
    if (foreign !== undefined) {
      const message = `"${foreign}" is not among the addresses that the cluster has for Services`;
      return [{ reason: "FieldValueInvalid", field: "spec.clusterIPs", message }];
    }
    const taken = addressesOf(service).filter(
      (address) => this.#addresses.has(address) && !ownAddresses.includes(address),
    );
    if (taken.length > 0)
      return [{ reason: "FieldValueInvalid", field: "spec.clusterIPs", message: `"${taken[0]}" is another Service's` }];
    for (const [index, port] of nodePortsOf(service).entries()) {
      if (port === undefined || ownPorts.includes(port)) continue;
      const nodePort = service.spec!.ports![index]!.nodePort ?? 0;
      const { first, last } = this.ranges?.nodePorts ?? { first: 0, last: Number.POSITIVE_INFINITY };
      const isForeign = nodePort < first || nodePort > last;
      if (!isForeign && !this.#nodePorts.has(port)) continue;
      const field = `spec.ports[${index}].nodePort`;
      const message = isForeign
        ? `${nodePort} is not between ${first} and ${last}`
        : `${nodePort} is another Service's`;
      return [{ reason: "FieldValueInvalid", field, message }];
    }
    return [];
  }

  /** The first address of a range is that of the network, the last one reaches all of it. */
  #has(text: string): boolean {
    if (this.#range === undefined) return true;
    const address = parseIp(text);
    if (address?.family !== this.#range.address.family) return false;
    const [number, base] = [numberOf(address.bytes), numberOf(this.#range.address.bytes)];
    const size = 2 ** (32 - this.#range.bits);
    return number > base && number < base + size - 1;
  }
}

const numberOf = (bytes: readonly number[]): number => bytes.reduce((sum, byte) => sum * 256 + byte, 0);

const addressesOf = ({ spec }: Service): string[] =>
  (spec?.type === "ExternalName" ? [] : (spec?.clusterIPs ?? (spec?.clusterIP ? [spec.clusterIP] : []))).filter(
    (address) => address !== "" && address !== "None",
  );

const nodePortsOf = ({ spec }: Service): (string | undefined)[] =>
  (spec?.ports ?? []).map(({ nodePort, protocol = "TCP" }) => (nodePort ? `${protocol} ${nodePort}` : undefined));
