import type { ApiObject } from "../../../apis/kind-rules.js";
import type { Controller } from "../../simulation/controller.js";
import { controllerOf } from "../../simulation/object-store.js";
import { keyOf } from "../../simulation/resources.js";
import { controlledBy } from "../../simulation/simulated-cluster.js";

/** Makes the claims of generic ephemeral volumes: https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/#generic-ephemeral-volumes */
export const ephemeralClaims = (): Controller => ({
  name: "ephemeral-claims",
  watches: {
    pods: ({ before, after }, enqueue) => {
      if (before === undefined && after?.spec.volumes?.some(({ ephemeral }) => ephemeral)) enqueue(keyOf(after));
    },
    persistentvolumeclaims: ({ before, after }, enqueue) => {
      const owner = after === undefined && before !== undefined ? controllerOf(before) : undefined;
      if (owner?.kind === "Pod") enqueue(`${before!.metadata.namespace}/${owner.name}`);
    },
  },
  reconcile: (key, cluster) => {
    const pod = cluster.objects.find("pods", key);
    if (pod === undefined || pod.metadata.deletionTimestamp !== undefined) return;
    for (const { name: volume, ephemeral } of pod.spec.volumes ?? []) {
      const template = ephemeral?.volumeClaimTemplate;
      if (template === undefined) continue;
      const { namespace } = pod.metadata;
      const name = `${pod.metadata.name}-${volume}`;
      if (cluster.objects.get("persistentvolumeclaims", namespace, name) !== undefined) continue;
      const { labels, annotations } = template.metadata ?? {};
      const ownerReferences = [controlledBy(pod)];
      const claim = JSON.parse(
        JSON.stringify({
          apiVersion: "v1",
          kind: "PersistentVolumeClaim",
          metadata: { name, namespace, labels, annotations, ownerReferences },
          spec: template.spec,
        }),
      ) as ApiObject;
      if (!cluster.create(claim).allowed) cluster.loop.retry("ephemeral-claims", key);
    }
  },
});
