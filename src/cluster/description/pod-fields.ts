import { qosClassOf } from "../../apis/core/pod-qos.js";
import type { Container, Pod, PodSpec, Probe, SecurityContext, Volume } from "../../apis/types/core.v1.generated.js";
import { serviceVariables } from "../dns/service-environment.js";
import { CLUSTER_DOMAIN } from "../dns/service-records.js";
import { writtenName } from "../outcome/like-entries.js";
import { explainPlacement } from "../scheduling/placements.js";
import { podRequests } from "../scheduling/pod-requests.js";
import type { Simulation } from "../simulation/simulate.js";
import { type Field, group, lines, pairs, table, text } from "./description.js";
import { type PodLike, variablesOf } from "./environment.js";

/** What a Pod is besides its metadata. */
export function podFields(pod: Pod, simulation: Simulation): Field[] {
  const { spec, status, metadata } = pod;
  const { objects } = simulation.cluster;
  const { namespace = "default" } = metadata;
  const answers = explainPlacement(pod, simulation.cluster);
  const service = spec.subdomain ? objects.get("services", namespace, spec.subdomain) : undefined;
  const variables = serviceVariables(pod, objects.list("services"));
  return [
    ...text("Node", spec.nodeName || "<none>"),
    ...text("Status", status.phase ?? "Pending"),
    ...conditionField(status.conditions),
    ...templateFields(pod, namespace, simulation),
    ...text(
      "Host Name",
      service && `${spec.hostname || metadata.name}.${spec.subdomain}.${namespace}.svc.${CLUSTER_DOMAIN}`,
    ),
    ...table(
      "Placement",
      ["NODE", "ANSWER"],
      answers
        .slice(0, MOST_NODES)
        .map(({ node, refusal }) => [node, refusal === undefined ? "takes it" : refusal.reasons.join("; ")]),
    ),
    ...lines(
      "Service Variables",
      variables.map(({ name, value }) => `${name}=${value}`),
    ),
  ];
}

const MOST_NODES = 50;

/** What a Pod or a template says of containers, volumes and placement, and what follows from it. */
export function templateFields(pod: PodLike, namespace: string, simulation: Simulation): Field[] {
  const { spec } = pod;
  const container = (each: Container) => ({
    label: each.name,
    fields: containerFields(each, pod, namespace, simulation),
  });
  return [
    ...text(
      "Priority",
      spec.priorityClassName ? `${spec.priority ?? 0} (${spec.priorityClassName})` : spec.priority || undefined,
    ),
    ...text("Service Account", spec.serviceAccountName || "default"),
    ...text("QoS Class", qosClassOf(spec)),
    ...text("Eviction", evictionText(spec)),
    ...lines(
      "Scheduling Gates",
      spec.schedulingGates?.map(({ name }) => name),
    ),
    ...group("Init Containers", (spec.initContainers ?? []).map(container)),
    ...group("Containers", (spec.containers ?? []).map(container)),
    ...table(
      "Volumes",
      ["NAME", "SOURCE"],
      (spec.volumes ?? []).map((volume) => [volume.name, volumeText(volume)]),
    ),
    ...lines("Node-Selectors", pairs(spec.nodeSelector)),
    ...lines(
      "Tolerations",
      spec.tolerations?.map(
        ({ key, operator, value, effect, tolerationSeconds: seconds }) =>
          `${key || "<any key>"}${operator === "Exists" ? " op=Exists" : `=${value ?? ""}`}${effect ? `:${effect}` : ""}${seconds === undefined ? "" : ` for ${seconds}s`}`,
      ),
    ),
    ...lines(
      "Topology Spread",
      spec.topologySpreadConstraints?.map(
        (each) => `${each.topologyKey}, at most ${each.maxSkew} apart, ${each.whenUnsatisfiable}`,
      ),
    ),
  ];
}

/**
 * In which order a node short of memory gets rid of it:
 * https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/#pod-selection-for-kubelet-eviction
 */
function evictionText(spec: PodSpec): string {
  const qos = qosClassOf(spec);
  if (qos === "Guaranteed") return "last, and only where nodes need memory for themselves";
  if (qos === "BestEffort") return "first, as anything it uses is above its requests";
  return (podRequests(spec).memory ?? 0) > 0
    ? "before others once it uses more memory than it requests"
    : "first, as it requests no memory";
}

