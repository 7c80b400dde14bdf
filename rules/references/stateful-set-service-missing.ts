import { defineRule, describeNamespace, hiddenPodMaker } from "../../src/rule-api.js";

export default defineRule({
  id: "stateful-set-service-missing",
  category: "references",
  since: "0.1.0",
  kinds: ["StatefulSet"],
  summary: "The Service that a StatefulSet names exists.",
  why: `The Pods of a StatefulSet get their stable DNS names (\`db-0.db\`) from the headless Service in \`serviceName\`. The
    StatefulSet starts without it, but its Pods do not find each other by name.`,
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id"],

  messages: {
    absent: (d: {
      set: string;
      service: string;
      nearest: string | undefined;
      namespace: string | undefined;
      where: string;
    }) => ({
      text: `${d.set} is governed by Service "${d.service}", which is not in ${d.where}`,
      help:
        d.nearest !== undefined
          ? `Did you mean "${d.nearest}"?`
          : d.namespace !== undefined
            ? `There is one in namespace "${d.namespace}"; it must be in the StatefulSet's own`
            : `Add a headless Service (clusterIP: None) named "${d.service}"`,
    }),
  },

  check(set, { cluster, report }) {
    const name = set.spec?.serviceName;
    if (!name) return;
    const found = cluster.lookup("", "Service", set.namespace, name);
    if (found.state !== "absent") return;
    if (!found.nearest && hiddenPodMaker(cluster, set.namespace)) return;
    const elsewhere = found.elsewhere[0];
    report("absent", {
      at: "spec.serviceName",
      data: {
        set: set.ref,
        service: name,
        nearest: found.nearest?.name,
        namespace: elsewhere?.namespace,
        where: elsewhere ? describeNamespace(set.namespace) : "the input",
      },
      related: found.nearest && [{ object: found.nearest, note: "the nearest name" }],
    });
  },

  examples: {
    bad: {
      "the Service has another name": `
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db}
        spec:
          serviceName: db-headles      #! absent
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec: {containers: [{name: db, image: "postgres:17"}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: db-headless}
        spec: {clusterIP: None, selector: {app: db}}`,
    },
    good: {
      "there, or not asked for": `
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db}
        spec:
          serviceName: db
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec: {containers: [{name: db, image: "postgres:17"}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: db}
        spec: {clusterIP: None, selector: {app: db}}
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: worker}
        spec:
          selector: {matchLabels: {app: worker}}
          template:
            metadata: {labels: {app: worker}}
            spec: {containers: [{name: worker, image: "worker:1"}]}`,
    },
  },
});
