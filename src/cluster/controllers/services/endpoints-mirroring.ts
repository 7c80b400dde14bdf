import type { EndpointSubset } from "../../../apis/types/core.v1.generated.js";
import type { Endpoint } from "../../../apis/types/discovery.v1.generated.js";
import type { Controller } from "../../simulation/controller.js";
import { subjectOf } from "../../simulation/object-store.js";
import { keyOf, splitKey } from "../../simulation/resources.js";
import { type SliceContents, writeSlices } from "./slice-set.js";

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
    // What a Service that is gone had, the garbage collector takes.
    if (service === undefined) return;
    const isMirrored =
      endpoints !== undefined &&
      Object.keys(service.spec?.selector ?? {}).length === 0 &&
      endpoints.metadata.labels?.[SKIP] !== "true";
    writeSlices(service, CONTROLLER, isMirrored ? (endpoints.subsets ?? []).map(mirror) : [], cluster);
  },
});

function mirror({ addresses, notReadyAddresses, ports }: EndpointSubset): SliceContents {
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
    addressType: all.some((endpoint) => endpoint.addresses?.[0]?.includes(":")) ? "IPv6" : "IPv4",
    ports: (ports ?? []).map((port) => ({ ...port, name: port.name ?? "", protocol: port.protocol ?? "TCP" })),
    endpoints: all,
  };
}
