import {
  controllerOf,
  type Destination,
  type Destinations,
  type Endpoint,
  ingressBackends,
  type PortRequest,
  podDestinations,
  type Reachability,
  type Resource,
  serviceDestinations,
} from "../cluster/index.js";
import { nearestName } from "../diagnostics/nearest-name.js";
import { UsageError } from "./options.js";

/** The kinds that can be an end, by what people call them. */
const KINDS: Readonly<Record<string, string>> = {
  cj: "CronJob",
  cronjob: "CronJob",
  daemonset: "DaemonSet",
  deploy: "Deployment",
  deployment: "Deployment",
  ds: "DaemonSet",
  ing: "Ingress",
  ingress: "Ingress",
  job: "Job",
  namespace: "Namespace",
  ns: "Namespace",
  pod: "Pod",
  po: "Pod",
  rc: "ReplicationController",
  replicaset: "ReplicaSet",
  replicationcontroller: "ReplicationController",
  rollout: "Rollout",
  rs: "ReplicaSet",
  service: "Service",
  statefulset: "StatefulSet",
  sts: "StatefulSet",
  svc: "Service",
};
const kindOf = (word: string): string | undefined =>
  Object.hasOwn(KINDS, word.toLowerCase())
    ? KINDS[word.toLowerCase()]
    : Object.hasOwn(KINDS, word.toLowerCase().replace(/e?s$/, ""))
      ? KINDS[word.toLowerCase().replace(/e?s$/, "")]
      : undefined;

/** What one end of the question means. */
export type End =
  | { readonly kind: "outside"; readonly endpoint: Endpoint; readonly name: string }
  | { readonly kind: "object"; readonly resource: Resource; readonly name: string }
  | { readonly kind: "namespace"; readonly namespace: string; readonly name: string };

const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]*)(\/\d+)?$/;

/** Whether a word of the command line can only be an end, not a path. */
export function looksLikeEnd(text: string): boolean {
  if (text === "internet" || text === "node" || ADDRESS.test(text)) return true;
  const parts = text.split("/");
  return parts.length === 2
    ? kindOf(parts[0]!) !== undefined && !/\.(ya?ml|json)$/.test(text)
    : parts.length === 3 && kindOf(parts[1]!) !== undefined && !/^\.{0,2}$/.test(parts[0]!);
}

/** Finds what an end names. Throws `UsageError` where the input has no such thing. */
export function findEnd(reachability: Reachability, text: string, namespace: string | undefined): End {
  if (text === "node") return { kind: "outside", endpoint: reachability.node(), name: text };
  if (text === "internet" || ADDRESS.test(text)) {
    const endpoint = reachability.addresses(text);
    if (!endpoint) throw new UsageError(`"${text}" is no IP address or CIDR, such as 203.0.113.5 or 10.0.0.0/8`);
    return { kind: "outside", endpoint, name: text };
  }
  const parts = text.split("/");
  const name = parts.pop()!;
  const kindWord = parts.pop() ?? "";
  const kind = kindOf(kindWord);
  if (kind === undefined || parts.length > 1)
    throw new UsageError(
      `"${text}" names nothing that traffic comes from or goes to; write KIND/NAME, NAMESPACE/KIND/NAME, an IP address, a CIDR or internet`,
    );
  const { cluster } = reachability;
  if (kind === "Namespace") {
    const names = new Set(cluster.podTemplates.map(({ owner }) => reachability.namespaceOf(owner)));
    if (!names.has(name)) throw missing(`The input has no Pods in namespace "${name}"`, name, names);
    return { kind: "namespace", namespace: name, name: text };
  }
  const ofKind = cluster.resources.filter((resource) => resource.kind === kind && isEnd(reachability, resource));
  const found = ofKind.filter((resource) => resource.name === name);
  const wanted = parts[0] ?? namespace;
  const here = wanted === undefined ? found : found.filter((each) => reachability.namespaceOf(each) === wanted);
  const pathOf = (resource: Resource): string => `${reachability.namespaceOf(resource)}/${kind}/${resource.name}`;
  if (here.length === 1) return { kind: "object", resource: here[0]!, name: text };
  if (here.length > 1)
    throw new UsageError(
      `${kind} "${name}" is in several namespaces; say which: ${here.slice(0, 8).map(pathOf).join(", ")}`,
    );
  const places = wanted === undefined ? "" : ` in namespace "${wanted}"`;
  if (found.length > 0)
    throw new UsageError(`${kind} "${name}" is not${places}; it is ${found.slice(0, 8).map(pathOf).join(", ")}`);
  throw missing(
    `The input has no ${kind} "${name}"${places}`,
    name,
    ofKind.map((each) => each.name),
    cluster.podTemplates.map(({ owner }) => owner).find((owner) => owner.name === name),
  );
}

