import type { Endpoints, Service } from "kubernetes-types/core/v1.js";
import type { EndpointSlice } from "kubernetes-types/discovery/v1.js";
import type { Ingress } from "kubernetes-types/networking/v1.js";
import { backendsOf } from "../network/ingress-backends.js";
import { declaredPorts, findTargetPort, protocolOf, servicePorts } from "../network/service-ports.js";
import type { PodTemplate } from "../pods/pod-template.js";
import type { Resource } from "../resource.js";
import { hiddenPodMaker } from "../selection/pod-makers.js";
import { declaredTrafficPorts, type Endpoint, type PodEndpoint, type TrafficPort } from "./endpoints.js";
import type { Reachability } from "./reachability.js";

/** What is asked for: a number or name, and a protocol; undefined where any will do. */
export interface PortRequest {
  readonly port: number | string | undefined;
  readonly protocol: string | undefined;
}

/** Where traffic ends up that is sent to something. */
export interface Destination {
  readonly endpoint: Endpoint;
  readonly port: TrafficPort;
  /** The Service that sends it there, and its port. */
  readonly service?: { readonly resource: Resource; readonly port: number };
}

export interface Destinations {
  readonly destinations: readonly Destination[];
  /** Why there are none, or fewer than one would think. */
  readonly remarks: readonly string[];
  /** Whether Pods that nobody sees may be meant too. */
  readonly uncertain: boolean;
}

const found = (
  destinations: readonly Destination[],
  remarks: readonly string[] = [],
  uncertain = false,
): Destinations => ({
  destinations,
  remarks,
  uncertain,
});

/** The ports of a Pod that are asked about. */
export function podDestinations(reachability: Reachability, endpoint: PodEndpoint, request: PortRequest): Destinations {
  const { pod } = endpoint;
  const { port, protocol } = request;
  const to = (ports: readonly TrafficPort[], ...remarks: string[]): Destinations =>
    found(
      ports.map((each) => ({ endpoint, port: each })),
      remarks,
    );
  if (typeof port === "number") {
    const declared = declaredTrafficPorts(pod);
    const same = declared.filter(({ number }) => number === port);
    if (protocol === undefined && same.length > 0) return to(same);
    const isDeclared = same.some((each) => each.protocol === (protocol ?? "TCP"));
    return to(
      [{ protocol: protocol ?? "TCP", number: port }],
      ...(isDeclared || declared.length === 0
        ? []
        : [`${pod.ref} declares no ${protocol ?? "TCP"} port ${port}; whether it listens there is not known`]),
    );
  }
  if (port !== undefined) {
    const named = declaredPorts(pod).filter(
      ({ port: each }) => each.name === port && (protocol === undefined || protocolOf(each) === protocol),
    );
    return named.length > 0
      ? to(named.map(({ port: each }) => ({ protocol: protocolOf(each), number: each.containerPort })))
      : to([], `${pod.ref} declares no port "${port}"`);
  }
  const ofProtocol = (ports: readonly TrafficPort[]): TrafficPort[] =>
    ports.filter((each) => protocol === undefined || each.protocol === protocol);
  const declared = ofProtocol(declaredTrafficPorts(pod));
  if (declared.length > 0) return to(declared);
  return to([...ofProtocol(portsInRules(reachability, endpoint)), { protocol: protocol ?? "TCP", number: undefined }]);
}

/** Where a Pod declares no ports: those that the rules of its policies speak of. */
function portsInRules(reachability: Reachability, endpoint: PodEndpoint): TrafficPort[] {
  const { admin, network, baseline } = reachability.selecting(endpoint);
  const ports = new Map<string, TrafficPort>();
  for (const { policy } of [...admin, ...network, ...baseline])
    for (const rule of policy.ingress ?? [])
      for (const { protocol = "TCP", range } of rule.ports ?? [])
        if (typeof range === "object" && "first" in range)
          ports.set(`${protocol}/${range.first}`, { protocol, number: range.first });
  return [...ports.values()];
}

