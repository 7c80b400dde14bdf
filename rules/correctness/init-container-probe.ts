import { defineRule } from "../../src/rule-api.js";

const FIELDS = ["livenessProbe", "readinessProbe", "startupProbe", "lifecycle"] as const;

export default defineRule({
  id: "init-container-probe",
  category: "correctness",
  since: "0.1.0",
  each: "container",
  summary: "An init container that ends must have no probes and no lifecycle hooks.",
  why: `An init container runs to its end before the next one starts, so there is nothing to probe. The API server
    refuses probes and hooks unless the init container is a sidecar, with \`restartPolicy: Always\`.`,
  references: ["https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/"],

  messages: {
    forbidden: (d: { container: string; field: string }) => ({
      text: `${d.container} is an init container with a ${d.field}; the API server refuses it`,
      help: "Take it out, or make it a sidecar with restartPolicy: Always",
    }),
  },

  check({ path, spec, ref, type }, { report }) {
    if (type !== "initContainer") return;
    for (const field of FIELDS) {
      const value = spec[field];
      // Without any hook, lifecycle is as good as absent.
      if (value === undefined || (field === "lifecycle" && Object.keys(value).length === 0)) continue;
      report("forbidden", { at: `${path}.${field}`, on: "key", data: { container: ref, field } });
    }
  },

  examples: {
    bad: {
      "probed while it prepares": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          initContainers:
            - name: wait
              image: shop/wait:1.4
              readinessProbe:   #! forbidden
                tcpSocket: {port: 8080}
          containers:
            - {name: shop, image: "shop/shop:1.4"}`,
    },
    good: {
      "a sidecar runs on": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          initContainers:
            - name: proxy
              image: shop/proxy:1.4
              restartPolicy: Always
              readinessProbe: {tcpSocket: {port: 8080}}
          containers:
            - {name: shop, image: "shop/shop:1.4"}`,
    },
  },
});
