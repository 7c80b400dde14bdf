import { defineRule, wordCause } from "../../src/rule-api.js";

export default defineRule({
  id: "name-malformed",
  category: "admission",
  since: "0.1.0",
  each: "cause",
  families: ["name"],
  summary: "Names have the form that the API asks for.",
  why: `Most names become part of host names, paths or labels, so that the API server takes only what these allow:
    most often lower-case letters, digits and hyphens.`,
  references: ["https://kubernetes.io/docs/concepts/overview/working-with-objects/names/"],

  messages: { malformed: wordCause },

  check(cause, { report }) {
    report("malformed", { at: cause.at || "metadata.name", on: cause.on, data: cause });
  },

  examples: {
    bad: {
      "an object, a container, a port": `
        apiVersion: v1
        kind: Pod
        metadata: {name: Web_Shop}   #! malformed
        spec:
          containers:
            - name: web.server   #! malformed
              image: shop/web:1.4
              ports:
                - {name: http-for-the-shop, containerPort: 8080}   #! malformed`,
      "the key of a ConfigMap": `
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: web}
        data:
          nginx/default.conf: ""   #! malformed`,
    },
    good: {
      "a name that is filled in later": `
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: "\${NAME}-web"}
        data: {nginx.conf: ""}`,
    },
  },
});
