import type { EndpointSubset, Service } from "../../../apis/types/core.v1.generated.js";
import type { Endpoint, EndpointSlice } from "../../../apis/types/discovery.v1.generated.js";
import type { Controller } from "../../simulation/controller.js";
import { subjectOf } from "../../simulation/object-store.js";
import { keyOf, SERVICE_NAME, splitKey } from "../../simulation/resources.js";
import { controlledBy } from "../../simulation/simulated-cluster.js";
import { MANAGED_BY } from "./endpoint-slice-controller.js";

const CONTROLLER = "endpointslicemirroring-controller.k8s.io";
/** Endpoints with it are left alone. */
const SKIP = "endpointslice.kubernetes.io/skip-mirror";

/**
 * Copies Endpoints that somebody wrote for a Service without a selector into slices.
 * https://kubernetes.io/docs/concepts/services-networking/service/#mirroring
 */
export const endpointsMirroring = (): Controller => ({
  name: "endpoints mirroring",
  watches: {
    endpoints: (change, enqueue) => enqueue(keyOf(subjectOf(change))),
    services: (change, enqueue) => enqueue(keyOf(subjectOf(change))),
  },
  reconcile: (key, cluster) => {
    const [namespace, name] = splitKey(key);
    const service = cluster.objects.get("services", namespace, name);
    const endpoints = cluster.objects.get("endpoints", namespace, name);
    const isMirrored =
      service !== undefined &&
      endpoints !== undefined &&
      Object.keys(service.spec?.selector ?? {}).length === 0 &&
      endpoints.metadata.labels?.[SKIP] !== "true";
    const wanted = isMirrored ? (endpoints.subsets ?? []) : [];
    for (let i = 0; ; i++) {
      const sliceName = `${name}-mirror-${i}`;
      const known = cluster.objects.get("endpointslices.discovery.k8s.io", namespace, sliceName);
      if (i >= wanted.length) {
        if (known === undefined) return;
        cluster.delete("endpointslices.discovery.k8s.io", known);
        continue;
      }
      const slice = mirror(service!, sliceName, wanted[i]!);
      if (known === undefined) cluster.add(slice);
      else
        cluster.update("endpointslices.discovery.k8s.io", { ...known, ports: slice.ports, endpoints: slice.endpoints });
    }
  },
});

function mirror(
  service: Service,
  name: string,
  { addresses, notReadyAddresses, ports }: EndpointSubset,
): EndpointSlice {
  const endpoints = (of: EndpointSubset["addresses"], ready: boolean): Endpoint[] =>
    (of ?? []).map(({ ip, hostname, nodeName, targetRef }) => ({
      addresses: [ip ?? ""],
      conditions: { ready },
      hostname,
      nodeName,
      targetRef,
    }));
  const all = [...endpoints(addresses, true), ...endpoints(notReadyAddresses, false)];
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: {
      name,
      generateName: `${service.metadata.name}-`,
      namespace: service.metadata.namespace,
      labels: { [SERVICE_NAME]: service.metadata.name ?? "", [MANAGED_BY]: CONTROLLER },
      ownerReferences: [controlledBy(service)],
    },
    addressType: all.some((endpoint) => endpoint.addresses?.[0]?.includes(":")) ? "IPv6" : "IPv4",
    ports: (ports ?? []).map((port) => ({ ...port, name: port.name ?? "", protocol: port.protocol ?? "TCP" })),
    endpoints: all,
  };
}