/** The Pods behind a Service: policies judge traffic by these, after the Service's address is replaced by theirs. */
export function serviceDestinations(
  reachability: Reachability,
  service: Resource<Service>,
  request: PortRequest,
  /** Names that lead to names. */
  depth = 0,
): Destinations {
  const { cluster } = reachability;
  const { type, selector, externalName, clusterIP } = service.spec ?? {};
  if (type === "ExternalName") {
    const inside = /^([a-z0-9-]+)\.([a-z0-9-]+)\.svc(\.|$)/.exec(externalName ?? "");
    const target = inside && cluster.allNamed("", "Service", inside[2]!, inside[1]!).find((each) => each.is("Service"));
    if (target && depth < 5) return serviceDestinations(reachability, target as Resource<Service>, request, depth + 1);
    return found([
      {
        endpoint: reachability.namedHost(externalName ?? ""),
        port: {
          protocol: request.protocol ?? "TCP",
          number: typeof request.port === "number" ? request.port : undefined,
        },
      },
    ]);
  }
  const ports = servicePorts(service).filter(
    (port) =>
      (request.port === undefined || port.port === request.port || port.name === request.port) &&
      (request.protocol === undefined || protocolOf(port) === request.protocol),
  );
  const headless = clusterIP === "None";
  if (ports.length === 0 && !headless) {
    const has = servicePorts(service).map(({ name, port }) => (name ? `${port} (${name})` : `${port}`));
    return found([], [`${service.ref} has no such port; it has ${has.join(", ") || "none"}`]);
  }
  if (!selector || Object.keys(selector).length === 0) return writtenEndpoints(reachability, service, request);
  const { matched, possible } = cluster.podsMatching({ matchLabels: selector }, service.namespace);
  const namespace = reachability.namespaceOf(service);
  const here = (pods: readonly PodTemplate[]): PodEndpoint[] =>
    pods
      .filter(({ owner }) => owner.kind !== "PodTemplate")
      .map((pod) => reachability.podEndpoint(pod))
      .filter((endpoint) => endpoint.namespace === namespace);
  const endpoints = here(matched);
  const hidden = hiddenPodMaker(cluster, service.namespace);
  if (endpoints.length === 0) {
    const uncertain = possible.length > 0 || hidden !== undefined;
    return found([], [`${service.ref} selects no Pod of the input`], uncertain);
  }
  const remarks: string[] = [];
  // A headless Service only gives addresses: clients name the port of the Pod.
  if (headless && typeof request.port === "number" && !ports.some(({ targetPort }) => targetPort === request.port))
    return found(
      endpoints.map((endpoint) => ({
        endpoint,
        port: { protocol: request.protocol ?? "TCP", number: request.port as number },
      })),
    );
  const destinations = endpoints.flatMap((endpoint) => {
    if (ports.length === 0) return podDestinations(reachability, endpoint, request).destinations;
    return ports.flatMap((port): Destination[] => {
      const protocol = protocolOf(port);
      const target = port.targetPort ?? port.port;
      const via = { resource: service, port: port.port };
      if (typeof target === "number") return [{ endpoint, port: { protocol, number: target }, service: via }];
      const search = findTargetPort(endpoint.pod, target, protocol);
      if (search.state === "declared")
        return [{ endpoint, port: { protocol, number: search.ports[0]!.port.containerPort }, service: via }];
      remarks.push(`${endpoint.pod.ref} declares no ${protocol} port "${target}", so ${service.ref} sends it nothing`);
      return [];
    });
  });
  return found(destinations, remarks);
}

/** A Service without a selector has the endpoints that are written for it. */
function writtenEndpoints(reachability: Reachability, service: Resource<Service>, request: PortRequest): Destinations {
  const { cluster } = reachability;
  const namespace = reachability.namespaceOf(service);
  const isHere = (resource: Resource): boolean => reachability.namespaceOf(resource) === namespace;
  const slices = (cluster.ofKind("EndpointSlice") as readonly Resource<EndpointSlice>[]).filter(
    (slice) => isHere(slice) && slice.labels["kubernetes.io/service-name"] === service.name,
  );
  const lists: {
    addresses: readonly string[];
    ports: readonly { port?: number; protocol?: string; name?: string }[];
  }[] = [
    ...slices.map(({ object }) => ({
      addresses: (object.endpoints ?? []).flatMap((each) => each?.addresses ?? []),
      ports: object.ports ?? [],
    })),
    ...(cluster.ofKind("Endpoints") as readonly Resource<Endpoints>[])
      .filter((each) => isHere(each) && each.name === service.name)
      .flatMap(({ object }) =>
        (object.subsets ?? []).map((subset) => ({
          addresses: (subset?.addresses ?? []).map(({ ip }) => ip),
          ports: subset?.ports ?? [],
        })),
      ),
  ];
  const named = servicePorts(service).find(({ port, name }) => port === request.port || name === request.port);
  const destinations = lists.flatMap(({ addresses, ports }) =>
    addresses.flatMap((address) => {
      const endpoint = reachability.addresses(address);
      if (!endpoint) return [];
      return ports
        .filter(({ name }) => request.port === undefined || (name ?? "") === (named?.name ?? ""))
        .map((port): Destination => ({ endpoint, port: { protocol: protocolOf(port), number: port.port } }));
    }),
  );
  return destinations.length > 0
    ? found(destinations)
    : found([], [`${service.ref} has no selector, and no manifest says where it leads`], true);
}

/** What an Ingress sends requests on to. */
export function ingressBackends(reachability: Reachability, ingress: Resource<Ingress>): Destinations {
  const all: Destinations[] = [];
  const seen = new Set<string>();
  for (const { service, port } of backendsOf(ingress)) {
    if (seen.has(`${service} ${port}`)) continue;
    seen.add(`${service} ${port}`);
    const resource = reachability.cluster
      .ofKind("Service")
      .find((each) => each.name === service && reachability.namespaceOf(each) === reachability.namespaceOf(ingress));
    all.push(
      resource
        ? serviceDestinations(reachability, resource, { port, protocol: undefined })
        : found([], [`Service "${service}", which ${ingress.ref} names, is not in the input`], true),
    );
  }
  return found(
    all.flatMap(({ destinations }) => destinations),
    all.flatMap(({ remarks }) => remarks),
    all.some(({ uncertain }) => uncertain),
  );
}
