import { defineRule, joinPath, refusedCall, serviceCalls } from "../../src/rule-api.js";

export default defineRule({
  id: "netpol-refuses-caller",
  category: "reliability",
  since: "0.2.0",
  each: "podTemplate",
  summary: "NetworkPolicies let a container reach the Services that it is told.",
  why: `Where a policy selects a Pod, only what a rule allows gets in or out. The connection is not refused but times out, so the
    caller hangs, and nothing in the cluster says why. Only addresses with the name and a port of a Service of the input
    are looked at, and only calls that every Pod of the Service refuses; \`kubeproof reach\` explains each.`,
  references: [
    "https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation",
  ],

  messages: {
    ingress: (d: { container: string; caller: string; address: string; target: string; policy: string }) => ({
      text: `${d.container} of ${d.caller} is told "${d.address}", but ${d.policy} isolates ${d.target}, and no rule lets ${d.caller} in`,
      help: `Add an ingress rule to ${d.policy} that allows the labels of ${d.caller}, and this port`,
    }),
    egress: (d: { container: string; caller: string; address: string; target: string; policy: string }) => ({
      text: `${d.container} of ${d.caller} is told "${d.address}", but ${d.policy} isolates ${d.caller}, and no rule lets it out to ${d.target}`,
      help: `Add an egress rule to ${d.policy} that allows the labels of ${d.target}, and this port`,
    }),
  },

  check(pod, { cluster, report }) {
    if (cluster.ofKind("NetworkPolicy").length === 0) return;
    for (const call of serviceCalls(cluster, pod)) {
      const refused = refusedCall(cluster, pod, call);
      if (!refused) continue;
      const { direction, policy, target } = refused;
      report(direction, {
        at: call.at,
        data: {
          container: call.container.ref,
          caller: pod.ref,
          address: call.address,
          target: target.ref,
          policy: policy.ref,
        },
        related: [
          { object: policy, at: joinPath("spec", "podSelector"), note: "isolates it" },
          { object: target, at: target.labelsPath, note: "behind the Service" },
        ],
      });
    }
  },

  examples: {
    bad: {
      "the database lets another Pod in alone": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: worker}
        spec:
          selector: {matchLabels: {app: worker}}
          template:
            metadata: {labels: {app: worker}}
            spec:
              containers:
                - name: worker
                  image: "worker:1.4"
                  env:
                    - {name: DATABASE_URL, value: "postgres://worker@db:5432/shop"}   #! ingress
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: db}
        spec: {selector: {app: db}, ports: [{port: 5432}]}
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
              containers: [{name: db, image: "postgres:17.2", ports: [{containerPort: 5432}]}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db}
        spec:
          podSelector: {matchLabels: {app: db}}
          ingress:
            - from: [{podSelector: {matchLabels: {app: api}}}]`,
      "nothing may leave but DNS": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop, labels: {app: web}}
        spec:
          containers:
            - name: web
              image: "web:1.4"
              args: ["--upstream=http://api.shop.svc:8080/v1"]   #! egress
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: api, namespace: shop}
        spec: {selector: {app: api}, ports: [{port: 8080}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: api, namespace: shop, labels: {app: api}}
        spec:
          containers: [{name: api, image: "api:1.4", ports: [{containerPort: 8080}]}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: dns-only, namespace: shop}
        spec:
          podSelector: {}
          policyTypes: [Egress]
          egress:
            - ports: [{port: 53, protocol: UDP}]`,
    },
    good: {
      "the caller is let in on the port of the Pod": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web, labels: {app: web}}
        spec:
          containers:
            - {name: web, image: "web:1.4", env: [{name: API, value: "api:80"}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: api}
        spec: {selector: {app: api}, ports: [{port: 80, targetPort: 8080}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: api, labels: {app: api}}
        spec:
          containers: [{name: api, image: "api:1.4", ports: [{containerPort: 8080}]}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: api}
        spec:
          podSelector: {matchLabels: {app: api}}
          ingress:
            - from: [{podSelector: {matchLabels: {app: web}}}]
              ports: [{port: 8080}]`,
    },
  },
});
