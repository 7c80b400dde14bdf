import { defineRule, wordCause } from "../../src/rule-api.js";

export default defineRule({
  id: "name-undefined",
  category: "admission",
  since: "0.1.0",
  each: "cause",
  families: ["undefined-name"],
  summary: "What an object names within itself is there.",
  why: `Containers use volumes and resource claims of their Pod by name. The API server refuses a Pod that has none
    of the name.`,
  references: ["https://kubernetes.io/docs/concepts/storage/volumes/"],

  messages: { undefinedName: wordCause },

  check(cause, { report }) {
    report("undefinedName", { at: cause.at || "metadata.name", on: cause.on, data: cause });
  },

  examples: {
    bad: {
      "a block device of no volume": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers:
            - name: web
              image: shop/web:1.4
              volumeDevices:
                - {name: disk, devicePath: /dev/data}   #! undefinedName`,
    },
    good: {
      "a name that is filled in later": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers:
            - name: web
              image: shop/web:1.4
              volumeDevices: [{name: disk, devicePath: /dev/data}]
          volumes: [{name: "\${VOLUME}", persistentVolumeClaim: {claimName: data}}]`,
    },
  },
});
