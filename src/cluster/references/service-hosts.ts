import type { Cluster, Lookup } from "../cluster.js";
import type { Container, PodTemplate } from "../pods/pod-template.js";
import { toldTexts } from "../pods/told-texts.js";

/** A DNS name of a Service that a container is told. */
export interface ServiceHost {
  readonly container: Container;
  /** The path of the text that holds it. */
  readonly at: string;
  /** As written: `db.shop.svc.cluster.local`. */
  readonly host: string;
  readonly service: string;
  readonly namespace: string;
  readonly port: number | undefined;
  readonly lookup: Lookup;
  /** Whether the input has Services of that namespace, so that one which is not there is worth a word. */
  readonly isShown: boolean;
}

/** https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#services; one more label before it is a Pod's. */
const HOST =
  /(?<![A-Za-z0-9._${}<>@%-])((?:[a-z0-9-]+\.)?([a-z](?:[a-z0-9-]*[a-z0-9])?)\.([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)\.svc(?:\.cluster\.local)?)\.?(?::(\d{1,5})(?!\d))?(?![A-Za-z0-9_-])/g;
/** Longer texts are programs, and say more than which hosts they call. */
const LENGTH_AT_MOST = 4000;

/**
 * The names of the form `service.namespace.svc` in the environment and the arguments of a Pod's containers. Names without
 * `svc` are left alone: they could be anybody's.
 */
export function serviceHosts(cluster: Cluster, pod: PodTemplate): ServiceHost[] {
  return pod.containers.flatMap((container) =>
    toldTexts(container, ".svc", LENGTH_AT_MOST).flatMap(({ text, at }) => hostsIn(cluster, container, text, at)),
  );
}

function hostsIn(cluster: Cluster, container: Container, text: string, at: string): ServiceHost[] {
  return [...text.matchAll(HOST)].map(([, host = "", service = "", namespace = "", port]) => ({
    container,
    at,
    host,
    service,
    namespace,
    port: port === undefined ? undefined : Number(port),
    isShown: namespacesWithServices(cluster).has(namespace),
    lookup: cluster.lookup("", "Service", namespace, service),
  }));
}

const shown = new WeakMap<Cluster, ReadonlySet<string>>();

function namespacesWithServices(cluster: Cluster): ReadonlySet<string> {
  const known = shown.get(cluster) ?? new Set(cluster.ofGroupKind("", "Service").map(({ namespace }) => namespace));
  shown.set(cluster, known);
  return known;
}
