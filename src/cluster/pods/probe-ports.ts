import type { Lifecycle, Probe } from "kubernetes-types/core/v1.js";
import type { Container } from "./pod-template.js";

/** A port that the kubelet connects to, with the place that names it. */
export interface ProbedPort {
  /** `readiness probe`, `postStart hook`. */
  readonly what: string;
  /** `spec.containers[0].readinessProbe.httpGet.port`. */
  readonly at: string;
  readonly port: number | string;
  /** Whether the request goes to another host than the Pod. */
  readonly elsewhere: boolean;
}

const PROBES = [
  ["startupProbe", "startup probe"],
  ["livenessProbe", "liveness probe"],
  ["readinessProbe", "readiness probe"],
] as const;
const HOOKS = [
  ["postStart", "postStart hook"],
  ["preStop", "preStop hook"],
] as const;
const ACTIONS = ["httpGet", "tcpSocket", "grpc"] as const;

/** The ports of a container's probes and lifecycle hooks. */
export function probedPorts(container: Container): ProbedPort[] {
  const found: ProbedPort[] = [];
  const add = (handler: Probe | undefined, what: string, at: string): void => {
    for (const action of ACTIONS) {
      const target = (handler as Record<string, { port?: number | string; host?: string } | undefined> | undefined)?.[
        action
      ];
      if (target?.port !== undefined)
        found.push({ what, at: `${at}.${action}.port`, port: target.port, elsewhere: Boolean(target.host) });
    }
  };
  const { spec, path } = container;
  for (const [field, what] of PROBES) add(spec[field], what, `${path}.${field}`);
  const lifecycle: Lifecycle = spec.lifecycle ?? {};
  for (const [field, what] of HOOKS) add(lifecycle[field], what, `${path}.lifecycle.${field}`);
  return found;
}
