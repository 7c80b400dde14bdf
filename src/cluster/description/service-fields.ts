import type { Pod, Service } from "../../apis/types/core.v1.generated.js";
import type { EndpointSlice } from "../../apis/types/discovery.v1.generated.js";
import type {
  Ingress,
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyPort,
} from "../../apis/types/networking.v1.generated.js";
import { serviceVariables } from "../dns/service-environment.js";
import { serviceRecords } from "../dns/service-records.js";
import { writtenName } from "../outcome/like-entries.js";
import { describeSelector, isEmptySelector, matchSelector } from "../selection/selectors.js";
import type { Simulation } from "../simulation/simulate.js";
import { ALLOCATED } from "../simulation/simulated-cluster.js";
import { type Field, group, lines, pairs, table, text } from "./description.js";
import { backingOf, portText, slicesByService } from "./service-backing.js";

export function serviceFields(service: Service, simulation: Simulation): Field[] {
  const { spec = {}, metadata } = service;
  const slices = slicesByService(simulation.cluster).get(`${metadata.namespace}/${metadata.name}`) ?? [];
  const variables = serviceVariables(
    { metadata: { namespace: metadata.namespace }, spec: { containers: [] } } as unknown as Pod,
    [service],
  );
  const { ready, unready, portless } = backingOf(slices, service);
  return [
    ...text("Selector", pairs(spec.selector).join(",") || "<none>"),
    ...text("Type", spec.type ?? "ClusterIP"),
    ...text("IP", spec.type === "ExternalName" ? "<none>" : spec.clusterIP || ALLOCATED),
    ...text("External Name", spec.externalName),
    ...lines(
      "Ports",
      (spec.ports ?? []).map((port) => portText(port, true)),
    ),
    ...text("Session Affinity", spec.sessionAffinity),
    ...text(
      "Behind It",
      `${ready} ready${unready > 0 ? `, ${unready} not ready` : ""}${portless > 0 ? `, ${portless} without its ports` : ""}`,
    ),
    ...endpointTable(slices, simulation),
    ...table(
      "DNS",
      ["NAME", "TYPE", "VALUES"],
      serviceRecords(service, slices).map(({ name, type, values }) => [name, type, values.join(", ")]),
    ),
    ...lines(
      "Variables In Pods",
      variables.map(({ name, value }) => `${name}=${value}`),
    ),
  ];
}

const MOST_ENDPOINTS = 50;

function endpointTable(slices: readonly EndpointSlice[], { cluster }: Simulation): Field[] {
  const rows = slices.flatMap(({ endpoints, ports }) =>
    (endpoints ?? []).map(({ addresses, targetRef, nodeName, conditions }) => {
      const pod =
        targetRef?.kind === "Pod" ? cluster.objects.get("pods", targetRef.namespace, targetRef.name ?? "") : undefined;
      const target = pod === undefined ? (targetRef?.name ?? (addresses ?? []).join(", ")) : `Pod ${writtenName(pod)}`;
      const where =
        (ports ?? []).map(({ name, port, protocol }) => `${name ? `${name} ` : ""}${port}/${protocol}`).join(", ") ||
        "none of its ports";
      return [target, where, nodeName ?? "", conditions?.ready === false ? "no" : "yes"];
    }),
  );
  return table("Endpoints", ["TARGET", "PORTS", "NODE", "READY"], rows.slice(0, MOST_ENDPOINTS));
}

