import {
  defineRule,
  describePort,
  isPlaceholder,
  joinPath,
  list,
  nearestName,
  protocolOf,
  searchPort,
} from "../../src/rule-api.js";

export default defineRule({
  id: "service-target-port-undeclared",
  category: "correctness",
  since: "0.1.0",
  kinds: ["Service"],
  summary: "A named `targetPort` must be declared by the Pods the Service selects.",
  why: `The name is looked up on each selected Pod, among the ports of the Service port's protocol. A Pod that declares no
    such port is left out of the endpoints, so the Service accepts connections that reach nothing. A number in quotes is
    a name too, and one that the API server refuses.`,
  references: ["https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports"],

  messages: {
    undeclared: (d: {
      service: string;
      port: string;
      pods: string[];
      declared: string[];
      nearest: string | undefined;
    }) => ({
      text: `${d.service} sends traffic to port "${d.port}", which ${list(d.pods)} ${d.pods.length > 1 ? "do" : "does"} not declare`,
      help:
        d.nearest !== undefined
          ? `Did you mean "${d.nearest}"?`
          : d.declared.length > 0
            ? `The Pods declare ${list(d.declared)}: name one of these, or set targetPort to the number`
            : `Name a container port "${d.port}", or set targetPort to its number`,
    }),
    otherProtocol: (d: { service: string; port: string; wanted: string; pod: string; declared: string }) => ({
      text: `${d.service} sends ${d.wanted} to port "${d.port}", which ${d.pod} declares for ${d.declared}`,
      help: "Give the Service port and the container port the same protocol",
    }),
    quotedNumber: (d: { service: string; port: string }) => ({
      text: `${d.service} has the number ${d.port} in quotes as targetPort, which makes it a name; the API server refuses it`,
      help: "Write the number without quotes",
    }),
  },

  check(service, { cluster, report }) {
    const { selector, type } = service.spec ?? {};
    service.spec?.ports?.forEach((port, i) => {
      const target: unknown = port.targetPort;
      if (typeof target !== "string" || isPlaceholder(target)) return;
      const at = `spec.ports[${i}].targetPort`;
      if (/^\d+$/.test(target)) {
        report("quotedNumber", {
          at,
          data: { service: service.ref, port: target },
          fix: { description: "Write it as a number", safe: true, edits: [{ at, value: target }] },
        });
        return;
      }
      if (!selector || type === "ExternalName") return;
      // Selecting nothing is service-selects-no-pods; Pods of which only some declare it, service-target-port-name-differs.
      const protocol = protocolOf(port);
      if (isPlaceholder(protocol)) return;
      const matches = cluster.podsMatching({ matchLabels: selector }, service.namespace);
      const { state, found, pods, names } = searchPort(cluster, matches, target, protocol);
      if (state !== "absent") return;
      // A kustomization that adds labels to the selector leaves only Pods that it labels too.
      if (service.manifest.selectorsAdded && !pods.some(({ owner }) => owner.manifest.selectorsAdded)) return;
      for (const { pod, target: other } of found)
        if (other.state === "other protocol") {
          const data = {
            service: service.ref,
            port: target,
            wanted: protocol,
            pod: pod.ref,
            declared: protocolOf(other.port.port),
          };
          report("otherProtocol", {
            at,
            data,
            related: [{ object: pod, at: joinPath(other.port.at, "protocol"), note: "declared here" }],
          });
          return;
        }
      report("undeclared", {
        at,
        data: {
          service: service.ref,
          port: target,
          pods: pods.map((pod) => pod.ref),
          declared: [...names].map(describePort),
          nearest: nearestName(target, names),
        },
        related: pods
          .slice(0, 5)
          .map((pod) => ({ object: pod, at: `${pod.specPath}.containers`, note: "selected here" })),
      });
    });
  },

  examples: {
    bad: {
      "the Pod names its port `web`": `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec:
          selector: {app: shop}
          ports:
            - {port: 80, targetPort: http}   #! undeclared
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, labels: {app: shop}}
        spec:
          containers:
            - {name: app, image: "shop:1.4", ports: [{name: web, containerPort: 8080}]}`,
      "DNS over UDP, declared for TCP": `
        apiVersion: v1
        kind: Service
        metadata: {name: dns}
        spec:
          selector: {app: dns}
          ports:
            - {port: 53, protocol: UDP, targetPort: dns}   #! otherProtocol
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: dns, labels: {app: dns}}
        spec:
          containers:
            - {name: dns, image: "coredns:1.12", ports: [{name: dns, containerPort: 53}]}`,
      "a number in quotes is a name": `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec:
          selector: {app: shop}
          ports:
            - {port: 80, targetPort: "8080"}   #! quotedNumber`,
    },
    good: {
      "a number needs no declaration": `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 8080}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, labels: {app: shop}}
        spec:
          containers: [{name: app, image: "shop:1.4"}]`,
      "a sidecar declares it": `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: shop}, ports: [{port: 80, targetPort: proxy}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, labels: {app: shop}}
        spec:
          initContainers:
            - {name: proxy, image: "envoy:1.34", restartPolicy: Always, ports: [{name: proxy, containerPort: 9000}]}
          containers: [{name: app, image: "shop:1.4"}]`,
      "a port whose name is filled in later": `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: shop}, ports: [{port: 80, targetPort: http}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, labels: {app: shop}}
        spec:
          containers:
            - {name: app, image: "shop:1.4", ports: [{name: "\${PORT_NAME}", containerPort: 8080}]}`,
    },
  },
});
