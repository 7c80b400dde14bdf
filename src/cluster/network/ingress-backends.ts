import type { Ingress, IngressBackend } from "kubernetes-types/networking/v1.js";
import { isPlaceholder } from "../../schema/placeholder.js";
import type { Cluster } from "../cluster.js";
import type { Resource } from "../resource.js";
import { servicePorts } from "./service-ports.js";

/** A Service that an Ingress sends requests to, with the place that says so. */
export interface BackendReference {
  /** `spec.rules[0].http.paths[1].backend`. */
  readonly at: string;
  readonly service: string;
  readonly port: number | string | undefined;
}

/** Every backend that names a Service, the default one first. */
export function backendsOf(ingress: Resource<Ingress>): BackendReference[] {
  const found: BackendReference[] = [];
  const add = (backend: IngressBackend | undefined, at: string): void => {
    const service = backend?.service;
    if (!service?.name) return;
    // The AWS load balancer controller's word for an action that an annotation describes: there is no such Service.
    if (service.port?.name === "use-annotation") return;
    found.push({ at, service: service.name, port: service.port?.number ?? service.port?.name });
  };
  add(ingress.spec?.defaultBackend, "spec.defaultBackend");
  ingress.spec?.rules?.forEach((rule, i) => {
    rule?.http?.paths?.forEach((path, j) => {
      add(path?.backend, `spec.rules[${i}].http.paths[${j}].backend`);
    });
  });
  return found;
}

/** The Services a backend can mean that all lack its port; empty where one has it or where that cannot be told. */
export function servicesWithoutPort(
  cluster: Cluster,
  ingress: Resource,
  backend: BackendReference,
): readonly Resource[] {
  if (backend.port === undefined || isPlaceholder(backend.port) || isPlaceholder(backend.service)) return [];
  const services = cluster.allNamed("", "Service", ingress.namespace, backend.service);
  const has = (service: Resource): boolean => {
    const { type } = (service.spec ?? {}) as { type?: string };
    const ports = servicePorts(service);
    // An ExternalName Service needs no ports; what controllers make of it is their own affair.
    if (type === "ExternalName" || isPlaceholder(type)) return true;
    return ports.some(
      (port) =>
        port.port === backend.port ||
        port.name === backend.port ||
        isPlaceholder(port.port) ||
        isPlaceholder(port.name),
    );
  };
  return services.some((service) => has(service) || cluster.mayBePatched(service, "ports")) ? [] : services;
}

/** One host and path that an Ingress claims. */
export interface IngressRoute {
  readonly ingress: Resource<Ingress>;
  /** `spec.rules[0].http.paths[1]`. */
  readonly at: string;
  readonly host: string;
  readonly path: string;
  readonly pathType: string;
  readonly backend: IngressBackend;
}

export function routesOf(ingress: Resource<Ingress>): IngressRoute[] {
  return (ingress.spec?.rules ?? []).flatMap((rule, i) =>
    (rule?.http?.paths ?? []).flatMap((path, j) =>
      path?.backend && ![rule.host, path.path].some(isPlaceholder)
        ? {
            ingress,
            at: `spec.rules[${i}].http.paths[${j}]`,
            host: rule.host ?? "",
            path: path.path ?? "",
            pathType: path.pathType ?? "",
            backend: path.backend,
          }
        : [],
    ),
  );
}

/** The class whose controller serves an Ingress; the annotation came before the field and still counts. */
export const ingressClassOf = (ingress: Resource<Ingress>): string =>
  ingress.spec?.ingressClassName ?? ingress.annotations["kubernetes.io/ingress.class"] ?? "";

/** Whether a second Ingress for the same route is meant: controllers split traffic between the two. */
export const isCanary = (ingress: Resource): boolean =>
  Object.entries(ingress.annotations).some(([key, value]) => key.endsWith("/canary") && value !== "false");
