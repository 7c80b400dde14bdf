import { defineRule, isIdentified, isUsed } from "../../src/rule-api.js";

export default defineRule({
  id: "service-unused",
  category: "references",
  severity: "note",
  preset: "strict",
  since: "0.2.0",
  kinds: ["Service"],
  summary: "A Service inside the cluster is named by something.",
  why: `A Service that no Ingress, route, webhook or workload names and that nothing outside the cluster can reach serves
    nobody that the manifests show. Programs of others may well call it: the rule is for sets of manifests that are complete.`,
  references: ["https://kubernetes.io/docs/concepts/services-networking/service/"],

  messages: {
    unused: (d: { object: string }) => ({
      text: `${d.object} is used by nothing in the input`,
      help: "Delete it, or read what uses it too (--context)",
    }),
  },

  check(resource, { cluster, report }) {
    if (
      !isIdentified(resource) ||
      /^(NodePort|LoadBalancer|ExternalName)$/.test(resource.spec?.type ?? "") ||
      resource.spec?.externalIPs?.length
    )
      return;
    if (!isUsed(cluster, resource)) report("unused", { at: "metadata.name", data: { object: resource.ref } });
  },

  examples: {
    bad: {
      "nobody says its name": `
        apiVersion: v1
        kind: Service
        metadata: {name: old-api, namespace: shop}   #! unused
        spec: {selector: {app: api}, ports: [{port: 80}]}`,
    },
    good: {
      "called by name, or from outside": `
        apiVersion: v1
        kind: Service
        metadata: {name: db, namespace: shop}
        spec: {selector: {app: db}, ports: [{port: 5432}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: public, namespace: shop}
        spec: {type: LoadBalancer, selector: {app: api}, ports: [{port: 80}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: api, namespace: shop}
        spec:
          containers:
            - name: api
              image: "api:1.4"
              env: [{name: DATABASE_URL, value: "postgres://db:5432/shop"}]`,
    },
  },
});
