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

/** Deletes what is in a namespace that is being deleted; when nothing is left, the namespace goes, too. */
function empty(namespace: Namespace, cluster: SimulatedCluster): void {
  const name = namespace.metadata.name ?? "";
  for (const resource of [...cluster.objects.resources()])
    for (const object of [...cluster.objects.list(resource, name)]) cluster.delete(resource, object);
  for (const resource of cluster.objects.resources())
    for (const _ of cluster.objects.list(resource, name)) {
      cluster.loop.retry("namespaces", name);
      if (namespace.status?.phase !== "Terminating")
        cluster.updateStatus("namespaces", namespace, { ...namespace.status, phase: "Terminating" });
      return;
    }
  cluster.update("namespaces", { ...namespace, spec: { ...namespace.spec, finalizers: undefined } });
}
