import { defineRule, list, namedVolumeMisfit } from "../../src/rule-api.js";

export default defineRule({
  id: "claim-volume-mismatch",
  category: "correctness",
  since: "0.1.0",
  kinds: ["PersistentVolumeClaim"],
  summary: "The volume that a claim names is one that it can have.",
  why: `A claim with \`volumeName\` gets that volume or none. It has to be large enough, of the same class and mode, offer the
    access modes and not be reserved for another claim; otherwise the claim stays pending, and so do the Pods that mount it.`,
  references: ["https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reserving-a-persistentvolume"],

  messages: {
    mismatch: (d: { claim: string; reasons: string[] }) => ({
      text: `${d.claim} is never bound to the volume that it names: ${list(d.reasons)}`,
    }),
  },

  check(claim, { cluster, report }) {
    const found = namedVolumeMisfit(claim, cluster);
    if (found === undefined) return;
    report("mismatch", {
      at: "spec.volumeName",
      data: { claim: claim.ref, reasons: [...found.reasons] },
      related: found.volumes.slice(0, 4).map((object) => ({ object, note: "the volume" })),
    });
  },

  examples: {
    bad: {
      "too small; of another class; of another claim": `
        apiVersion: v1
        kind: PersistentVolume
        metadata: {name: disk}
        spec:
          capacity: {storage: 5Gi}
          accessModes: [ReadWriteOnce]
          storageClassName: manual
          claimRef: {namespace: shop, name: data}
          hostPath: {path: /data}
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data, namespace: shop}
        spec:
          accessModes: [ReadWriteOnce]
          storageClassName: manual
          volumeName: disk   #! mismatch
          resources: {requests: {storage: 10Gi}}
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data, namespace: shop}
        spec:
          accessModes: [ReadWriteOnce]
          storageClassName: ""
          volumeName: disk   #! mismatch
          resources: {requests: {storage: 5Gi}}
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: logs, namespace: shop}
        spec:
          accessModes: [ReadWriteOnce]
          storageClassName: manual
          volumeName: disk   #! mismatch
          resources: {requests: {storage: 5Gi}}`,
    },
    good: {
      "large enough, and a class that the cluster may fill in": `
        apiVersion: v1
        kind: PersistentVolume
        metadata: {name: disk}
        spec:
          capacity: {storage: 50Gi}
          accessModes: [ReadWriteOnce, ReadOnlyMany]
          storageClassName: manual
          hostPath: {path: /data}
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data, namespace: shop}
        spec:
          accessModes: [ReadWriteOnce]
          volumeName: disk
          resources: {requests: {storage: 10Gi}}`,
    },
  },
});