const isEnd = (reachability: Reachability, resource: Resource): boolean =>
  resource.is("Service") || resource.is("Ingress") || reachability.cluster.podTemplateOf(resource) !== undefined;

function missing(what: string, name: string, names: Iterable<string>, other?: Resource): UsageError {
  const all = [...new Set(names)].sort();
  const near = nearestName(name, all);
  const help =
    near !== undefined
      ? `did you mean "${near}"?`
      : other
        ? `it has ${other.ref}`
        : `it has ${all.slice(0, 8).join(", ") || "none"}${all.length > 8 ? ` and ${all.length - 8} more` : ""}`;
  return new UsageError(`${what}; ${help}`);
}

/** The endpoints that send what an end sends. */
export function sourcesOf(reachability: Reachability, end: End): readonly Endpoint[] {
  if (end.kind === "outside") return [end.endpoint];
  if (end.kind === "namespace") return podsIn(reachability, end.namespace);
  const { resource } = end;
  const pod = reachability.cluster.podTemplateOf(resource);
  if (pod) return [reachability.podEndpoint(pod)];
  if (resource.is("Ingress")) return controllerOf(reachability, resource);
  if (resource.is("Service")) {
    const { destinations } = serviceDestinations(reachability, resource, { port: undefined, protocol: undefined });
    const endpoints = new Set(destinations.map(({ endpoint }) => endpoint));
    if (endpoints.size > 0) return [...endpoints];
  }
  throw new UsageError(`${resource.ref} has no Pods in the input that could send anything`);
}

const podsIn = (reachability: Reachability, namespace: string): Endpoint[] =>
  reachability.cluster.podTemplates
    .filter(({ owner }) => owner.kind !== "PodTemplate" && reachability.namespaceOf(owner) === namespace)
    .map((pod) => reachability.podEndpoint(pod));

/** Where traffic ends up that is sent to an end. */
export function destinationsOf(reachability: Reachability, end: End, request: PortRequest): Destinations {
  if (end.kind === "outside") {
    if (typeof request.port === "string")
      throw new UsageError(`--port "${request.port}" is a name, which ${end.name} has none of; give the number`);
    return {
      destinations: [{ endpoint: end.endpoint, port: { protocol: request.protocol ?? "TCP", number: request.port } }],
      remarks: [],
      uncertain: false,
    };
  }
  if (end.kind === "namespace") {
    const all = podsIn(reachability, end.namespace).map((endpoint) => ofPods(reachability, endpoint, request));
    return {
      destinations: all.flatMap(({ destinations }) => destinations),
      remarks: all.flatMap(({ remarks }) => remarks),
      uncertain: false,
    };
  }
  const { resource } = end;
  const pod = reachability.cluster.podTemplateOf(resource);
  if (pod) return podDestinations(reachability, reachability.podEndpoint(pod), request);
  if (resource.is("Service")) return serviceDestinations(reachability, resource, request);
  if (!resource.is("Ingress")) return { destinations: [], remarks: [], uncertain: true };
  const destinations = controllerOf(reachability, resource).flatMap((endpoint): Destination[] =>
    endpoint.kind === "pods"
      ? [...ofPods(reachability, endpoint, request).destinations]
      : [{ endpoint, port: { protocol: "TCP", number: typeof request.port === "number" ? request.port : 443 } }],
  );
  return { destinations, remarks: [], uncertain: false };
}

const ofPods = (reachability: Reachability, endpoint: Endpoint, request: PortRequest): Destinations =>
  endpoint.kind === "pods"
    ? podDestinations(reachability, endpoint, request)
    : { destinations: [], remarks: [], uncertain: false };

/** Of an Ingress as the target: who sends requests on, and where to. */
export function onwardOf(
  reachability: Reachability,
  end: End,
): { readonly sources: readonly Endpoint[]; readonly onward: Destinations } | undefined {
  if (end.kind !== "object" || !end.resource.is("Ingress")) return undefined;
  return {
    sources: controllerOf(reachability, end.resource),
    onward: ingressBackends(reachability, end.resource),
  };
}
