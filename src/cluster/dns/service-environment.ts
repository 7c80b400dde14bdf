import type { Pod, Service } from "../../apis/types/core.v1.generated.js";
import { UNKNOWN_ADDRESS } from "./service-records.js";

/** A variable that the kubelet adds to every container, and the Service that it tells of. */
export interface ServiceVariable {
  readonly name: string;
  readonly value: string;
  readonly service: Service;
}

/**
 * The variables of the Services that a Pod sees: those of its namespace that were there before it, and with
 * `enableServiceLinks: false` only the API server's.
 * https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables
 */
export function serviceVariables(pod: Pod, services: Iterable<Service>): ServiceVariable[] {
  const links = pod.spec.enableServiceLinks !== false;
  return [...services].flatMap((service) => {
    const { name, namespace = "default", creationTimestamp = "" } = service.metadata;
    const isServer = name === "kubernetes" && namespace === "default";
    const isNear = links && namespace === (pod.metadata.namespace ?? "default");
    const isEarlier = creationTimestamp <= (pod.metadata.creationTimestamp ?? creationTimestamp);
    return isServer || (isNear && isEarlier) ? variablesOf(service) : [];
  });
}

function variablesOf(service: Service): ServiceVariable[] {
  const { spec = {}, metadata } = service;
  const ports = spec.ports ?? [];
  const [first] = ports;
  if (spec.type === "ExternalName" || spec.clusterIP === "None" || first === undefined) return [];
  const prefix = upper(metadata.name ?? "");
  const host = spec.clusterIP || UNKNOWN_ADDRESS;
  const url = ({ protocol = "TCP", port }: typeof first) => `${protocol.toLowerCase()}://${host}:${port}`;
  const pairs: [string, string][] = [
    [`${prefix}_SERVICE_HOST`, host],
    [`${prefix}_SERVICE_PORT`, `${first.port}`],
    ...ports.flatMap(({ name, port }): [string, string][] =>
      name ? [[`${prefix}_SERVICE_PORT_${upper(name)}`, `${port}`]] : [],
    ),
    [`${prefix}_PORT`, url(first)],
    ...ports.flatMap((each): [string, string][] => {
      const base = `${prefix}_PORT_${each.port}_${each.protocol ?? "TCP"}`;
      return [
        [base, url(each)],
        [`${base}_PROTO`, (each.protocol ?? "TCP").toLowerCase()],
        [`${base}_PORT`, `${each.port}`],
        [`${base}_ADDR`, host],
      ];
    }),
  ];
  return pairs.map(([name, value]) => ({ name, value, service }));
}

const upper = (name: string): string => name.toUpperCase().replaceAll("-", "_");
