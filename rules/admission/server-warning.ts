import { defineRule, type ServerWarning } from "../../src/rule-api.js";

export default defineRule({
  id: "server-warning",
  category: "admission",
  since: "0.1.0",
  severity: "warning",
  preset: "recommended",
  each: "serverWarning",
  summary: "The API server takes the object without a warning.",
  why: `The API server takes some objects and warns whoever sends them: of fields that do nothing any more, of values that are
    likely not meant. \`kubectl apply\` shows such warnings once, and tools that apply for you rarely do.`,
  references: ["https://kubernetes.io/blog/2020/09/03/warnings/"],

  messages: {
    warning: (d: ServerWarning) => ({ text: `The API server warns of ${d.subject}: ${d.text}` }),
  },

  check(warning, { report }) {
    report("warning", { at: warning.at || "metadata.name", data: warning });
  },

  examples: {
    bad: {
      "a volume that does nothing any more": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers: [{name: web, image: "shop/web:1.4"}]
          volumes:
            - name: data
              cephfs: {monitors: ["10.0.0.1:6789"]}   #! warning`,
    },
    good: {
      "a volume that does": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers: [{name: web, image: "shop/web:1.4"}]
          volumes: [{name: data, csi: {driver: cephfs.csi.ceph.com}}]`,
    },
  },
});
