import { isMapping } from "../decode/is-mapping.js";
import { valueAt } from "../meta/same-value.js";

/** Addresses and ports that the server chose may be stored under a word in brackets, such as `(allocated)`. */
const isStandIn = (value: unknown): boolean => typeof value === "string" && value.startsWith("(");

/** A copy of a stored Service without the addresses and ports for which there is only a word. */
export function withoutStandIns(object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (object.kind !== "Service" || !isMapping(object.spec)) return { ...object };
  const spec = { ...object.spec };
  if (isStandIn(spec.clusterIP)) {
    delete spec.clusterIP;
    delete spec.clusterIPs;
  }
  if (isStandIn(spec.healthCheckNodePort)) delete spec.healthCheckNodePort;
  if (Array.isArray(spec.ports))
    spec.ports = spec.ports.map((port: unknown) => {
      if (!isMapping(port) || !isStandIn(port.nodePort)) return port;
      const { nodePort: _, ...rest } = port;
      return rest;
    });
  return { ...object, spec };
}

/** Puts the words back where an updated Service still has what they stand for. */
export function restoreStandIns(object: Record<string, unknown>, old: Readonly<Record<string, unknown>>): void {
  const { spec } = object;
  if (object.kind !== "Service" || !isMapping(spec) || !isMapping(old.spec)) return;
  if (isStandIn(old.spec.clusterIP) && spec.type !== "ExternalName" && spec.clusterIP === undefined) {
    spec.clusterIP = old.spec.clusterIP;
    spec.clusterIPs = old.spec.clusterIPs;
  }
  if (isStandIn(old.spec.healthCheckNodePort) && spec.type === "LoadBalancer" && spec.externalTrafficPolicy === "Local")
    spec.healthCheckNodePort ??= old.spec.healthCheckNodePort;
  if (spec.type !== "NodePort" && spec.type !== "LoadBalancer") return;
  const ports = (list: unknown): Record<string, unknown>[] => (Array.isArray(list) ? list.filter(isMapping) : []);
  const keyOf = (port: unknown) => `${valueAt(port, "protocol") ?? "TCP"} ${valueAt(port, "port")}`;
  const stored = new Map(ports(old.spec.ports).map((port) => [keyOf(port), port.nodePort]));
  for (const port of ports(spec.ports)) {
    const nodePort = stored.get(keyOf(port));
    if (port.nodePort === undefined && isStandIn(nodePort)) port.nodePort = nodePort;
  }
}
