import { defineRule, missingKeys, wordMissingKey } from "../../src/rule-api.js";

export default defineRule({
  id: "secret-key-missing",
  category: "references",
  severity: "error",
  since: "0.1.0",
  each: "resource",
  summary: "A key that a Pod takes from a Secret must be one of its keys.",
  why: `A variable read from a key that the Secret does not have keeps the container from starting
    (CreateContainerConfigError); a volume that lists such a key is not mounted, and the Pod stays in ContainerCreating.`,
  references: [
    "https://kubernetes.io/docs/tasks/inject-data-application/distribute-credentials-secure/#define-container-environment-variables-using-secret-data",
  ],

  messages: { missing: wordMissingKey },

  // An absent Secret is secret-missing.
  check(resource, { cluster, report }) {
    for (const missing of missingKeys(cluster, resource, ({ kind }) => kind === "Secret")) report("missing", missing);
  },

  examples: {
    bad: {
      "the key is spelled otherwise": `
        apiVersion: v1
        kind: Pod
        metadata: {name: api}
        spec:
          containers:
            - name: api
              image: "api:1.4"
              env:
                - name: PASSWORD
                  valueFrom: {secretKeyRef: {name: db, key: pasword}}   #! missing
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: db}
        stringData: {password: "to be changed"}`,
      "what an ExternalSecret makes has the keys it lists": `
        apiVersion: v1
        kind: Pod
        metadata: {name: api}
        spec:
          containers:
            - name: api
              image: "api:1.4"
              env:
                - name: DB_USER
                  valueFrom: {secretKeyRef: {name: db, key: username}}   #! missing
        ---
        apiVersion: external-secrets.io/v1
        kind: ExternalSecret
        metadata: {name: db}
        spec:
          data:
            - {secretKey: password, remoteRef: {key: db}}`,
      "a token Secret has the keys the controller writes": `
        apiVersion: v1
        kind: Pod
        metadata: {name: ci}
        spec:
          containers: [{name: ci, image: "ci:1.4", volumeMounts: [{name: token, mountPath: /token}]}]
          volumes:
            - name: token
              secret:
                secretName: ci-token
                items:
                  - {key: ca.pem, path: ca.pem}   #! missing
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: ci-token, annotations: {kubernetes.io/service-account.name: ci}}
        type: kubernetes.io/service-account-token`,
    },
    good: {
      "data and stringData count together; an empty Secret is filled by somebody": `
        apiVersion: v1
        kind: Pod
        metadata: {name: api}
        spec:
          containers:
            - name: api
              image: "api:1.4"
              env:
                - {name: DB_USER, valueFrom: {secretKeyRef: {name: db, key: username}}}
                - {name: PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}
                - {name: TOKEN, valueFrom: {secretKeyRef: {name: later, key: token}}}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: db}
        data: {username: YWRtaW4=}
        stringData: {password: "to be changed"}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: later}`,
      "a store may hold any key": `
        apiVersion: v1
        kind: Pod
        metadata: {name: api}
        spec:
          containers:
            - name: api
              image: "api:1.4"
              env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}]
        ---
        apiVersion: external-secrets.io/v1
        kind: ExternalSecret
        metadata: {name: db}
        spec:
          data: [{secretKey: username, remoteRef: {key: db}}]
          dataFrom: [{extract: {key: db}}]`,
    },
  },
});
