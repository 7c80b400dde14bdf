import type { ConfigMap, Namespace, ServiceAccount } from "../../../apis/types/core.v1.generated.js";
import type { Controller } from "../../simulation/controller.js";
import { subjectOf } from "../../simulation/object-store.js";
import type { SimulatedCluster } from "../../simulation/simulated-cluster.js";

/** Makes a namespace active, and keeps the `default` account and the cluster's root certificate in it. */
export const namespaceController = (): Controller => ({
  name: "namespaces",
  watches: {
    namespaces: (change, enqueue) => enqueue(subjectOf(change).metadata.name ?? ""),
    serviceaccounts: ({ before, after }, enqueue) => {
      if (after === undefined && before?.metadata.name === "default") enqueue(before.metadata.namespace ?? "");
    },
  },
  reconcile: (name, cluster) => {
    const namespace = cluster.objects.get("namespaces", undefined, name);
    if (namespace === undefined) return;
    if (namespace.metadata.deletionTimestamp !== undefined) {
      empty(namespace, cluster);
      return;
    }
    if (namespace.status?.phase === undefined) cluster.updateStatus("namespaces", namespace, { phase: "Active" });
    if (cluster.objects.get("serviceaccounts", name, "default") === undefined)
      cluster.objects.put("serviceaccounts", {
        apiVersion: "v1",
        kind: "ServiceAccount",
        metadata: {
          name: "default",
          namespace: name,
          uid: `uid-${name}-default`,
          creationTimestamp: cluster.timestamp,
        },
      } as ServiceAccount);
    if (cluster.objects.get("configmaps", name, "kube-root-ca.crt") === undefined)
      cluster.objects.put("configmaps", {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: {
          name: "kube-root-ca.crt",
          namespace: name,
          uid: `uid-${name}-ca`,
          creationTimestamp: cluster.timestamp,
        },
      } as ConfigMap);
  },
});

/** What a namespace that cannot go yet says of it: type, whether it holds, and its reason. */
const PROGRESS = [
  ["NamespaceDeletionDiscoveryFailure", "False", "ResourcesDiscovered"],
  ["NamespaceDeletionGroupVersionParsingFailure", "False", "ParsedGroupVersions"],
  ["NamespaceDeletionContentFailure", "False", "ContentDeleted"],
  ["NamespaceContentRemaining", "True", "SomeResourcesRemain"],
  ["NamespaceFinalizersRemaining", "True", "SomeFinalizersRemain"],
] as const;

/**
 * Deletes what is in a namespace that is being deleted; when nothing is left, the namespace goes, too. What stays has
 * finalizers. https://kubernetes.io/docs/concepts/overview/working-with-objects/finalizers/
 */
function empty(namespace: Namespace, cluster: SimulatedCluster): void {
  const name = namespace.metadata.name ?? "";
  const contents = () =>
    [...cluster.objects.resources()].flatMap((resource) =>
      [...cluster.objects.list(resource, name)].map((object) => ({ resource, object })),
    );
  for (const { resource, object } of contents()) cluster.delete(resource, object);
  const left = contents();
  if (left.length === 0) {
    cluster.update("namespaces", { ...namespace, spec: { ...namespace.spec, finalizers: undefined } });
    return;
  }
  cluster.loop.retry("namespaces", name);
  const finalizers = [...new Set(left.flatMap(({ object }) => object.metadata.finalizers ?? []))];
  const message = `${left.length} objects remain; finalizers that have to be removed: ${finalizers.join(", ")}`;
  cluster.updateStatus("namespaces", namespace, {
    ...namespace.status,
    phase: "Terminating",
    conditions: PROGRESS.map(([type, status, reason]) => ({
      type,
      status,
      reason,
      message: status === "True" ? message : "",
      lastTransitionTime: namespace.status?.conditions?.[0]?.lastTransitionTime ?? cluster.timestamp,
    })),
  });
}
