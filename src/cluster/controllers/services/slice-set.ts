import { generatedName } from "../../../apis/meta/system-fields.js";
import type { Service } from "../../../apis/types/core.v1.generated.js";
import type { EndpointSlice } from "../../../apis/types/discovery.v1.generated.js";
import { SERVICE_NAME } from "../../simulation/resources.js";
import { controlledBy, type SimulatedCluster } from "../../simulation/simulated-cluster.js";

const SLICES = "endpointslices.discovery.k8s.io";
export const MANAGED_BY = "endpointslice.kubernetes.io/managed-by";

export type SliceContents = Pick<EndpointSlice, "addressType" | "ports" | "endpoints">;

/**
 * Makes the slices that a controller has for a Service be these: those that are there are changed, what lacks is made, and
 * what is too much deleted. Slices of somebody else are left alone.
 */
export function writeSlices(
  service: Service,
  managedBy: string,
  wanted: readonly SliceContents[],
  cluster: SimulatedCluster,
): void {
  const own = [...cluster.objects.controlledBy(SLICES, service.metadata.uid ?? "")].filter(
    ({ metadata }) => metadata.labels?.[MANAGED_BY] === managedBy,
  );
  own.slice(wanted.length).forEach((slice) => {
    cluster.delete(SLICES, slice);
  });
  wanted.forEach((contents, i) => {
    const known = own[i];
    if (known === undefined) cluster.add(newSlice(service, managedBy, contents));
    else cluster.update(SLICES, { ...known, ...contents });
  });
}

const newSlice = (service: Service, managedBy: string, contents: SliceContents): EndpointSlice => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: {
    name: generatedName(`${service.metadata.name}-`),
    generateName: `${service.metadata.name}-`,
    namespace: service.metadata.namespace,
    labels: { [SERVICE_NAME]: service.metadata.name ?? "", [MANAGED_BY]: managedBy },
    ownerReferences: [controlledBy(service)],
  },
  ...contents,
});
