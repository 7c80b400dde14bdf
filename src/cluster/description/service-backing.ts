import type { Service, ServicePort } from "../../apis/types/core.v1.generated.js";
import type { EndpointSlice } from "../../apis/types/discovery.v1.generated.js";
import { SERVICE_NAME } from "../simulation/resources.js";
import type { SimulatedCluster } from "../simulation/simulated-cluster.js";

/** What stands behind a Service. */
export interface Backing {
  readonly ready: number;
  readonly unready: number;
  /** Selected, but without any of the ports that the Service sends to. */
  readonly portless: number;
}

/** The slices of each Service, by its key. */
export function slicesByService({ objects }: Pick<SimulatedCluster, "objects">): Map<string, EndpointSlice[]> {
  const slices = new Map<string, EndpointSlice[]>();
  for (const slice of objects.list("endpointslices.discovery.k8s.io")) {
    const key = `${slice.metadata.namespace}/${slice.metadata.labels?.[SERVICE_NAME]}`;
    const own = slices.get(key);
    if (own === undefined) slices.set(key, [slice]);
    else own.push(slice);
  }
  return slices;
}

/** Counts the endpoints of slices; one that several slices have for several ports counts once. */
export function backingOf(slices: readonly EndpointSlice[], { spec }: Pick<Service, "spec">): Backing {
  const states = new Map<string, "ready" | "unready" | "portless">();
  for (const { endpoints, ports } of slices)
    for (const [i, { addresses, conditions, targetRef }] of (endpoints ?? []).entries()) {
      const key = targetRef
        ? `${targetRef.kind}/${targetRef.namespace}/${targetRef.name}`
        : `${addresses?.join()} ${addresses?.length ? "" : i}`;
      const portless = (spec?.ports ?? []).length > 0 && (ports ?? []).length === 0;
      const state = portless ? "portless" : conditions?.ready === false ? "unready" : "ready";
      if (states.get(key) !== "ready") states.set(key, state);
    }
  const number = (state: string) => [...states.values()].filter((each) => each === state).length;
  return { ready: number("ready"), unready: number("unready"), portless: number("portless") };
}

/** `http 80→8080/UDP`. */
export function portText({ name, port, targetPort, protocol, nodePort }: ServicePort, nodePorts = false): string {
  const target = targetPort === undefined || targetPort === port || targetPort === 0 ? "" : `→${targetPort}`;
  const outside = nodePorts && nodePort ? ` on node port ${nodePort}` : "";
  return `${name ? `${name} ` : ""}${port}${target}${protocol && protocol !== "TCP" ? `/${protocol}` : ""}${outside}`;
}
