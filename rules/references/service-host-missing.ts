import { defineRule, didYouMean, list, serviceHosts, servicePorts } from "../../src/rule-api.js";

export default defineRule({
  id: "service-host-missing",
  category: "references",
  since: "0.2.0",
  each: "podTemplate",
  summary: "A DNS name of a Service in a container's environment or arguments must be one that the cluster answers.",
  why: `Nothing resolves the name of a Service that does not exist, and nobody listens on a port that it does not have; the
    program finds out when it first connects. Only names of the form service.namespace.svc are looked at, and only in
    namespaces of which the input has Services.`,
  references: ["https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#services"],

  messages: {
    service: (d: {
      container: string;
      subject: string;
      host: string;
      service: string;
      namespace: string;
      nearest: string | undefined;
    }) => ({
      text: `${d.container} of ${d.subject} is told "${d.host}", but namespace "${d.namespace}" has no Service "${d.service}"`,
      help: didYouMean(d.nearest) ?? "If it is created elsewhere, list it under externals",
    }),
    port: (d: {
      container: string;
      subject: string;
      host: string;
      service: string;
      port: number;
      ports: string[];
    }) => ({
      text: `${d.container} of ${d.subject} is told port ${d.port} of "${d.host}", which ${d.service} does not have`,
      help: `It has ${list(d.ports, 8)}`,
    }),
  },

  check(pod, { cluster, report }) {
    const seen = new Set<string>();
    for (const { container, at, host, service, namespace, port, lookup, isShown } of serviceHosts(cluster, pod)) {
      if (seen.has(`${at} ${host}:${port}`)) continue;
      seen.add(`${at} ${host}:${port}`);
      const told = { container: container.ref, subject: pod.ref, host };
      if (lookup.state === "absent") {
        if (!isShown) continue;
        report("service", {
          at,
          data: { ...told, service, namespace, nearest: lookup.nearestName },
          related: lookup.nearest && [{ object: lookup.nearest, note: "the nearest name" }],
        });
      }
      if (lookup.state !== "present" || port === undefined) continue;
      const found = lookup.resource;
      const spec = found.spec as { type?: string; clusterIP?: string } | undefined;
      const ports = cluster.allNamed("", "Service", namespace, service).flatMap(servicePorts);
      // Headless and external names lead to the Pods or hosts themselves, whatever ports they listen on.
      if (spec?.type === "ExternalName" || spec?.clusterIP === "None" || ports.length === 0) continue;
      if (
        ports.some((one) => one.port === port || typeof one.port !== "number") ||
        cluster.mayBePatched(found, "ports")
      )
        continue;
      report("port", {
        at,
        data: { ...told, service: found.ref, port, ports: [...new Set(ports.map((one) => `port ${one.port}`))] },
        related: [{ object: found, at: "spec.ports", note: "the ports it has" }],
      });
    }
  },

  examples: {
    bad: {
      "another name, another port": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: api, namespace: shop}
        spec:
          selector: {matchLabels: {app: api}}
          template:
            metadata: {labels: {app: api}}
            spec:
              containers:
                - name: api
                  image: "api:1.4"
                  args:
                    - --cache=redis://chache.shop.svc:6379   #! service
                  env:
                    - name: DATABASE_URL
                      value: postgres://db.shop.svc.cluster.local:5433/shop   #! port
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: db, namespace: shop}
        spec: {selector: {app: db}, ports: [{port: 5432}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: cache, namespace: shop}
        spec: {selector: {app: cache}, ports: [{port: 6379}]}`,
    },
    good: {
      "a namespace that the input does not show, a Pod of a StatefulSet, a placeholder": `
        apiVersion: v1
        kind: Pod
        metadata: {name: api, namespace: shop}
        spec:
          containers:
            - name: api
              image: "api:1.4"
              env:
                - {name: OTLP, value: "http://collector.monitoring.svc:4317"}
                - {name: DB, value: "db-0.db.shop.svc.cluster.local:5432"}
                - {name: CACHE, value: "\${CACHE}.shop.svc:6379"}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: db, namespace: shop}
        spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}`,
    },
  },
});
