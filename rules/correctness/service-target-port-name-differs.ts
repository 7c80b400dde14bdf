import {
  areAppliedTogether,
  declaredPorts,
  defineRule,
  isPlaceholder,
  joinPath,
  protocolOf,
  searchPort,
} from "../../src/rule-api.js";

export default defineRule({
  id: "service-target-port-name-differs",
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  kinds: ["Service"],
  summary: "All Pods of a Service give the port that it names the same name.",
  why: `A Service looks its named \`targetPort\` up on each Pod. Where one workload calls the same port number by another
    name, its Pods get no traffic, although the Service selects them. Workloads that declare no such port at all are
    left alone: that they serve nothing is often meant.`,
  references: ["https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports"],

  messages: {
    differs: (d: { service: string; port: string; pod: string; number: number; name: string | undefined }) => ({
      text: `${d.service} sends traffic to port "${d.port}", but ${d.pod} ${d.name === undefined ? `leaves its port ${d.number} without a name` : `calls its port ${d.number} "${d.name}"`}`,
      help: `Name the port "${d.port}" there too, or narrow the Service's selector`,
    }),
  },

  check(service, { cluster, report }) {
    const { selector } = service.spec ?? {};
    if (!selector) return;
    service.spec?.ports?.forEach((port, i) => {
      const target = port.targetPort;
      const protocol = protocolOf(port);
      if (typeof target !== "string" || isPlaceholder(target) || isPlaceholder(protocol)) return;
      const matches = cluster.podsMatching({ matchLabels: selector }, service.namespace);
      const search = searchPort(cluster, matches, target, protocol);
      if (search.state !== "declared") return;
      const found = search.found.filter(({ pod }) => areAppliedTogether(cluster, pod.owner, service));
      // Declared by none is service-target-port-undeclared.
      const numbers = new Set(
        found.flatMap((each) =>
          each.target.state === "declared" ? each.target.ports.map((declared) => declared.port.containerPort) : [],
        ),
      );
      for (const each of found) {
        if (each.target.state !== "absent") continue;
        const other = declaredPorts(each.pod).find(
          (declared) => numbers.has(declared.port.containerPort) && protocolOf(declared.port) === protocol,
        );
        if (!other) continue;
        const { containerPort, name } = other.port;
        report("differs", {
          at: `spec.ports[${i}].targetPort`,
          data: { service: service.ref, port: target, pod: each.pod.ref, number: containerPort, name },
          related: [
            {
              object: each.pod,
              at: joinPath(other.at, name === undefined ? "containerPort" : "name"),
              note: "declared here",
            },
          ],
        });
        return;
      }
    });
  },

  examples: {
    bad: {
      "the canary calls its port otherwise": `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec:
          selector: {app: shop}
          ports:
            - {port: 80, targetPort: http}   #! differs
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: stable, labels: {app: shop}}
        spec:
          containers: [{name: app, image: "shop:1.4", ports: [{name: http, containerPort: 8080}]}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: canary, labels: {app: shop}}
        spec:
          containers: [{name: app, image: "shop:1.5", ports: [{name: web, containerPort: 8080}]}]`,
    },
    good: {
      "a worker with the same labels serves nothing": `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec:
          selector: {app: shop}
          ports: [{port: 80, targetPort: http}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web, labels: {app: shop}}
        spec:
          containers: [{name: app, image: "shop:1.4", ports: [{name: http, containerPort: 8080}]}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: worker, labels: {app: shop}}
        spec:
          containers: [{name: app, image: "shop:1.4"}]`,
    },
  },
});
