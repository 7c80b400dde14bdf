import { type DeclaredPort, portsOf, protocolOf } from "../network/service-ports.js";
import type { PodTemplate } from "./pod-template.js";

/** Two ports of a Pod that want the same port of its node. */
export interface HostPortConflict {
  readonly first: DeclaredPort;
  readonly again: DeclaredPort;
  readonly hostPort: number;
}

/**
 * The host ports that a Pod asks for twice. Containers run together; an init container runs alone, so only its own
 * ports can conflict. On the host's network every container port is a host port.
 */
export function hostPortConflicts(pod: PodTemplate): HostPortConflict[] {
  const conflicts: HostPortConflict[] = [];
  const find = (ports: readonly DeclaredPort[]): void => {
    const taken = new Map<string, DeclaredPort>();
    for (const again of ports) {
      const { hostPort, containerPort, hostIP = "" } = again.port;
      const asked = hostPort || (pod.spec.hostNetwork === true ? containerPort : 0);
      if (!asked) continue;
      const key = `${protocolOf(again.port)}/${hostIP}/${asked}`;
      const first = taken.get(key);
      if (first) conflicts.push({ first, again, hostPort: asked });
      else taken.set(key, again);
    }
  };
  find(pod.containers.filter(({ type }) => type === "container").flatMap(portsOf));
  for (const container of pod.containers) if (container.type !== "container") find(portsOf(container));
  return conflicts;
}