export function ingressFields({ metadata, spec }: Ingress, simulation: Simulation): Field[] {
  const { objects } = simulation.cluster;
  const slices = slicesByService(simulation.cluster);
  const { namespace = "" } = metadata;
  const backend = (
    to:
      | {
          service?: { name: string; port?: { name?: string; number?: number } };
          resource?: { kind: string; name: string };
        }
      | undefined,
  ): string => {
    if (to?.service === undefined) return to?.resource ? `${to.resource.kind} ${to.resource.name}` : "<none>";
    const { name, port } = to.service;
    const service = objects.get("services", namespace, name);
    if (service === undefined) return `${name}:${port?.name || port?.number || ""} (the Service is not there)`;
    const declared = service.spec?.ports?.some((each) =>
      port?.name ? each.name === port.name : each.port === port?.number,
    );
    if (!declared) return `${name}:${port?.name || port?.number} (the Service has no such port)`;
    return `${name}:${port?.name || port?.number} (${backingOf(slices.get(`${namespace}/${name}`) ?? [], service).ready} ready)`;
  };
  return [
    ...text("Ingress Class", spec?.ingressClassName || "<none>"),
    ...text("Default Backend", spec?.defaultBackend && backend(spec.defaultBackend)),
    ...lines(
      "TLS",
      (spec?.tls ?? []).map(
        ({ secretName, hosts }) =>
          `${secretName || "<no secret>"} terminates ${(hosts ?? []).join(", ") || "all hosts"}`,
      ),
    ),
    ...table(
      "Rules",
      ["HOST", "PATH", "BACKEND"],
      (spec?.rules ?? []).flatMap(({ host, http }) =>
        (http?.paths ?? []).map((each) => [
          host || "*",
          `${each.path || "/"} (${each.pathType})`,
          backend(each.backend),
        ]),
      ),
    ),
  ];
}

/** What a policy selects and allows, in words. */
export function networkPolicyFields({ metadata, spec }: NetworkPolicy, { cluster }: Simulation): Field[] {
  const selected = [...cluster.objects.list("pods", metadata.namespace)].filter(
    (pod) => matchSelector(spec.podSelector, pod.metadata.labels ?? {}) === "yes",
  );
  const directions: Field[] = (spec.policyTypes ?? ["Ingress"]).flatMap((type) => {
    const rules =
      type === "Ingress"
        ? (spec.ingress ?? []).map(({ from, ports }) => ({ peers: from, ports }))
        : (spec.egress ?? []).map(({ to, ports }) => ({ peers: to, ports }));
    const towards = type === "Ingress" ? "from" : "to";
    return lines(
      type,
      rules.length === 0
        ? [`nothing is allowed ${towards} anywhere`]
        : rules.map(({ peers, ports }) => `allowed ${towards} ${peersText(peers)} on ${portsText(ports)}`),
    );
  });
  return [
    ...text(
      "Pod Selector",
      isEmptySelector(spec.podSelector) ? "<all Pods of the namespace>" : describeSelector(spec.podSelector),
    ),
    ...text("Selects", `${selected.length} ${selected.length === 1 ? "Pod" : "Pods"} of the cluster`),
    ...group("Allows", directions),
  ];
}

const peersText = (peers: readonly NetworkPolicyPeer[] | undefined): string =>
  peers === undefined || peers.length === 0 ? "anywhere" : peers.map(peerText).join(", or ");

function peerText({ ipBlock, namespaceSelector, podSelector }: NetworkPolicyPeer): string {
  if (ipBlock) return `${ipBlock.cidr}${ipBlock.except?.length ? ` except ${ipBlock.except.join(", ")}` : ""}`;
  const pods =
    podSelector === undefined || isEmptySelector(podSelector)
      ? "all Pods"
      : `Pods with ${describeSelector(podSelector)}`;
  if (namespaceSelector === undefined) return `${pods} of this namespace`;
  return `${pods} of ${isEmptySelector(namespaceSelector) ? "all namespaces" : `namespaces with ${describeSelector(namespaceSelector)}`}`;
}

const portsText = (ports: readonly NetworkPolicyPort[] | undefined): string =>
  ports === undefined || ports.length === 0
    ? "all ports"
    : ports
        .map(
          ({ port, endPort, protocol = "TCP" }) =>
            `${port ?? "all ports of"}${endPort ? `-${endPort}` : ""}/${protocol}`,
        )
        .join(", ");
