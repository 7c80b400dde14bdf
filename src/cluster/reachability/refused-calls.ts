import type { Cluster } from "../cluster.js";
import { areAppliedTogether } from "../duplicates.js";
import type { PodTemplate } from "../pods/pod-template.js";
import type { Resource } from "../resource.js";
import { serviceDestinations } from "./destinations.js";
import { reachabilityOf } from "./reachability.js";
import type { RefusedCall, ServiceCall } from "./service-calls.js";

const sameForm = new WeakMap<Cluster, boolean | undefined>();

/** Whether all policies name their namespace (true) or none does (false); undefined: some. */
function policiesNameNamespaces(cluster: Cluster): boolean | undefined {
  if (!sameForm.has(cluster)) {
    const forms = new Set(cluster.ofKind("NetworkPolicy").map(({ namespace }) => namespace !== ""));
    sameForm.set(cluster, forms.size === 1 ? [...forms][0] : undefined);
  }
  return sameForm.get(cluster);
}

/**
 * Why a call comes to nothing: policies refuse it at every Pod of the Service. Undefined also where another policy, a
 * patch, or a namespace that is yet to be chosen could change that.
 */
export function refusedCall(cluster: Cluster, caller: PodTemplate, call: ServiceCall): RefusedCall | undefined {
  const named = policiesNameNamespaces(cluster);
  const isSettled = ({ namespace, manifest }: Resource): boolean =>
    (namespace !== "") === named && !manifest.patches?.length && !manifest.selectorsAdded;
  if (named === undefined || !isSettled(caller.owner) || !isSettled(call.service)) return undefined;
  const reachability = reachabilityOf(cluster);
  const from = reachability.podEndpoint(caller);
  const { destinations } = serviceDestinations(reachability, call.service, { port: call.port, protocol: undefined });
  let refused: RefusedCall | undefined;
  for (const { endpoint, port } of destinations) {
    if (endpoint.kind !== "pods" || !isSettled(endpoint.pod.owner)) return undefined;
    const { egress, ingress } = reachability.reach(from, endpoint, port);
    const side = egress.verdict === "denied" ? egress : ingress;
    // Of this very cluster: without namespaces, other folders may be variants.
    const policy = side.places.find(
      (place) =>
        isSettled(place.policy) &&
        (named ||
          (areAppliedTogether(cluster, place.policy, caller.owner) &&
            areAppliedTogether(cluster, place.policy, endpoint.pod.owner))),
    )?.policy;
    if (side.verdict !== "denied" || !policy) return undefined;
    refused ??= { direction: side.direction, policy, target: endpoint.pod };
  }
  return refused;
}
