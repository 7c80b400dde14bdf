import { defineRule, list, quotaDemands } from "../../src/rule-api.js";

export default defineRule({
  id: "quota-exceeded",
  category: "reliability",
  since: "0.1.0",
  each: "cluster",
  summary: "The objects of a namespace fit into its quotas, also while they scale and roll out.",
  why: `What is created last finds no room: the API server refuses objects, and controllers go on without some of their Pods. A quota that
    is just large enough stops a Deployment that starts a new Pod before it stops an old one, as it does with few replicas: the
    roll-out waits for ever. Pods of Jobs and DaemonSets are not counted here.`,
  references: ["https://kubernetes.io/docs/concepts/policy/resource-quotas/"],

  messages: {
    exceeded: (d: { quota: string; resource: string; hard: string; total: string; takers: string[] }) => ({
      text: `${d.quota} allows ${d.hard} of ${d.resource}, and the objects of its namespace take ${d.total}: ${list(d.takers)}`,
      help: "Raise the quota, or ask for less",
    }),
    atMost: (d: { quota: string; resource: string; hard: string; total: string; scaled: string[] }) => ({
      text: `${d.quota} allows ${d.hard} of ${d.resource}, and with ${list(d.scaled)} at the most replicas that the autoscaler gives the objects of its namespace take ${d.total}`,
      help: "Raise the quota, or lower maxReplicas",
    }),
    stuck: (d: {
      deployment: string;
      quota: string;
      resource: string;
      hard: string;
      total: string;
      amount: string;
    }) => ({
      text: `${d.deployment} cannot be updated: it starts a new Pod before it stops an old one, and of the ${d.hard} of ${d.resource} in ${d.quota} ${d.total} is taken, which leaves no room for ${d.amount}`,
      help: "Leave room in the quota for one more Pod, or set maxUnavailable: 1",
    }),
  },

  check(cluster, { report }) {
    const told = new Set<unknown>();
    for (const demand of quotaDemands(cluster)) {
      const { quota, resource, hard, takers, scaled, stuck } = demand;
      const at = `spec.hard[${resource}]`;
      const data = { quota: quota.ref, resource, hard };
      const related = takers.slice(0, 4).map(({ owner, amount }) => ({ object: owner, note: `takes ${amount}` }));
      if (demand.exceeded) {
        const words = takers.map(({ owner, amount }) => `${owner.ref} ${amount}`);
        report("exceeded", { object: quota, at, data: { ...data, total: demand.least, takers: words }, related });
      } else if (demand.exceededAtMost)
        report("atMost", {
          object: quota,
          at,
          data: { ...data, total: demand.most, scaled: scaled.map(({ ref }) => ref) },
          related,
        });
      for (const { deployment, amount } of stuck) {
        // Quotas often limit the same thing under two names.
        if (told.has(deployment)) continue;
        told.add(deployment);
        report("stuck", {
          object: deployment,
          at: "spec.strategy",
          data: { ...data, deployment: deployment.ref, total: demand.least, amount },
          related: [{ object: quota, at, note: "the quota" }],
        });
      }
    }
  },

  examples: {
    bad: {
      "more than there is room for": `
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: shop, namespace: shop}
        spec:
          hard:
            requests.memory: 4Gi   #! exceeded
            services: "1"          #! exceeded
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          replicas: 5
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: "shop/web:1.4", resources: {requests: {memory: 1Gi}}}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {selector: {app: web}, ports: [{port: 80}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web-metrics, namespace: shop}
        spec: {selector: {app: web}, ports: [{port: 9100}]}`,
      "no room to scale, or for an update": `
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: shop, namespace: shop}
        spec:
          hard:
            pods: "4"   #! atMost
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: web, namespace: shop}
        spec:
          minReplicas: 2
          maxReplicas: 10
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: "shop/web:1.4"}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: worker, namespace: tools}
        spec:
          replicas: 2
          strategy:   #! stuck
            rollingUpdate: {maxSurge: 1, maxUnavailable: 0}
          selector: {matchLabels: {app: worker}}
          template:
            metadata: {labels: {app: worker}}
            spec: {containers: [{name: worker, image: "shop/worker:1.4"}]}
        ---
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: tools, namespace: tools}
        spec: {hard: {pods: "2"}}`,
    },
    good: {
      "room enough; replicas that somebody fills in": `
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: shop, namespace: shop}
        spec: {hard: {pods: "10", requests.cpu: "2"}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: "shop/web:1.4", resources: {requests: {cpu: 250m}}}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: worker, namespace: shop}
        spec:
          replicas: \${REPLICAS}
          selector: {matchLabels: {app: worker}}
          template:
            metadata: {labels: {app: worker}}
            spec: {containers: [{name: worker, image: "shop/worker:1.4", resources: {requests: {cpu: 250m}}}]}`,
    },
  },
});
