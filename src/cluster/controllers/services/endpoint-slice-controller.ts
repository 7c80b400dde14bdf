import type { Pod, Service } from "../../../apis/types/core.v1.generated.js";
import type { Endpoint, EndpointSlice } from "../../../apis/types/discovery.v1.generated.js";
import type { Controller, Enqueue } from "../../simulation/controller.js";
import { LabelIndex, SelectorIndex } from "../../simulation/label-index.js";
import { subjectOf } from "../../simulation/object-store.js";
import { keyOf } from "../../simulation/resources.js";
import type { SimulatedCluster } from "../../simulation/simulated-cluster.js";
import { endpointOf, hasAddress, portsIn } from "./pod-endpoints.js";
import { type SliceContents, writeSlices } from "./slice-set.js";

const CONTROLLER = "endpointslice-controller.k8s.io";
/** https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#distribution-of-endpointslices */
const MOST_ENDPOINTS_IN_A_SLICE = 100;

/** Writes down which Pods are behind each Service, and at which ports. */
export function endpointSliceController(): Controller {
  const pods = new LabelIndex<Pod>();
  const services = new SelectorIndex();
  const enqueueServicesOf = (pod: Pod | undefined, enqueue: Enqueue): void => {
    const { namespace = "", labels = {} } = pod?.metadata ?? {};
    if (pod !== undefined) for (const key of services.selecting(namespace, labels)) enqueue(key);
  };
  return {
    name: "endpoint slices",
    watches: {
      services: (change, enqueue) => {
        const service = subjectOf(change);
        services.set(keyOf(service), service.metadata.namespace ?? "", change.after && selectorOf(change.after));
        enqueue(keyOf(service));
      },
      pods: (change, enqueue) => {
        pods.take(change);
        const { before, after } = change;
        if (before?.metadata.labels !== after?.metadata.labels) enqueueServicesOf(before, enqueue);
        enqueueServicesOf(after, enqueue);
      },
    },
    reconcile: (key, cluster) => {
      const service = cluster.objects.find("services", key);
      // What a Service that is gone had, the garbage collector takes.
      if (service === undefined) return;
      const selector = selectorOf(service);
      const selected = selector && pods.select(service.metadata.namespace ?? "", selector);
      writeSlices(service, CONTROLLER, selected === undefined ? [] : slicesOf(service, selected, cluster), cluster);
    },
  };
}

/** Undefined where nobody looks for Pods: without a selector, the slices are somebody else's. */
function selectorOf({ spec }: Service) {
  const { selector = {}, type } = spec ?? {};
  return type === "ExternalName" || Object.keys(selector).length === 0 ? undefined : { matchLabels: selector };
}

/** A slice for each set of port numbers that the Pods have; an empty one where there are no Pods. */
function slicesOf(service: Service, pods: Iterable<Pod>, { objects }: SimulatedCluster): SliceContents[] {
  const byPorts = new Map<string, Pick<EndpointSlice, "ports"> & { readonly endpoints: Endpoint[] }>();
  for (const pod of pods) {
    if (!hasAddress(pod)) continue;
    const ports = portsIn(pod, service.spec?.ports ?? []);
    const key = JSON.stringify(ports);
    const slice = byPorts.get(key) ?? { ports, endpoints: [] };
    byPorts.set(key, slice);
    slice.endpoints.push(endpointOf(pod, service, objects.get("nodes", undefined, pod.spec.nodeName ?? "")));
  }
  const slices = [...byPorts.values()].flatMap(({ ports, endpoints }) =>
    Array.from({ length: Math.ceil(endpoints.length / MOST_ENDPOINTS_IN_A_SLICE) }, (_, i) => ({
      addressType: "IPv4",
      ports,
      endpoints: endpoints.slice(i * MOST_ENDPOINTS_IN_A_SLICE, (i + 1) * MOST_ENDPOINTS_IN_A_SLICE),
    })),
  );
  return slices.length > 0 ? slices : [{ addressType: "IPv4", ports: [], endpoints: [] }];
}
