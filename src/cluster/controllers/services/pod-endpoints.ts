import { isPodReady } from "../../../apis/core/pod-status.js";
import type { ContainerPort, Node, Pod, Service, ServicePort } from "../../../apis/types/core.v1.generated.js";
import type { Endpoint, EndpointPort } from "../../../apis/types/discovery.v1.generated.js";

/** Stands for the address that a Pod gets from its network. */
export const POD_ADDRESS = "<ip>";
const ZONE = "topology.kubernetes.io/zone";
const NAMESPACE_OF_POD = "Pod";

/** Whether a Pod has an address and has not ended: https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/ */
export const hasAddress = ({ status }: Pod): boolean => status.phase === "Running";

/** What a Service's slice says of a Pod behind it. */
export function endpointOf(pod: Pod, service: Service, node: Node | undefined): Endpoint {
  const { metadata, spec } = pod;
  const serving = isPodReady(pod);
  const terminating = metadata.deletionTimestamp !== undefined;
  const { publishNotReadyAddresses } = service.spec ?? {};
  return {
    addresses: [POD_ADDRESS],
    conditions: { ready: publishNotReadyAddresses === true || (serving && !terminating), serving, terminating },
    hostname: spec.hostname && spec.subdomain === service.metadata.name ? spec.hostname : undefined,
    nodeName: spec.nodeName,
    targetRef: { kind: NAMESPACE_OF_POD, namespace: metadata.namespace, name: metadata.name, uid: metadata.uid },
    zone: node?.metadata.labels?.[ZONE],
  };
}

/**
 * The ports of a Service as they are in a Pod. A name that no container declares with that protocol leaves its port out.
 * https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports
 */
export function portsIn(pod: Pod, ports: readonly ServicePort[]): EndpointPort[] {
  return ports.flatMap(({ name = "", protocol = "TCP", targetPort, port, appProtocol }) => {
    const number = typeof targetPort === "string" ? namedPort(pod, targetPort, protocol) : targetPort || port;
    return number === undefined ? [] : { name, port: number, protocol, appProtocol };
  });
}

/** Containers come first; of the init containers, those that go on running. */
function namedPort({ spec }: Pod, name: string, protocol: string): number | undefined {
  const sidecars = (spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === "Always");
  for (const { ports = [] } of [...(spec.containers ?? []), ...sidecars]) {
    const found = ports.find((port: ContainerPort) => port.name === name && (port.protocol ?? "TCP") === protocol);
    if (found !== undefined) return found.containerPort;
  }
  return undefined;
}
