import { defineRule, missingTargets, wordMissingTarget } from "../../src/rule-api.js";

export default defineRule({
  id: "persistent-volume-claim-missing",
  category: "references",
  since: "0.1.0",
  each: "podTemplate",
  summary: "A PersistentVolumeClaim that a Pod mounts must exist.",
  why: `The scheduler places no Pod whose claim is not there: it stays Pending.`,
  references: ["https://kubernetes.io/docs/concepts/storage/persistent-volumes/#claims-as-volumes"],

  messages: { missing: wordMissingTarget },

  check(pod, { cluster, report }) {
    const claims = missingTargets(cluster, pod.owner, ({ fact }) => fact.at === "volumes[*].persistentVolumeClaim");
    for (const missing of claims) report("missing", missing);
  },

  examples: {
    bad: {
      "the claim has another name": `
        apiVersion: v1
        kind: Pod
        metadata: {name: db}
        spec:
          containers: [{name: db, image: "db:1.4", volumeMounts: [{name: data, mountPath: /data}]}]
          volumes:
            - name: data
              persistentVolumeClaim:
                claimName: db_data   #! missing
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: db-data}
        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}`,
    },
    good: {
      "a StatefulSet makes claims of its templates": `
        apiVersion: v1
        kind: Pod
        metadata: {name: debug}
        spec:
          containers: [{name: debug, image: "db:1.4"}]
          volumes: [{name: data, persistentVolumeClaim: {claimName: data-db-0}}]
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db}
        spec:
          serviceName: db
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec:
              containers: [{name: db, image: "db:1.4", volumeMounts: [{name: data, mountPath: /data}]}]
          volumeClaimTemplates:
            - metadata: {name: data}
              spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}`,
    },
  },
});
