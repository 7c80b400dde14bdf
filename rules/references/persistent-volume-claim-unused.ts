import { type Cluster, defineRule, isIdentified, isUsed, type Resource } from "../../src/rule-api.js";

/** https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-storage: `TEMPLATE-SET-ORDINAL`. */
function isTakenUp(cluster: Cluster, { name, namespace }: Resource): boolean {
  const [, before] = /^(.+)-\d+$/.exec(name) ?? [];
  if (before === undefined) return false;
  for (let dash = before.indexOf("-"); dash >= 0; dash = before.indexOf("-", dash + 1))
    if (cluster.allNamed("apps", "StatefulSet", namespace, before.slice(dash + 1)).length > 0) return true;
  return false;
}

export default defineRule({
  id: "persistent-volume-claim-unused",
  category: "references",
  severity: "note",
  preset: "strict",
  since: "0.2.0",
  kinds: ["PersistentVolumeClaim"],
  summary: "A claim is mounted by something.",
  why: `A claim holds its volume, and is paid for, whether anybody mounts it or not. Claims that a StatefulSet would take up by
    their name count as used.`,
  references: ["https://kubernetes.io/docs/concepts/storage/persistent-volumes/#persistentvolumeclaims"],

  messages: {
    unused: (d: { object: string }) => ({
      text: `${d.object} is used by nothing in the input`,
      help: "Delete it, or read what uses it too (--context)",
    }),
  },

  check(resource, { cluster, report }) {
    if (!isIdentified(resource) || isTakenUp(cluster, resource)) return;
    if (!isUsed(cluster, resource)) report("unused", { at: "metadata.name", data: { object: resource.ref } });
  },

  examples: {
    bad: {
      "nobody says its name": `
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: old-data, namespace: shop}   #! unused
        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}`,
    },
    good: {
      "mounted, and that of a StatefulSet": `
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data, namespace: shop}
        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data-db-0, namespace: shop}
        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db, namespace: shop}
        spec:
          serviceName: db
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec: {containers: [{name: db, image: "db:16"}]}
          volumeClaimTemplates:
            - metadata: {name: data}
              spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: api, namespace: shop}
        spec:
          containers: [{name: api, image: "api:1.4"}]
          volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]`,
    },
  },
});
