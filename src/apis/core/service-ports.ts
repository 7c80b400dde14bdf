import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { checkForm, dnsLabelFault, qualifiedNameFault } from "../meta/names.js";
import { checkChoice, checkPort, checkPortNumber } from "../meta/values.js";
import type { ServicePort, ServiceSpec } from "../types/core.v1.generated.js";

const PORTS = FieldPath.of("spec", "ports");
const HEALTH_CHECK_PORT = FieldPath.of("spec", "healthCheckNodePort");
export const PROTOCOLS = ["SCTP", "TCP", "UDP"];

export const needsHealthCheck = ({ type, externalTrafficPolicy }: ServiceSpec): boolean =>
  type === "LoadBalancer" && externalTrafficPolicy === "Local";

/**
 * The node port of each port as the server would take it before validation; what is at fault here is all it says.
 * Those that it chooses stand as negative numbers. Which are free in the cluster is not asked.
 */
export function takeNodePorts(spec: ServiceSpec, errors: FieldErrors): readonly number[] {
  const { type, ports = [], allocateLoadBalancerNodePorts } = spec;
  const nodePorts = ports.map(({ nodePort = 0 }) => nodePort);
  if (type !== "NodePort" && type !== "LoadBalancer") return nodePorts;
  const chooses = type === "NodePort" || allocateLoadBalancerNodePorts !== false;
  const taken = new Set<number>();
  const byPort = new Map<number, number>();
  for (const [i, { port }] of ports.entries()) {
    if (nodePorts[i] === 0 && !chooses) continue;
    const shared = byPort.get(port);
    if (shared !== undefined && (nodePorts[i] === 0 || nodePorts[i] === shared)) {
      nodePorts[i] = shared;
      continue;
    }
    // Ports with one number and several protocols share the node port that one of them asks for.
    const asked = shared ?? ports.find((other) => other.port === port && other.nodePort !== undefined)?.nodePort;
    const wanted = shared === undefined ? (asked ?? 0) : nodePorts[i]!;
    if (wanted !== 0 && taken.has(wanted)) {
      errors.invalid(PORTS.index(i).child("nodePort"), wanted, "is taken by another port of the Service");
      return nodePorts;
    }
    nodePorts[i] = wanted === 0 ? chosen(i) : wanted;
    taken.add(nodePorts[i]!);
    if (shared === undefined) byPort.set(port, nodePorts[i]!);
  }
  const { healthCheckNodePort } = spec;
  if (needsHealthCheck(spec) && healthCheckNodePort !== undefined && taken.has(healthCheckNodePort))
    errors.invalid(HEALTH_CHECK_PORT, healthCheckNodePort, "is taken by a port of the Service");
  return nodePorts;
}

/** The same of a Service that is stored already: ports do not share what the server chooses. */
export function nodePortsOfUpdate({ type, ports, allocateLoadBalancerNodePorts }: ServiceSpec): readonly number[] {
  const chooses = type === "NodePort" || (type === "LoadBalancer" && allocateLoadBalancerNodePorts !== false);
  return (ports ?? []).map(({ nodePort = 0 }, i) => (nodePort === 0 && chooses ? chosen(i) : nodePort));
}

/** Below what users can write, as a port is a number of 32 bits. */
const chosen = (i: number): number => -(2 ** 40) - i;

export function validateServicePorts(ports: readonly ServicePort[], errors: FieldErrors): void {
  const names = new Set<string>();
  ports.forEach(({ name = "", port, protocol = "", targetPort, appProtocol }, i) => {
    const item = PORTS.index(i);
    if (name !== "") {
      checkForm(dnsLabelFault, name, item.child("name"), errors);
      if (names.has(name)) errors.duplicate(item.child("name"), name);
      names.add(name);
    } else if (ports.length > 1) errors.required(item.child("name"), "where there are several ports, each has a name");
    checkPortNumber(port, item.child("port"), errors);
    checkChoice(protocol, PROTOCOLS, item.child("protocol"), errors, { required: true });
    checkPort(targetPort, item.child("targetPort"), errors);
    if (appProtocol !== undefined) checkForm(qualifiedNameFault, appProtocol, item.child("appProtocol"), errors);
  });
}

/** A node port, and a port, is there once with each protocol. */
export function checkPortsDistinct(
  ports: readonly ServicePort[],
  nodePorts: readonly number[],
  errors: FieldErrors,
): void {
  const seen = new Set<string>();
  ports.forEach(({ protocol, nodePort }, i) => {
    if (nodePorts[i] === 0) return;
    const key = `${protocol} ${nodePorts[i]}`;
    if (seen.has(key)) errors.duplicate(PORTS.index(i).child("nodePort"), nodePort ?? "The node port chosen for both");
    seen.add(key);
  });
  seen.clear();
  ports.forEach(({ protocol, port }, i) => {
    const key = `${protocol} ${port}`;
    if (seen.has(key)) errors.duplicate(PORTS.index(i), port);
    seen.add(key);
  });
}
