import { defineRule, missingKeys, wordMissingKey } from "../../src/rule-api.js";

export default defineRule({
  id: "config-map-key-missing",
  category: "references",
  severity: "error",
  since: "0.1.0",
  each: "resource",
  summary: "A key that a Pod takes from a ConfigMap must be one of its keys.",
  why: `A variable read from a key that the ConfigMap does not have keeps the container from starting
    (CreateContainerConfigError); a volume that lists such a key is not mounted, and the Pod stays in ContainerCreating.`,
  references: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/#define-container-environment-variables-using-configmap-data",
  ],

  messages: { missing: wordMissingKey },

  // An absent ConfigMap is config-map-missing.
  check(resource, { cluster, report }) {
    for (const missing of missingKeys(cluster, resource, ({ kind }) => kind === "ConfigMap"))
      report("missing", missing);
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
                - name: LOG_LEVEL
                  valueFrom: {configMapKeyRef: {name: api, key: log_level}}   #! missing
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: api}
        data: {log-level: info}`,
      "a volume names a file that is not there": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers: [{name: web, image: "web:1.4", volumeMounts: [{name: conf, mountPath: /etc/web}]}]
          volumes:
            - name: conf
              configMap:
                name: web
                items:
                  - {key: nginx.conf, path: nginx.conf}
                  - {key: mime.types, path: mime.types}   #! missing
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: web}
        data: {nginx.conf: "events {}"}`,
    },
    good: {
      "binary data counts, an optional key may be absent, and an empty ConfigMap is filled by somebody": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers:
            - name: web
              image: "web:1.4"
              env:
                - {name: LOGO, valueFrom: {configMapKeyRef: {name: web, key: logo.png}}}
                - {name: THEME, valueFrom: {configMapKeyRef: {name: web, key: theme, optional: true}}}
                - {name: FLAGS, valueFrom: {configMapKeyRef: {name: flags, key: flags}}}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: web}
        binaryData: {logo.png: iVBORw0KGgo=}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: flags}`,
      "any of several variants has it": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers:
            - name: web
              image: "web:1.4"
              env: [{name: THEME, valueFrom: {configMapKeyRef: {name: web, key: theme}}}]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: web}
        data: {flags: none}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: web}
        data: {theme: dark}`,
    },
  },
});
