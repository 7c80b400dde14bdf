import type { Namespace, Service } from "../../apis/types/core.v1.generated.js";
import type { SimulatedCluster } from "./simulated-cluster.js";

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces */
export const INITIAL_NAMESPACES = ["default", "kube-node-lease", "kube-public", "kube-system"];

/** Puts in what a cluster has before anything is applied; admission knows of it by itself. */
export function startCluster({ objects, timestamp }: SimulatedCluster): void {
  for (const name of INITIAL_NAMESPACES)
    objects.put("namespaces", {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: {
        name,
        uid: `uid-${name}`,
        creationTimestamp: timestamp,
        labels: { "kubernetes.io/metadata.name": name },
      },
      spec: { finalizers: ["kubernetes"] },
      status: { phase: "Active" },
    } as Namespace);
  objects.put("services", {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "kubernetes", namespace: "default", uid: "uid-kubernetes", creationTimestamp: timestamp },
    spec: {
      type: "ClusterIP",
      clusterIP: "10.96.0.1",
      ports: [{ name: "https", port: 443, protocol: "TCP", targetPort: 6443 }],
    },
  } as Service);
}
