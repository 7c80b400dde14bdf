import { defineRule, missingTargets, wordMissingTarget } from "../../src/rule-api.js";

export default defineRule({
  id: "secret-missing",
  category: "references",
  since: "0.1.0",
  each: "resource",
  summary: "A Secret that is read, mounted or serves TLS must exist.",
  why: `A container that needs a Secret which is not there does not start, and an Ingress without its Secret answers with
    a certificate that no browser trusts. Secrets that an ExternalSecret, a SealedSecret, a Certificate and the like
    make are known; those made by hand can be listed under externals.`,
  references: ["https://kubernetes.io/docs/concepts/configuration/secret/#using-a-secret"],

  messages: { missing: wordMissingTarget },

  check(resource, { cluster, report }) {
    // imagePullSecrets are image-pull-secret-missing; what a ServiceAccount lists is written by controllers.
    const secrets = missingTargets(
      cluster,
      resource,
      ({ kind, group, fact }) =>
        kind === "Secret" && group === "" && fact.at !== "imagePullSecrets[*]" && fact.at !== "secrets[*]",
    );
    for (const missing of secrets) report("missing", missing);
  },

  examples: {
    bad: {
      "read, mounted, and serving TLS": `
        apiVersion: v1
        kind: Pod
        metadata: {name: api}
        spec:
          containers:
            - name: api
              image: "api:1.4"
              env:
                - name: PASSWORD
                  valueFrom: {secretKeyRef: {name: api-db, key: password}}   #! missing
          volumes:
            - {name: tls, secret: {secretName: api-tls}}   #! missing
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: api}
        spec:
          tls:
            - {hosts: [api.example.com], secretName: api-example-com}   #! missing`,
    },
    good: {
      "made by controllers from objects of the input": `
        apiVersion: v1
        kind: Pod
        metadata: {name: api}
        spec:
          containers:
            - name: api
              image: "api:1.4"
              envFrom: [{secretRef: {name: api-db}}, {secretRef: {name: api-sealed}}]
          volumes:
            - {name: tls, secret: {secretName: api-tls}}
            - {name: kafka, secret: {secretName: events-cluster-ca-cert}}
        ---
        apiVersion: external-secrets.io/v1
        kind: ExternalSecret
        metadata: {name: api}
        spec: {target: {name: api-db}, dataFrom: [{extract: {key: api}}]}
        ---
        apiVersion: bitnami.com/v1alpha1
        kind: SealedSecret
        metadata: {name: api-sealed}
        spec: {encryptedData: {password: AgBy}}
        ---
        apiVersion: cert-manager.io/v1
        kind: Certificate
        metadata: {name: api}
        spec: {secretName: api-tls, dnsNames: [api.example.com], issuerRef: {name: ca}}
        ---
        apiVersion: kafka.strimzi.io/v1beta2
        kind: Kafka
        metadata: {name: events}
        spec: {}`,
      "cert-manager makes what an annotated Ingress names": `
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: api
          annotations: {cert-manager.io/cluster-issuer: letsencrypt}
        spec:
          tls: [{hosts: [api.example.com], secretName: api-example-com}]`,
      "a Job is told its name": `
        apiVersion: batch/v1
        kind: Job
        metadata: {name: admission-create}
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - {name: create, image: "certgen:1.4", args: [create, --secret-name=admission]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: admission}
        spec:
          containers: [{name: admission, image: "admission:1.4"}]
          volumes: [{name: tls, secret: {secretName: admission}}]`,
    },
  },
});
