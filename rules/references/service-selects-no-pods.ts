import {
  defineRule,
  describeClosest,
  describeNamespace,
  describeSelector,
  joinPath,
  selectionIn,
} from "../../src/rule-api.js";

export default defineRule({
  id: "service-selects-no-pods",
  category: "references",
  since: "0.1.0",
  kinds: ["Service"],
  summary: "A Service's selector matches the labels of some Pod.",
  why: `A Service sends traffic to the Pods that have every label of its selector. With none it has no endpoints, and
    connections to it are refused. Pods that an operator makes are not in the input: in a namespace with custom
    resources that may stand for such Pods, the rule speaks only where a template is nearly what the selector asks for.`,
  references: ["https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service"],

  messages: {
    nothing: (d: { service: string; selector: string; where: string; closest: string | undefined }) => ({
      text: `${d.service} selects no Pod: no template in ${d.where} has labels ${d.selector}`,
      help: d.closest,
    }),
  },

  check(service, { cluster, report }) {
    const { selector = {}, type } = service.spec ?? {};
    // An ExternalName Service has no use for a selector; without one, somebody else makes the endpoints.
    if (Object.keys(selector).length === 0 || type === "ExternalName") return;
    const found = selectionIn(cluster, { matchLabels: selector }, service, service.name);
    if (found.state !== "none") return;
    const { closest } = found;
    const unmet = closest?.unmet.length === 1 ? closest.unmet[0] : undefined;
    report("nothing", {
      at: unmet ? joinPath("spec.selector", `[${unmet.key}]`) : "spec.selector",
      data: {
        service: service.ref,
        selector: describeSelector({ matchLabels: selector }),
        where: describeNamespace(service.namespace),
        closest: closest && describeClosest(closest),
      },
      related: closest && [{ object: closest.pod, at: closest.pod.labelsPath, note: "the closest labels" }],
    });
  },

  examples: {
    bad: {
      "one label has another value": `
        apiVersion: v1
        kind: Service
        metadata: {name: shop, namespace: prod}
        spec:
          selector:
            app: shop
            tier: web          #! nothing
          ports: [{port: 80}]
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop, namespace: prod}
        spec:
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop, tier: frontend}}
            spec:
              containers: [{name: shop, image: "shop:1.4"}]`,
      "the Pods are in another namespace": `
        apiVersion: v1
        kind: Service
        metadata: {name: shop, namespace: prod}
        spec:
          selector: {app: shop}       #! nothing
          ports: [{port: 80}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, namespace: dev, labels: {app: shop}}
        spec:
          containers: [{name: shop, image: "shop:1.4"}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: other, namespace: prod, labels: {app: other}}
        spec:
          containers: [{name: other, image: "other:1.4"}]`,
      "an operator is about, but a template is nearly the one": `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec:
          selector: {app: shpo}        #! nothing
          ports: [{port: 80}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, labels: {app: shop}}
        spec:
          containers: [{name: shop, image: "shop:1.4"}]
        ---
        apiVersion: postgresql.cnpg.io/v1
        kind: Cluster
        metadata: {name: db}`,
    },
    good: {
      "one Pod of a StatefulSet, by the label that its controller adds": `
        apiVersion: v1
        kind: Service
        metadata: {name: db-primary}
        spec:
          selector: {app: db, statefulset.kubernetes.io/pod-name: db-0}
          ports: [{port: 5432}]
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db}
        spec:
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec: {containers: [{name: db, image: "postgres:17"}]}`,
      "the operator makes these Pods": `
        apiVersion: v1
        kind: Service
        metadata: {name: db}
        spec:
          selector: {cnpg.io/cluster: db}
          ports: [{port: 5432}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, labels: {app: shop}}
        spec:
          containers: [{name: shop, image: "shop:1.4"}]
        ---
        apiVersion: postgresql.cnpg.io/v1
        kind: Cluster
        metadata: {name: db}`,
      "a name for something outside, or endpoints made by hand": `
        apiVersion: v1
        kind: Service
        metadata: {name: mail}
        spec: {type: ExternalName, externalName: mail.example.com, selector: {app: mail}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: ldap}
        spec: {ports: [{port: 389}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, labels: {app: shop}}
        spec:
          containers: [{name: shop, image: "shop:1.4"}]`,
      "what is filled in later may match": `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: "\${APP}"}, ports: [{port: 80}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, labels: {app: shop}}
        spec:
          containers: [{name: shop, image: "shop:1.4"}]`,
    },
  },
});