function containerFields(container: Container, pod: PodLike, namespace: string, { cluster }: Simulation): Field[] {
  const { requests, limits } = container.resources ?? {};
  return [
    ...text("Image", container.image),
    ...lines("Command", container.command),
    ...lines("Args", container.args),
    ...text(
      "Ports",
      (container.ports ?? [])
        .map(
          ({ name, containerPort, protocol, hostPort }) =>
            `${name ? `${name} ` : ""}${containerPort}/${protocol}${hostPort ? ` on host port ${hostPort}` : ""}`,
        )
        .join(", "),
    ),
    ...text("Requests", pairs(requests).join(", ")),
    ...text("Limits", pairs(limits).join(", ")),
    ...probeText("Liveness", container.livenessProbe),
    ...probeText("Readiness", container.readinessProbe),
    ...probeText("Startup", container.startupProbe),
    ...text("Security", securityText(container.securityContext, pod.spec)),
    ...lines(
      "Environment",
      variablesOf(container, pod, namespace, cluster.objects).map(({ name, text: value }) => `${name}: ${value}`),
    ),
    ...lines(
      "Mounts",
      (container.volumeMounts ?? []).map(
        ({ mountPath, name, readOnly, subPath }) =>
          `${mountPath} from ${name}${subPath ? ` (path ${subPath})` : ""} (${readOnly ? "ro" : "rw"})`,
      ),
    ),
  ];
}

function probeText(label: string, probe: Probe | undefined): Field[] {
  if (probe === undefined) return [];
  const { httpGet, tcpSocket, grpc, exec } = probe;
  const what = httpGet
    ? `http-get ${(httpGet.scheme ?? "HTTP").toLowerCase()}://${httpGet.host ?? ""}:${httpGet.port}${httpGet.path ?? "/"}`
    : tcpSocket
      ? `tcp-socket :${tcpSocket.port}`
      : grpc
        ? `grpc :${grpc.port}`
        : `exec ${JSON.stringify(exec?.command ?? [])}`;
  const {
    initialDelaySeconds = 0,
    timeoutSeconds = 1,
    periodSeconds = 10,
    successThreshold = 1,
    failureThreshold = 3,
  } = probe;
  return text(
    label,
    `${what} delay=${initialDelaySeconds}s timeout=${timeoutSeconds}s period=${periodSeconds}s success=${successThreshold} failure=${failureThreshold}`,
  );
}

/** What holds for a container: its own settings, the Pod's where it has none, the defaults where neither has. */
function securityText(own: SecurityContext = {}, { securityContext: pods = {} }: PodSpec): string {
  const user = own.runAsUser ?? pods.runAsUser;
  const nonRoot = own.runAsNonRoot ?? pods.runAsNonRoot;
  const runs = own.runAsGroup ?? pods.runAsGroup;
  const { add = [], drop = [] } = own.capabilities ?? {};
  return [
    user === undefined ? "the image's user" : `user ${user}`,
    runs === undefined ? "" : `group ${runs}`,
    nonRoot ? "never root" : "",
    own.privileged ? "privileged" : "",
    own.privileged || own.allowPrivilegeEscalation !== false ? "may gain privileges" : "gains no privileges",
    own.readOnlyRootFilesystem ? "read-only root" : "writable root",
    add.length > 0 ? `adds ${add.join(", ")}` : "",
    drop.length > 0 ? `drops ${drop.join(", ")}` : "",
    `seccomp ${(own.seccompProfile ?? pods.seccompProfile)?.type ?? "not set"}`,
  ]
    .filter(Boolean)
    .join(", ");
}

function volumeText({ name: _, ...source }: Volume): string {
  const [kind, value] = Object.entries(source).find(([, each]) => each !== undefined && each !== null) ?? [
    "emptyDir",
    {},
  ];
  const named = value as {
    name?: string;
    secretName?: string;
    claimName?: string;
    path?: string;
    driver?: string;
    sources?: object[];
    medium?: string;
  };
  const name = named.name ?? named.secretName ?? named.claimName ?? named.path ?? named.driver ?? named.medium;
  const parts = named.sources
    ?.map((each) =>
      Object.entries(each)
        .map(([type, of]) => `${type} ${(of as { name?: string })?.name ?? ""}`.trim())
        .join(),
    )
    .join(", ");
  return `${kind}${name ? ` ${name}` : ""}${parts ? ` of ${parts}` : ""}`;
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

export const conditionField = (conditions: readonly Condition[] | undefined): Field[] =>
  table(
    "Conditions",
    ["TYPE", "STATUS", "REASON", "MESSAGE"],
    (conditions ?? []).map(({ type, status, reason = "", message = "" }) => [type, status, reason, message]),
  );

/** Pods with their state, those alike together. */
export function podTable(label: string, pods: readonly Pod[], shown = 20): Field[] {
  const rows = pods
    .slice(0, shown)
    .map((pod) => [
      writtenName(pod),
      pod.status.phase ?? "Pending",
      pod.spec.nodeName || "<none>",
      pod.spec.nodeName ? "" : (pod.status.conditions?.find(({ type }) => type === "PodScheduled")?.message ?? ""),
    ]);
  if (pods.length > shown) rows.push([`and ${pods.length - shown} more`, "", "", ""]);
  return table(label, ["NAME", "PHASE", "NODE", "WAITS"], rows);
}
