import { defineRule, describeNamespace, list, volumesThatDoNotFit } from "../../src/rule-api.js";

export default defineRule({
  id: "claim-without-volume",
  category: "reliability",
  since: "0.1.0",
  kinds: ["PersistentVolumeClaim"],
  summary: "A claim that nobody provisions a volume for fits one of those in the input.",
  why: `Of the class \`""\`, and of a class whose provisioner is \`kubernetes.io/no-provisioner\`, volumes are made by hand. A claim
    that is larger than all of them, or asks for another mode, stays pending until somebody makes one that fits.`,
  references: ["https://kubernetes.io/docs/concepts/storage/persistent-volumes/#binding"],

  messages: {
    unbound: (d: { claim: string; className: string; namespace: string; reasons: string[] }) => ({
      text: `${d.claim} of ${d.namespace} fits no PersistentVolume of the class "${d.className}", for which none is provisioned: ${list(d.reasons)}`,
    }),
  },

  check(claim, { cluster, report }) {
    const found = volumesThatDoNotFit(claim, cluster);
    if (found === undefined) return;
    report("unbound", {
      at: "spec",
      on: "key",
      data: {
        claim: claim.ref,
        className: claim.spec?.storageClassName ?? "",
        namespace: describeNamespace(claim.namespace),
        reasons: [...found.reasons],
      },
      related: found.volumes.slice(0, 4).map((object) => ({ object, note: "of this class" })),
    });
  },

  examples: {
    bad: {
      "a disk that is too small": `
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: local}
        provisioner: kubernetes.io/no-provisioner
        volumeBindingMode: WaitForFirstConsumer
        ---
        apiVersion: v1
        kind: PersistentVolume
        metadata: {name: disk}
        spec:
          capacity: {storage: 5Gi}
          accessModes: [ReadWriteOnce]
          storageClassName: local
          hostPath: {path: /data}
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data, namespace: shop}
        spec:   #! unbound
          accessModes: [ReadWriteOnce]
          storageClassName: local
          resources: {requests: {storage: 10Gi}}`,
    },
    good: {
      "a class that provisions, a disk that fits": `
        apiVersion: v1
        kind: PersistentVolume
        metadata: {name: disk}
        spec:
          capacity: {storage: 5Gi}
          accessModes: [ReadWriteOnce]
          storageClassName: fast
          hostPath: {path: /data}
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data, namespace: shop}
        spec:
          accessModes: [ReadWriteOnce]
          storageClassName: fast
          resources: {requests: {storage: 10Gi}}
        ---
        apiVersion: v1
        kind: PersistentVolume
        metadata: {name: tape}
        spec:
          capacity: {storage: 50Gi}
          accessModes: [ReadWriteMany]
          storageClassName: ""
          hostPath: {path: /tape}
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: archive, namespace: shop}
        spec:
          accessModes: [ReadWriteMany]
          storageClassName: ""
          resources: {requests: {storage: 10Gi}}`,
    },
  },
});
