import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "volume-mount-path-duplicate",
  category: "correctness",
  since: "0.1.0",
  each: "container",
  summary: "A container mounts one volume at a path.",
  why: "The API server refuses a Pod in which a container has two volumeMounts of the same mountPath.",
  references: ["https://kubernetes.io/docs/concepts/storage/volumes/#background"],

  messages: {
    duplicate: (d: { container: string; path: string }) => ({
      text: `${d.container} has two mounts at "${d.path}"; the API server refuses the Pod`,
      help: "To put several sources into one folder, use a projected volume or subPath with a path for each file",
    }),
  },

  check(container, { report }) {
    const first = new Map<string, number>();
    container.spec.volumeMounts?.forEach(({ mountPath }, i) => {
      if (!mountPath) return;
      const other = first.get(mountPath);
      if (other === undefined) {
        first.set(mountPath, i);
        return;
      }
      report("duplicate", {
        at: `${container.path}.volumeMounts[${i}].mountPath`,
        data: { container: container.ref, path: mountPath },
        related: [
          { object: container, at: `${container.path}.volumeMounts[${other}].mountPath`, note: "first mounted here" },
        ],
      });
    });
  },

  examples: {
    bad: {
      "two volumes in one folder": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers:
            - name: web
              image: "web:1.4"
              volumeMounts:
                - {name: conf, mountPath: /etc/web}
                - {name: certs, mountPath: /etc/web}   #! duplicate
          volumes:
            - {name: conf, emptyDir: {}}
            - {name: certs, emptyDir: {}}`,
    },
    good: {
      "files of one folder": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers:
            - name: web
              image: "web:1.4"
              volumeMounts:
                - {name: conf, mountPath: /etc/web/web.conf, subPath: web.conf}
                - {name: conf, mountPath: /etc/web/mime.types, subPath: mime.types}
          volumes: [{name: conf, emptyDir: {}}]`,
    },
  },
});
