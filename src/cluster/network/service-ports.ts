import type { ContainerPort, ServicePort } from "kubernetes-types/core/v1.js";
import { isPlaceholder } from "../../schema/placeholder.js";
import type { Cluster, PodMatches } from "../cluster.js";
import type { Container, PodTemplate } from "../pods/pod-template.js";
import type { Resource } from "../resource.js";

/** A port that a container declares, with its place. */
export interface DeclaredPort {
  readonly container: Container;
  readonly port: ContainerPort;
  /** Within the Pod's owner: `spec.template.spec.containers[0].ports[1]`. */
  readonly at: string;
}

/** The protocol of a port; TCP where none is given. */
export const protocolOf = (port: { readonly protocol?: string }): string => port.protocol || "TCP";

/**
 * The ports of the containers that go on running, in the order in which a name is looked up: the first container that
 * has it counts. Sidecars are init containers, and come after.
 */
export function declaredPorts(pod: PodTemplate): readonly DeclaredPort[] {
  const known = declared.get(pod);
  if (known) return known;
  const running = [
    ...pod.containers.filter(({ type }) => type === "container"),
    ...pod.containers.filter(({ type }) => type === "sidecar"),
  ];
  const ports = running.flatMap(portsOf);
  declared.set(pod, ports);
  return ports;
}

/** A Pod is asked for its ports by every Service and policy that selects it. */
const declared = new WeakMap<PodTemplate, readonly DeclaredPort[]>();

export function portsOf(container: Container): DeclaredPort[] {
  const ports: unknown = container.spec.ports;
  if (!Array.isArray(ports)) return [];
  return (ports as ContainerPort[]).flatMap((port, i) =>
    port !== null && typeof port === "object" ? { container, port, at: `${container.path}.ports[${i}]` } : [],
  );
}

/** Whether a port's name, or the number where names do not matter, is yet to be filled in. */
export const isOpenPort = ({ port }: DeclaredPort): boolean =>
  isPlaceholder(port.name) || isPlaceholder(port.containerPort);

/**
 * What a Service's named `targetPort` finds in a Pod: a port of that name and the Service port's protocol
 * (https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports).
 */
export type TargetPort =
  | { readonly state: "declared"; readonly ports: readonly DeclaredPort[] }
  | { readonly state: "other protocol"; readonly port: DeclaredPort }
  | { readonly state: "absent" }
  | { readonly state: "unknown" };

export function findTargetPort(pod: PodTemplate, name: string, protocol: string): TargetPort {
  const ports = declaredPorts(pod);
  let other: DeclaredPort | undefined;
  let open = false;
  const fitting: DeclaredPort[] = [];
  for (const each of ports) {
    if (each.port.name !== name) open ||= isOpenPort(each);
    else if (protocolOf(each.port) === protocol || isPlaceholder(each.port.protocol)) fitting.push(each);
    else other ??= each;
  }
  if (fitting.length > 0) return { state: "declared", ports: fitting };
  if (open) return { state: "unknown" };
  return other ? { state: "other protocol", port: other } : { state: "absent" };
}

/** What a named port finds in all Pods of a selector. */
export interface PortSearch {
  /** `absent`: none of the Pods, which are there and all known, declares it. */
  readonly state: "declared" | "absent" | "unknown";
  readonly found: readonly { readonly pod: PodTemplate; readonly target: TargetPort }[];
  /** Where absent: the Pods, one of each name, and the port names they do declare. */
  readonly pods: readonly PodTemplate[];
  readonly names: ReadonlySet<string>;
}

const searches = new WeakMap<PodMatches, Map<string, PortSearch>>();

/** Looks a port up in the Pods that a selector matches; once for all that ask the same. */
export function searchPort(cluster: Cluster, matches: PodMatches, name: string, protocol: string): PortSearch {
  const known = searches.get(matches) ?? new Map<string, PortSearch>();
  searches.set(matches, known);
  const key = `${protocol}/${name}`;
  let search = known.get(key);
  if (!search) {
    search = makeSearch(cluster, matches, name, protocol);
    known.set(key, search);
  }
  return search;
}

function makeSearch(cluster: Cluster, { matched, possible }: PodMatches, name: string, protocol: string): PortSearch {
  const found = matched.map((pod) => ({ pod, target: findTargetPort(pod, name, protocol) }));
  const rest = { found, pods: [], names: new Set<string>() };
  if (found.some(({ target }) => target.state === "declared")) return { ...rest, state: "declared" };
  const unknown =
    matched.length === 0 ||
    possible.length > 0 ||
    found.some(({ pod, target }) => target.state === "unknown" || cluster.mayBePatched(pod.owner, "ports"));
  if (unknown) return { ...rest, state: "unknown" };
  const pods = [...new Map(matched.map((pod) => [pod.ref, pod])).values()];
  const names = new Set(pods.flatMap((pod) => declaredPorts(pod).flatMap(({ port }) => port.name ?? [])));
  return { state: "absent", found, pods, names };
}

/** The ports of a Service with their places; empty where it has none. */
export const servicePorts = (service: Resource): readonly ServicePort[] => {
  const ports = (service.spec as { ports?: readonly ServicePort[] } | undefined)?.ports;
  return Array.isArray(ports) ? ports : [];
};

/** `port 8080`, `port "http"`. */
export const describePort = (port: number | string): string =>
  typeof port === "number" ? `port ${port}` : `port "${port}"`;
