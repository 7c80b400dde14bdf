import type { Service } from "../../apis/types/core.v1.generated.js";
import type { Endpoint, EndpointSlice } from "../../apis/types/discovery.v1.generated.js";
import { POD_ADDRESS } from "../controllers/services/pod-endpoints.js";
import { MANAGED_BY } from "../controllers/services/slice-set.js";
import { SERVICE_NAME } from "../simulation/resources.js";
import type { Simulation } from "../simulation/simulate.js";
import { ALLOCATED, type SimulatedCluster } from "../simulation/simulated-cluster.js";
import { byName, countLike, writtenName } from "./like-entries.js";
import type { Entry } from "./outcome.js";
import { nodeOf } from "./pod-nodes.js";

/** The Services with the slices that tell what is behind them. */
export function servicesOf({ cluster }: Simulation): Entry[] {
  const slices = new Map<string, EndpointSlice[]>();
  for (const slice of cluster.objects.list("endpointslices.discovery.k8s.io")) {
    const key = `${slice.metadata.namespace}/${slice.metadata.labels?.[SERVICE_NAME]}`;
    slices.set(key, [...(slices.get(key) ?? []), slice]);
  }
  const entries = [...cluster.objects.list("services")].flatMap((service) => {
    const { namespace, name } = service.metadata;
    if (namespace === "default" && name === "kubernetes") return [];
    const own = slices.get(`${namespace}/${name}`) ?? [];
    return { namespace, name, ...factsOf(service), endpointSlices: own.map((slice) => sliceEntry(slice, cluster)) };
  });
  return byName(entries);
}

/** Slices that name no Service that is there. */
export const otherEndpointSlicesOf = ({ cluster }: Simulation): Entry[] =>
  [...cluster.objects.list("endpointslices.discovery.k8s.io")]
    .filter(
      ({ metadata: { namespace, labels } }) =>
        !cluster.objects.get("services", namespace, labels?.[SERVICE_NAME] ?? ""),
    )
    .map((slice) => ({
      namespace: slice.metadata.namespace,
      name: writtenName(slice),
      service: slice.metadata.labels?.[SERVICE_NAME],
      ...sliceEntry(slice, cluster),
    }));

function factsOf({ spec = {} }: Service): Entry {
  const { type = "ClusterIP", clusterIP } = spec;
  const isExternal = type === "ExternalName";
  const nodePorts = type === "NodePort" || (type === "LoadBalancer" && spec.allocateLoadBalancerNodePorts !== false);
  return {
    type,
    clusterIP: isExternal ? "(none)" : clusterIP || ALLOCATED,
    ipFamilies: isExternal ? undefined : (spec.ipFamilies ?? ["IPv4"]),
    ipFamilyPolicy: isExternal ? undefined : (spec.ipFamilyPolicy ?? "SingleStack"),
    internalTrafficPolicy: isExternal ? undefined : (spec.internalTrafficPolicy ?? "Cluster"),
    externalTrafficPolicy: spec.externalTrafficPolicy || undefined,
    sessionAffinity: spec.sessionAffinity,
    publishNotReadyAddresses: spec.publishNotReadyAddresses || undefined,
    externalName: spec.externalName || undefined,
    healthCheckNodePort:
      spec.healthCheckNodePort ||
      (type === "LoadBalancer" && spec.externalTrafficPolicy === "Local" ? ALLOCATED : undefined),
    selector: spec.selector,
    ports: spec.ports?.map(({ name, port, targetPort, protocol, nodePort }) => ({
      name: name || undefined,
      port,
      targetPort,
      protocol,
      nodePort: nodePort || (nodePorts ? ALLOCATED : undefined),
    })),
  };
}

function sliceEntry({ addressType, metadata, ports, endpoints }: EndpointSlice, cluster: SimulatedCluster): Entry {
  return {
    addressType,
    managedBy: metadata.labels?.[MANAGED_BY],
    ports: (ports ?? []).map(({ name, port, protocol, appProtocol }) => ({ name, port, protocol, appProtocol })),
    endpoints: countLike((endpoints ?? []).map((endpoint) => endpointEntry(endpoint, cluster))),
  };
}

function endpointEntry(
  { addresses, conditions, targetRef, nodeName, zone, hostname }: Endpoint,
  cluster: SimulatedCluster,
): Entry {
  const pod =
    targetRef?.kind === "Pod" ? cluster.objects.get("pods", targetRef.namespace, targetRef.name ?? "") : undefined;
  return {
    target: targetRef && `${targetRef.kind}/${targetRef.namespace}/${pod ? writtenName(pod) : targetRef.name}`,
    addresses: targetRef && addresses?.[0] === POD_ADDRESS ? undefined : addresses,
    node: pod === undefined ? nodeName : nodeOf(pod, cluster),
    zone,
    hostname,
    ...conditions,
  };
}
