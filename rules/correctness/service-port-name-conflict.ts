import { defineRule, isPlaceholder, protocolOf } from "../../src/rule-api.js";

export default defineRule({
  id: "service-port-name-conflict",
  category: "correctness",
  since: "0.1.0",
  kinds: ["Service"],
  summary: "The ports of a Service have names of their own where there are several, and node ports of their own.",
  why: `Ingresses, DNS and endpoints tell the ports of a Service apart by name, so the API server refuses two of one name,
    and a port without a name beside others. It also refuses to give one node port to two ports of a protocol.`,
  references: ["https://kubernetes.io/docs/concepts/services-networking/service/#multi-port-services"],

  messages: {
    sameName: (d: { service: string; name: string }) => ({
      text: `${d.service} has two ports named "${d.name}"; the API server refuses it`,
      help: "Give each port a name of its own",
    }),
    unnamed: (d: { service: string; port: string; ports: number }) => ({
      text: `${d.service} has ${d.ports} ports but no name for port ${d.port}; the API server refuses it`,
      help: "Name every port where there are several",
    }),
    sameNodePort: (d: { service: string; nodePort: number; protocol: string }) => ({
      text: `${d.service} gives node port ${d.nodePort} to two ${d.protocol} ports; the API server refuses it`,
      help: "Leave nodePort out, and the API server allocates one",
    }),
  },

  check(service, { report }) {
    const ports = service.spec?.ports ?? [];
    // The same number and protocol twice is a duplicate item, which the schema's rules report.
    const names = new Map<string, number>();
    const nodePorts = new Map<string, number>();
    ports.forEach((port, i) => {
      const at = `spec.ports[${i}]`;
      const data = { service: service.ref };
      if (!port.name) {
        if (ports.length > 1)
          report("unnamed", {
            at: `${at}.name`,
            data: { ...data, port: `${port.port ?? i + 1}`, ports: ports.length },
          });
      } else if (!isPlaceholder(port.name)) {
        const first = names.get(port.name);
        if (first === undefined) names.set(port.name, i);
        else
          report("sameName", {
            at: `${at}.name`,
            data: { ...data, name: port.name },
            related: [{ object: service, at: `spec.ports[${first}].name`, note: "the first one" }],
          });
      }
      if (!port.nodePort) return;
      const key = `${port.nodePort}/${protocolOf(port)}`;
      const first = nodePorts.get(key);
      if (first === undefined) nodePorts.set(key, i);
      else
        report("sameNodePort", {
          at: `${at}.nodePort`,
          data: { ...data, nodePort: port.nodePort, protocol: protocolOf(port) },
          related: [{ object: service, at: `spec.ports[${first}].nodePort`, note: "the first one" }],
        });
    });
  },

  examples: {
    bad: {
      "a copied port kept its name": `
        apiVersion: v1
        kind: Service
        metadata: {name: api}
        spec:
          ports:
            - {name: http, port: 80}
            - {name: http, port: 8080}   #! sameName`,
      "a second port, and the first has no name": `
        apiVersion: v1
        kind: Service
        metadata: {name: api}
        spec:
          ports:
            - port: 80                   #! unnamed
            - {name: metrics, port: 9090}`,
      "one node port for two": `
        apiVersion: v1
        kind: Service
        metadata: {name: api}
        spec:
          type: NodePort
          ports:
            - {name: http, port: 80, nodePort: 30080}
            - {name: https, port: 443, nodePort: 30080}   #! sameNodePort`,
    },
    good: {
      "one port needs no name, and one node port serves TCP and UDP": `
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec:
          ports: [{port: 80}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: dns}
        spec:
          type: NodePort
          ports:
            - {name: dns, port: 53, nodePort: 30053, protocol: UDP}
            - {name: dns-tcp, port: 53, nodePort: 30053}`,
    },
  },
});
