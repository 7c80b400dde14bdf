import { defineRule, missingTargets, type Reference, wordMissingTarget } from "../../src/rule-api.js";

/** What other rules speak of, by the field that names it. */
const OWN_RULE = new Set([
  "imagePullSecrets[*]",
  "roleRef",
  // What a ServiceAccount lists is written by controllers.
  "secrets[*]",
  "subjects[*]",
  "volumes[*].persistentVolumeClaim",
]);

function hasOwnRule({ fact, from, group, kind }: Reference): boolean {
  if (group === "" && (kind === "ConfigMap" || kind === "Secret")) return true;
  if (kind === "StorageClass" || fact.name === "ingressClassName" || OWN_RULE.has(fact.at)) return true;
  if (fact.from === "podSpec" && /^(PriorityClass|RuntimeClass|ServiceAccount)$/.test(kind)) return true;
  if (from.kind === "Ingress") return fact.at.endsWith(".service");
  if (from.kind === "HorizontalPodAutoscaler") return fact.at === "spec.scaleTargetRef";
  if (from.kind === "StatefulSet") return fact.name === "serviceName";
  return kind === "Service" && /WebhookConfiguration$|^(APIService|CustomResourceDefinition)$/.test(from.kind);
}

export default defineRule({
  id: "reference-target-missing",
  category: "references",
  since: "0.2.0",
  each: "resource",
  summary: "What an object names must exist.",
  why: `A field that names nothing does nothing, or holds up what depends on it: a route without its Service answers with
    an error, a claim without its snapshot stays empty, a certificate without its issuer is never issued. This rule is
    about every field that has no rule of its own, those of the Gateway API, Istio, cert-manager, Prometheus Operator,
    Argo, KEDA, Knative and external-secrets among them, and those that the configuration adds. Kinds that whoever runs
    the cluster usually provides (Gateways, issuers, classes, nodes) count where the input has others of their kind.`,
  references: ["https://kubernetes.io/docs/concepts/overview/working-with-objects/names/"],

  messages: { missing: wordMissingTarget },

  check(resource, { cluster, report }) {
    for (const missing of missingTargets(cluster, resource, (reference) => !hasOwnRule(reference)))
      report("missing", missing);
  },

  examples: {
    bad: {
      "a route to a Service of another name": `
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: shop}
        spec:
          parentRefs: [{name: public}]
          rules:
            - backendRefs:
                - {name: shopp, port: 80}   #! missing
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: shop}, ports: [{port: 80}]}`,
      "a host of the mesh": `
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: reviews, namespace: shop}
        spec:
          hosts: [reviews]
          http:
            - route:
                - destination: {host: review.shop.svc.cluster.local}   #! missing
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: reviews, namespace: shop}
        spec: {selector: {app: reviews}, ports: [{port: 80}]}`,
      "an issuer, where there are others": `
        apiVersion: cert-manager.io/v1
        kind: Certificate
        metadata: {name: shop}
        spec:
          secretName: shop-tls
          dnsNames: [shop.example.com]
          issuerRef: {name: letsencypt, kind: ClusterIssuer}   #! missing
        ---
        apiVersion: cert-manager.io/v1
        kind: ClusterIssuer
        metadata: {name: letsencrypt}
        spec: {selfSigned: {}}`,
      "a claim filled from a snapshot": `
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: restored}
        spec:
          accessModes: [ReadWriteOnce]
          resources: {requests: {storage: 10Gi}}
          dataSource: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: nightly}   #! missing`,
      "a token for an account": `
        apiVersion: v1
        kind: Secret
        metadata:
          name: ci-token
          annotations:
            kubernetes.io/service-account.name: ci   #! missing
        type: kubernetes.io/service-account-token`,
    },
    good: {
      "what the cluster usually has, hosts elsewhere, and all sidecars": `
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: payments}
        spec:
          hosts: [payments.example.com]
          gateways: [mesh, istio-system/public]
          http: [{route: [{destination: {host: payments.example.com}}]}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: docs}
        spec: {parentRefs: [{name: public, namespace: gateways}]}
        ---
        apiVersion: cert-manager.io/v1
        kind: Certificate
        metadata: {name: docs}
        spec: {secretName: docs-tls, issuerRef: {name: letsencrypt, kind: ClusterIssuer}}`,
      "a placeholder": `
        apiVersion: keda.sh/v1alpha1
        kind: ScaledObject
        metadata: {name: worker}
        spec: {scaleTargetRef: {name: "\${NAME}"}, triggers: [{type: cpu, metadata: {value: "60"}}]}`,
    },
  },
});
