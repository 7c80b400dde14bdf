import type { Service } from "kubernetes-types/core/v1.js";
import type { Cluster } from "../cluster.js";
import { isOpenNamespace } from "../namespaces.js";
import { servicePorts } from "../network/service-ports.js";
import type { Container, PodTemplate } from "../pods/pod-template.js";
import { toldTexts } from "../pods/told-texts.js";
import type { Resource } from "../resource.js";

/** A Service, with a port that it has, which a container is told in its environment or arguments. */
export interface ServiceCall {
  readonly container: Container;
  /** The path of the text that holds it. */
  readonly at: string;
  /** As written: `db:5432`, `db.shop.svc:5432`. */
  readonly address: string;
  readonly service: Resource<Service>;
  readonly port: number;
}

const ADDRESS =
  /(?<![A-Za-z0-9._${}<>%-])([a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.svc(?:\.cluster\.local)?)?)?\.?:(\d{1,5})(?![\w:.])/g;
/** Longer texts are programs, and say more than whom they call. */
const LENGTH_AT_MOST = 1000;

/** The Services of the input that a Pod's containers are told, each with its port, so that no other host can be meant. */
export function serviceCalls(cluster: Cluster, pod: PodTemplate): ServiceCall[] {
  const calls = new Map<string, ServiceCall>();
  for (const container of pod.containers)
    for (const { text, at } of toldTexts(container, ":", LENGTH_AT_MOST))
      for (const [address, name = "", namespace = pod.namespace, digits = ""] of text.matchAll(ADDRESS)) {
        const port = Number(digits);
        const service = cluster
          .allNamed("", "Service", namespace, name)
          .find((each) => each.is("Service") && each.namespace === namespace);
        if (!service || (namespace !== "" && isOpenNamespace(namespace))) continue;
        if (!servicePorts(service).some((each) => each.port === port)) continue;
        const call = { container, at, address, service: service as Resource<Service>, port };
        const key = `${container.path} ${namespace}/${name}:${port}`;
        if (!calls.has(key)) calls.set(key, call);
      }
  return [...calls.values()];
}

/** A call that no Pod of the Service will ever take. */
export interface RefusedCall {
  /** Whose policies refuse it. */
  readonly direction: "ingress" | "egress";
  readonly policy: Resource;
  readonly target: PodTemplate;
}
