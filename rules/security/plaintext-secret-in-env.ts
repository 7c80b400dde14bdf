import { defineRule, isPlaceholder } from "../../src/rule-api.js";

/** Names that hold the secret itself; not where it is (`_FILE`), what it is called (`_NAME`) or how long it holds. */
const SECRET_NAME =
  /(^|[_.-])(PASS(WORD|WD|PHRASE)|PWD|SECRET([_-]?KEY)?|(API|AUTH|ACCESS|BEARER|REFRESH|SESSION|GITHUB|GITLAB|SLACK|BOT)[_-]?TOKEN|API[_-]?KEY|PRIVATE[_-]?KEY|ENCRYPTION[_-]?KEY|SECRET[_-]?ACCESS[_-]?KEY|CREDENTIALS?)$|(PASSWORD|SECRET|TOKEN)$/i;
/** What is no secret whatever its name: switches, numbers, references of injectors, paths, and `$(NAME)` of another variable. */
const HARMLESS =
  /^(true|false|yes|no|on|off|none|null|nil|disabled|enabled|auto|default|required|optional|\d{1,4})$|^\$\(|^\/|^(vault|op|ref\+?[a-z]*|awssm|gcpsm|secretref|arn|file|projects?|https?):|^(\$\{|<)/i;

export default defineRule({
  id: "plaintext-secret-in-env",
  category: "security",
  since: "0.1.0",
  each: "container",
  summary: "A secret must not stand in a manifest as an environment variable's value.",
  why: `Whoever can read the workload, its manifest in version control, or the output of kubectl describe, has the secret.
    The name of the variable decides; its value is never shown.`,
  references: [
    "https://kubernetes.io/docs/concepts/configuration/secret/#use-case-as-container-environment-variables",
    "https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
  ],

  messages: {
    plain: (d: { container: string; pod: string; name: string }) => ({
      text: `${d.container} gives "${d.name}" its value in the manifest, where whoever can read ${d.pod} reads it`,
      help: "Put the value into a Secret and refer to it with valueFrom.secretKeyRef",
    }),
  },

  check({ pod, path, spec, ref }, { report }) {
    spec.env?.forEach(({ name, value }, i) => {
      if (typeof name !== "string" || typeof value !== "string" || value.trim() === "") return;
      if (!SECRET_NAME.test(name) || HARMLESS.test(value.trim()) || isPlaceholder(value)) return;
      // At the name, so that no output underlines the value.
      report("plain", {
        at: `${path}.env[${i}].name`,
        data: { container: ref, pod: pod.ref, name },
        conceal: `${path}.env[${i}].value`,
      });
    });
  },

  examples: {
    bad: {
      "a password and a key": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec:
              containers:
                - name: shop
                  image: shop:1.4
                  env:
                    - name: DB_PASSWORD   #! plain
                      value: correct-horse
                    - name: stripe-api-key   #! plain
                      value: not-a-real-key`,
    },
    good: {
      "where it is, what it is called, a switch, a reference": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: shop
              image: shop:1.4
              env:
                - {name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}
                - {name: DB_PASSWORD_FILE, value: /run/secrets/db}
                - {name: TOKEN_TTL, value: 30m}
                - {name: SECRET_NAME, value: db}
                - {name: ALLOW_EMPTY_PASSWORD, value: "yes"}
                - {name: URL_PASSWORD, value: $(DB_PASSWORD)}
                - {name: API_TOKEN, value: "\${API_TOKEN}"}
                - {name: ADMIN_PASSWORD, value: "vault:secret/data/shop#admin"}`,
    },
  },
});
