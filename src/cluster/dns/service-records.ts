import type { Service } from "../../apis/types/core.v1.generated.js";
import type { EndpointSlice } from "../../apis/types/discovery.v1.generated.js";

/** A record that the cluster's DNS answers with. */
export interface DnsRecord {
  readonly name: string;
  readonly type: "A" | "AAAA" | "CNAME" | "SRV";
  /** Addresses, a name, or of SRV the port with its host; an address that only the cluster knows is in angle brackets. */
  readonly values: readonly string[];
}

/** The domain that clusters have unless they are told another. */
export const CLUSTER_DOMAIN = "cluster.local";
/** Stands for the address that a cluster gives a Service. */
export const UNKNOWN_ADDRESS = "<cluster IP>";

/** `web.shop.svc.cluster.local` */
const serviceDomain = ({ metadata }: Service, clusterDomain = CLUSTER_DOMAIN): string =>
  `${metadata.name}.${metadata.namespace ?? "default"}.svc.${clusterDomain}`;

/**
 * What DNS says of a Service; of a headless one, according to what its slices hold.
 * https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
 */
export function serviceRecords(
  service: Service,
  slices: readonly EndpointSlice[],
  clusterDomain = CLUSTER_DOMAIN,
): DnsRecord[] {
  const { spec = {} } = service;
  const domain = serviceDomain(service, clusterDomain);
  if (spec.type === "ExternalName") return [{ name: domain, type: "CNAME", values: [spec.externalName ?? ""] }];
  if (spec.clusterIP === "None") return headlessRecords(domain, slices);
  const addresses = spec.clusterIPs?.length ? spec.clusterIPs : [spec.clusterIP || UNKNOWN_ADDRESS];
  const ports = (spec.ports ?? []).flatMap(({ name, protocol = "TCP", port }) =>
    name ? srv(name, protocol, domain, [`${port} ${domain}`]) : [],
  );
  return [...addressRecords(domain, addresses), ...ports];
}

/** Every ready endpoint has an address under the Service's name, and one with a hostname a name of its own, too. */
function headlessRecords(domain: string, slices: readonly EndpointSlice[]): DnsRecord[] {
  const all: string[] = [];
  const named = new Map<string, string[]>();
  const targets = new Map<string, Set<string>>();
  for (const { endpoints, ports } of slices)
    for (const { addresses, conditions, hostname, targetRef } of endpoints ?? []) {
      if (conditions?.ready === false) continue;
      const own = (addresses ?? []).map((address) => describeAddress(address, targetRef?.name));
      all.push(...own);
      if (hostname) named.set(hostname, [...(named.get(hostname) ?? []), ...own]);
      const host = hostname ? `${hostname}.${domain}` : `<address with dashes>.${domain}`;
      for (const { name, protocol = "TCP", port } of ports ?? [])
        if (name) {
          const key = `_${name}._${protocol.toLowerCase()}.${domain}`;
          targets.set(key, (targets.get(key) ?? new Set()).add(`${port} ${host}`));
        }
    }
  return [
    ...addressRecords(domain, all),
    ...[...named].flatMap(([hostname, addresses]) => addressRecords(`${hostname}.${domain}`, addresses)),
    ...[...targets].map(([name, values]): DnsRecord => ({ name, type: "SRV", values: [...values] })),
  ];
}

function addressRecords(name: string, addresses: readonly string[]): DnsRecord[] {
  const six = addresses.filter((address) => address.includes(":"));
  const four = addresses.filter((address) => !address.includes(":"));
  return [
    ...(four.length > 0 ? [{ name, type: "A", values: four } as const] : []),
    ...(six.length > 0 ? [{ name, type: "AAAA", values: six } as const] : []),
  ];
}

const srv = (port: string, protocol: string, domain: string, values: readonly string[]): DnsRecord[] => [
  { name: `_${port}._${protocol.toLowerCase()}.${domain}`, type: "SRV", values },
];

const describeAddress = (address: string, pod: string | undefined): string =>
  address.startsWith("<") && pod !== undefined ? `<address of ${pod}>` : address;
