import type { Service, ServicePort } from "../../apis/types/core.v1.generated.js";
import type { EndpointSlice } from "../../apis/types/discovery.v1.generated.js";
import { SERVICE_NAME } from "../../cluster/controllers/services/endpoint-slice-controller.js";
import { describeSelector } from "../../cluster/selection/selectors.js";
import type { Simulation } from "../../cluster/simulation/simulate.js";
import type { SimulatedCluster } from "../../cluster/simulation/simulated-cluster.js";
import { count } from "../../engine/wording.js";
import { byNamespace, type Mark, type Row } from "./overview.js";

/** What stands behind a Service. */
export interface Backing {
  readonly ready: number;
  readonly unready: number;
  /** Selected, but without any of the ports that the Service sends to. */
  readonly portless: number;
}

/** The slices of each Service, by its key. */
export function slicesByService({ objects }: Pick<SimulatedCluster, "objects">): Map<string, EndpointSlice[]> {
  const slices = new Map<string, EndpointSlice[]>();
  for (const slice of objects.list("endpointslices.discovery.k8s.io")) {
    const key = `${slice.metadata.namespace}/${slice.metadata.labels?.[SERVICE_NAME]}`;
    const own = slices.get(key);
    if (own === undefined) slices.set(key, [slice]);
    else own.push(slice);
  }
  return slices;
}

/** Counts the endpoints of slices; one that several slices have for several ports counts once. */
export function backingOf(slices: readonly EndpointSlice[], { spec }: Pick<Service, "spec">): Backing {
  const states = new Map<string, "ready" | "unready" | "portless">();
  for (const { endpoints, ports } of slices)
    for (const [i, { addresses, conditions, targetRef }] of (endpoints ?? []).entries()) {
      const key = targetRef
        ? `${targetRef.kind}/${targetRef.namespace}/${targetRef.name}`
        : `${addresses?.join()} ${addresses?.length ? "" : i}`;
      const portless = (spec?.ports ?? []).length > 0 && (ports ?? []).length === 0;
      const state = portless ? "portless" : conditions?.ready === false ? "unready" : "ready";
      if (states.get(key) !== "ready") states.set(key, state);
    }
  const number = (state: string) => [...states.values()].filter((each) => each === state).length;
  return { ready: number("ready"), unready: number("unready"), portless: number("portless") };
}

/** The Services with their ports and what is behind them. By namespace. */
export function serviceRows({ cluster }: Simulation): Map<string, Row[]> {
  const slices = slicesByService(cluster);
  const rows: [string, Row][] = [];
  for (const service of cluster.objects.list("services")) {
    const { namespace = "", name = "" } = service.metadata;
    if (namespace === "default" && name === "kubernetes") continue;
    const { mark, text, notes } = stateOf(service, backingOf(slices.get(`${namespace}/${name}`) ?? [], service));
    const { type = "ClusterIP", clusterIP } = service.spec ?? {};
    const kind = clusterIP === "None" ? "headless" : type;
    rows.push([
      namespace,
      { key: `Service/${name}`, mark, cells: [`Service ${name}`, text, kind, portsText(service)], notes, details: [] },
    ]);
  }
  return byNamespace(rows.sort(([, a], [, b]) => (a.key < b.key ? -1 : 1)));
}

function stateOf(
  { spec = {} }: Service,
  { ready, unready, portless }: Backing,
): { mark: Mark; text: string; notes: string[] } {
  const { type, selector, externalName } = spec;
  if (type === "ExternalName") return { mark: "none", text: `→ ${externalName}`, notes: [] };
  const selects = Object.keys(selector ?? {}).length > 0;
  const behind = [ready > 0 ? `${ready} ready` : "", unready > 0 ? `${unready} not ready` : ""]
    .filter(Boolean)
    .join(", ");
  if (portless > 0 && ready + unready === 0) {
    const names = (spec.ports ?? []).map(({ targetPort, port }) => `"${targetPort ?? port}"`);
    return {
      mark: "bad",
      text: "no endpoints",
      notes: [`${count(portless, "selected Pod")} without a port ${names.join(" or ")}`],
    };
  }
  if (behind !== "") return { mark: ready > 0 ? "good" : "warning", text: behind, notes: [] };
  if (!selects)
    return { mark: "warning", text: "no endpoints", notes: ["it has no selector, and no EndpointSlice names it"] };
  return {
    mark: "bad",
    text: "no endpoints",
    notes: [`no Pod has labels ${describeSelector({ matchLabels: selector })}`],
  };
}

/** `http 80→8080, 9090/UDP`. */
const portsText = ({ spec }: Service): string =>
  (spec?.ports ?? []).map((port) => portText(port, spec?.type === "NodePort")).join(", ");

export function portText({ name, port, targetPort, protocol, nodePort }: ServicePort, nodePorts = false): string {
  const target = targetPort === undefined || targetPort === port || targetPort === 0 ? "" : `→${targetPort}`;
  const outside = nodePorts && nodePort ? ` on node port ${nodePort}` : "";
  return `${name ? `${name} ` : ""}${port}${target}${protocol && protocol !== "TCP" ? `/${protocol}` : ""}${outside}`;
}

/** The Ingresses with their hosts. By namespace. */
export function ingressRows({ cluster }: Simulation): Map<string, Row[]> {
  const rows: [string, Row][] = [];
  for (const { metadata, spec } of cluster.objects.list("ingresses.networking.k8s.io")) {
    const { namespace = "", name = "" } = metadata;
    const hosts = [...new Set((spec?.rules ?? []).map(({ host }) => host || "*"))];
    const services = (spec?.rules ?? []).flatMap(({ http }) =>
      (http?.paths ?? []).map(({ backend }) => backend.service?.name ?? ""),
    );
    const wanted = [...new Set([...services, spec?.defaultBackend?.service?.name ?? ""])].filter(Boolean);
    const absent = wanted.filter((service) => cluster.objects.get("services", namespace, service) === undefined);
    rows.push([
      namespace,
      {
        key: `Ingress/${name}`,
        mark: absent.length > 0 ? "bad" : spec?.ingressClassName ? "good" : "none",
        cells: [
          `Ingress ${name}`,
          spec?.ingressClassName ? `class ${spec.ingressClassName}` : "no class",
          hosts.join(", "),
        ],
        notes: absent.map((service) => `Service "${service}" is not there`),
        details: [],
      },
    ]);
  }
  return byNamespace(rows.sort(([, a], [, b]) => (a.key < b.key ? -1 : 1)));
}
