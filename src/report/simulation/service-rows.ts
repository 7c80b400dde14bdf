import type { Service } from "../../apis/types/core.v1.generated.js";
import { type Backing, backingOf, portText, slicesByService } from "../../cluster/description/service-backing.js";
import { describeSelector } from "../../cluster/selection/selectors.js";
import type { Simulation } from "../../cluster/simulation/simulate.js";
import { count } from "../../engine/wording.js";
import { byNamespace, type Mark, type Row } from "./overview.js";

type Labels = Readonly<Record<string, string>>;

/** Counts Pods by the labels of selectors; only those that share a pair are looked at. */
class PodLabels {
  #pods: Map<string, Labels[]> | undefined;

  constructor(private readonly cluster: Simulation["cluster"]) {}

  count(namespace: string, selector: Labels): number {
    this.#pods ??= this.#read();
    const wanted = Object.entries(selector);
    const [first] = wanted;
    if (first === undefined) return 0;
    const some = this.#pods.get(JSON.stringify([namespace, ...first])) ?? [];
    return some.filter((labels) => wanted.every(([key, value]) => labels[key] === value)).length;
  }

  #read(): Map<string, Labels[]> {
    const pods = new Map<string, Labels[]>();
    for (const { metadata } of this.cluster.objects.list("pods"))
      for (const pair of Object.entries(metadata.labels ?? {})) {
        const key = JSON.stringify([metadata.namespace, ...pair]);
        const own = pods.get(key);
        if (own === undefined) pods.set(key, [metadata.labels ?? {}]);
        else own.push(metadata.labels ?? {});
      }
    return pods;
  }
}

/** The Services with their ports and what is behind them. By namespace. */
export function serviceRows({ cluster }: Simulation): Map<string, Row[]> {
  const slices = slicesByService(cluster);
  const index = new PodLabels(cluster);
  const rows: [string, Row][] = [];
  for (const service of cluster.objects.list("services")) {
    const { namespace = "", name = "" } = service.metadata;
    if (namespace === "default" && name === "kubernetes") continue;
    const podsWith = (selector: Labels) => index.count(namespace, selector);
    const { mark, text, notes } = stateOf(
      service,
      backingOf(slices.get(`${namespace}/${name}`) ?? [], service),
      podsWith,
    );
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
  podsWith: (selector: Labels) => number,
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
  const selected = podsWith(selector ?? {});
  if (selected > 0)
    return {
      mark: "warning",
      text: "no endpoints",
      notes: [`${count(selected, "selected Pod")}, none with an address yet`],
    };
  return {
    mark: "bad",
    text: "no endpoints",
    notes: [`no Pod has labels ${describeSelector({ matchLabels: selector })}`],
  };
}

/** `http 80→8080, 9090/UDP`. */
const portsText = ({ spec }: Service): string =>
  (spec?.ports ?? []).map((port) => portText(port, spec?.type === "NodePort")).join(", ");

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
