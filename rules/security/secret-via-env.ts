import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "secret-via-env",
  category: "security",
  since: "0.1.0",
  preset: "strict",
  each: "container",
  summary: "A container must get its secrets as files, not as environment variables.",
  why: `The environment is handed on to every child process, shown by debuggers and written into crash reports and logs. A
    mounted Secret can be read by the program alone, and follows when the Secret changes.`,
  references: [
    "https://kubernetes.io/docs/concepts/security/secrets-good-practices/#avoid-storing-secrets-in-environment",
  ],

  messages: {
    variable: (d: { container: string; name: string; secret: string }) => ({
      text: `${d.container} gets Secret "${d.secret}" in environment variable "${d.name}"`,
      help: "Mount the Secret as a volume",
    }),
    all: (d: { container: string; secret: string }) => ({
      text: `${d.container} gets all of Secret "${d.secret}" as environment variables`,
      help: "Mount the Secret as a volume",
    }),
  },

  check({ path, spec, ref, type }, { report }) {
    if (type === "ephemeralContainer") return;
    spec.env?.forEach(({ name, valueFrom }, i) => {
      const secret = valueFrom?.secretKeyRef?.name;
      if (secret === undefined) return;
      report("variable", {
        at: `${path}.env[${i}].valueFrom.secretKeyRef`,
        on: "key",
        data: { container: ref, name: String(name), secret },
      });
    });
    spec.envFrom?.forEach(({ secretRef }, i) => {
      if (secretRef?.name === undefined) return;
      report("all", {
        at: `${path}.envFrom[${i}].secretRef`,
        on: "key",
        data: { container: ref, secret: secretRef.name },
      });
    });
  },

  examples: {
    bad: {
      "one key, all keys": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: shop
              image: shop:1.4
              env:
                - name: DB_PASSWORD
                  valueFrom:
                    secretKeyRef: {name: db, key: password}   #! variable
              envFrom:
                - secretRef: {name: shop}   #! all`,
    },
    good: {
      "a file, and configuration that is no secret": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: shop
              image: shop:1.4
              envFrom: [{configMapRef: {name: shop}}]
              volumeMounts: [{name: db, mountPath: /run/secrets/db}]
          volumes:
            - {name: db, secret: {secretName: db}}`,
    },
  },
});
