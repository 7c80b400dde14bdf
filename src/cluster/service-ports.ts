import type { ContainerPort, ServicePort } from "kubernetes-types/core/v1";
import { isPlaceholder } from "../schema/placeholder.js";
import { isOpenNamespace } from "./namespaces.js";
import type { Container, PodTemplate } from "./pod-template.js";
import type { Resource } from "./resource.js";

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
export function declaredPorts(pod: PodTemplate): DeclaredPort[] {
  const running = [
    ...pod.containers.filter(({ type }) => type === "container"),
    ...pod.containers.filter(({ type }) => type === "sidecar"),
  ];
  return running.flatMap(portsOf);
}

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
  const named = ports.filter(({ port }) => port.name === name);
  const fitting = named.filter(({ port }) => protocolOf(port) === protocol || isPlaceholder(port.protocol));
  if (fitting.length > 0) return { state: "declared", ports: fitting };
  if (ports.some(isOpenPort)) return { state: "unknown" };
  return named[0] ? { state: "other protocol", port: named[0] } : { state: "absent" };
}

/** The ports of a Service with their places; empty where it has none. */
export const servicePorts = (service: Resource): readonly ServicePort[] => {
  const ports = (service.spec as { ports?: readonly ServicePort[] } | undefined)?.ports;
  return Array.isArray(ports) ? ports : [];
};

/** `port 8080`, `port "http"`. */
export const describePort = (port: number | string): string =>
  typeof port === "number" ? `port ${port}` : `port "${port}"`;

/** Whether an object's name and namespace say which object of a cluster it is. */
export const isIdentified = (resource: Resource): boolean =>
  resource.name !== "" &&
  !isPlaceholder(resource.name) &&
  (resource.namespace === "" || !isOpenNamespace(resource.namespace));
