import { type Cluster, defineRule, missingTargets, wordMissingTarget } from "../../src/rule-api.js";

const classesOfVolumes = new WeakMap<Cluster, ReadonlySet<string>>();

/** Volumes made by hand have a class that is only compared with that of claims: it needs no object. */
function isWanted(cluster: Cluster, kind: string, name: string): boolean {
  if (kind !== "StorageClass") return false;
  let classes = classesOfVolumes.get(cluster);
  if (!classes) {
    classes = new Set(cluster.ofKind("PersistentVolume").map((volume) => volume.spec?.storageClassName ?? ""));
    classesOfVolumes.set(cluster, classes);
  }
  return !classes.has(name);
}

export default defineRule({
  id: "storage-class-missing",
  category: "references",
  since: "0.1.0",
  each: "resource",
  summary: "Where the input defines StorageClasses, those that claims ask for are among them.",
  why: `A claim whose class is not there is bound to no volume, and Pods that mount it stay Pending. Most clusters come with
    classes of their own, so the rule speaks only where the input defines some.`,
  references: ["https://kubernetes.io/docs/concepts/storage/persistent-volumes/#class-1"],

  messages: { missing: wordMissingTarget },

  check(resource, { cluster, report }) {
    if (resource.kind === "PersistentVolume") return;
    for (const missing of missingTargets(cluster, resource, ({ kind, name }) => isWanted(cluster, kind, name)))
      report("missing", missing);
  },

  examples: {
    bad: {
      "a slip in the name of the class": `
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data}
        spec:
          storageClassName: fast-sdd   #! missing
          accessModes: [ReadWriteOnce]
          resources: {requests: {storage: 1Gi}}
        ---
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: fast-ssd}
        provisioner: ebs.csi.aws.com`,
      "in a claim template": `
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db}
        spec:
          serviceName: db
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec: {containers: [{name: db, image: "db:1.4"}]}
          volumeClaimTemplates:
            - metadata: {name: data}
              spec:
                storageClassName: slow   #! missing
                accessModes: [ReadWriteOnce]
                resources: {requests: {storage: 1Gi}}
        ---
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: fast-ssd}
        provisioner: ebs.csi.aws.com`,
    },
    good: {
      "the input defines none: the cluster has its own": `
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data}
        spec: {storageClassName: gp3, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}`,
      "a volume made by hand has a class without an object": `
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data}
        spec: {storageClassName: manual, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
        ---
        apiVersion: v1
        kind: PersistentVolume
        metadata: {name: data}
        spec: {storageClassName: manual, capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /data}}
        ---
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: fast-ssd}
        provisioner: ebs.csi.aws.com`,
    },
  },
});
