import { defineRule, describeNamespace, duplicatesIn } from "../../src/rule-api.js";

export default defineRule({
  id: "duplicate-object-in-folder",
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  each: "cluster",
  summary: "The files of a folder define an object once.",
  why: `\`kubectl apply -f folder\` takes the files one after the other, so the later silently overwrites the earlier; and
    \`kustomize build\` refuses to take both. Objects that say the same are left alone, and so are folders where many objects are
    there several times or the two files are named alike (\`install.yaml\`, \`install-ha.yaml\`), which hold
    alternatives to choose from, and equal names in different folders.`,
  references: ["https://kubernetes.io/docs/concepts/overview/working-with-objects/names/"],

  messages: {
    again: (d: { object: string; where: string; file: string }) => ({
      text: `${d.object}${d.where} is also defined in "${d.file}", and differently`,
      help: "Rename one of the two, or keep it in one file",
    }),
  },

  check(cluster, { report }) {
    for (const { first, again, sameFile, identical, rare } of duplicatesIn(cluster)) {
      // Twice in one file is duplicate-object.
      if (sameFile || identical || !rare) continue;
      const { path } = first.manifest.source;
      report("again", {
        object: again,
        at: "metadata.name",
        data: {
          object: again.ref,
          where: again.namespace ? ` in ${describeNamespace(again.namespace)}` : "",
          file: path.slice(path.lastIndexOf("/") + 1),
        },
        related: [{ object: first, at: "metadata.name", note: "defined here first" }],
      });
    }
  },

  examples: {
    bad: {
      "a copied file kept the name of its object": `
        # file: k8s/api-config.yaml
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: api-config}
        data: {LOG_LEVEL: info}
        # file: k8s/web-config.yaml
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: api-config}      #! again
        data: {THEME: dark}
        # file: k8s/accounts.yaml
        apiVersion: v1
        kind: List
        items:
          - {apiVersion: v1, kind: ServiceAccount, metadata: {name: api}}
          - {apiVersion: v1, kind: ServiceAccount, metadata: {name: web}}
          - {apiVersion: v1, kind: ServiceAccount, metadata: {name: mail}}
          - {apiVersion: v1, kind: ServiceAccount, metadata: {name: cart}}
          - {apiVersion: v1, kind: ServiceAccount, metadata: {name: search}}
          - {apiVersion: v1, kind: ServiceAccount, metadata: {name: ledger}}`,
    },
    good: {
      "environments in folders of their own": `
        # file: dev/config.yaml
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: api-config}
        data: {LOG_LEVEL: debug}
        # file: prod/config.yaml
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: api-config}
        data: {LOG_LEVEL: info}`,
      "alternatives to choose from": `
        # file: store/redis.yaml
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: store}
        data: {url: "redis://redis"}
        # file: store/postgres.yaml
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: store}
        data: {url: "postgres://db"}`,
    },
  },
});
