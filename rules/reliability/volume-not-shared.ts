import { defineRule, exclusiveClaims, isReplacedFirst, replicaRange } from "../../src/rule-api.js";

export default defineRule({
  id: "volume-not-shared",
  category: "reliability",
  since: "0.1.0",
  kinds: ["Deployment", "ReplicaSet"],
  summary: "Pods that run at the same time do not need one volume that only one of them can have.",
  why: `A volume of ReadWriteOnce is mounted by one node at a time, one of ReadWriteOncePod by one Pod. Replicas on other nodes wait for it, and so
    does the new Pod of a rolling update that starts before the old one stops: the old one stays until the new one is ready, which it never is.`,
  references: [
    "https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes",
    "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#recreate-deployment",
  ],

  messages: {
    replicas: (d: { owner: string; replicas: number; claim: string; mode: string; who: string }) => ({
      text: `${d.owner} has ${d.replicas} replicas that all mount ${d.claim}, which is ${d.mode}: ${d.who}`,
      help: "Ask for ReadWriteMany, or give each replica a claim of its own by a StatefulSet",
    }),
    rollout: (d: { owner: string; claim: string; mode: string; where: string }) => ({
      text: `${d.owner} starts a new Pod before it stops the old one, which holds ${d.claim}; it is ${d.mode}, so the update waits for ever ${d.where}`,
      help: "Set spec.strategy.type: Recreate",
    }),
  },

  check(owner, { cluster, report }) {
    const pod = cluster.podTemplateOf(owner);
    const replicas = pod && replicaRange(cluster, owner)?.least;
    if (pod === undefined || replicas === undefined || replicas < 1) return;
    const claims = exclusiveClaims(pod, cluster);
    const held = claims.find(({ mode }) => mode === "ReadWriteOncePod") ?? claims[0];
    if (held === undefined) return;
    const { claim, mode, at } = held;
    const ofPod = mode === "ReadWriteOncePod";
    const data = { owner: owner.ref, claim: claim.ref, mode };
    const related = [{ object: claim, at: "spec.accessModes", note: "how it is mounted" }];
    if (replicas > 1) {
      const who = ofPod ? "one of them runs" : "those on other nodes than the first do not start";
      report("replicas", { at, data: { ...data, replicas, who }, related });
    } else if (isReplacedFirst(owner, replicas, cluster)) {
      const where = ofPod ? "for the old one to go" : "where the new Pod is on another node";
      report("rollout", { at, data: { ...data, where }, related });
    }
  },

  examples: {
    bad: {
      "three replicas, and an update": `
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data}
        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers: [{name: web, image: "shop/web:1.4"}]
              volumes:
                - name: data
                  persistentVolumeClaim:
                    claimName: data   #! replicas
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: db}
        spec:
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec:
              containers: [{name: db, image: "mysql:9.1"}]
              volumes:
                - name: data
                  persistentVolumeClaim:
                    claimName: data   #! rollout`,
    },
    good: {
      "Recreate, a volume for many, a claim that is not in the input": `
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data}
        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: uploads}
        spec: {accessModes: [ReadWriteMany], resources: {requests: {storage: 1Gi}}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: db}
        spec:
          strategy: {type: Recreate}
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec:
              containers: [{name: db, image: "mysql:9.1"}]
              volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers: [{name: web, image: "shop/web:1.4"}]
              volumes:
                - {name: uploads, persistentVolumeClaim: {claimName: uploads}}
                - {name: cache, persistentVolumeClaim: {claimName: cache}}`,
    },
  },
});
