import type { Cause } from "../meta/field-errors.js";
import type { Service } from "../types/core.v1.generated.js";

/** The addresses and node ports that Services before have asked for by number; a second one cannot have them. */
export class ServiceAllocations {
  readonly #addresses = new Set<string>();
  readonly #nodePorts = new Set<string>();

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
    const taken = addressesOf(service).filter(
      (address) => this.#addresses.has(address) && !ownAddresses.includes(address),
    );
    if (taken.length > 0)
      return [{ reason: "FieldValueInvalid", field: "spec.clusterIPs", message: `"${taken[0]}" is another Service's` }];
    const index = nodePortsOf(service).findIndex(
      (port) => port !== undefined && this.#nodePorts.has(port) && !ownPorts.includes(port),
    );
    if (index < 0) return [];
    const { nodePort } = service.spec!.ports![index]!;
    const field = `spec.ports[${index}].nodePort`;
    return [{ reason: "FieldValueInvalid", field, message: `${nodePort} is another Service's` }];
  }
}

const addressesOf = ({ spec }: Service): string[] =>
  (spec?.type === "ExternalName" ? [] : (spec?.clusterIPs ?? (spec?.clusterIP ? [spec.clusterIP] : []))).filter(
    (address) => address !== "" && address !== "None",
  );

const nodePortsOf = ({ spec }: Service): (string | undefined)[] =>
  (spec?.ports ?? []).map(({ nodePort, protocol = "TCP" }) => (nodePort ? `${protocol} ${nodePort}` : undefined));
