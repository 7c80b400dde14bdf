import type { LabelSelector } from "kubernetes-types/meta/v1.js";
import { isOpenNamespace } from "../namespaces.js";
import { declaredPorts, isOpenPort, protocolOf } from "../network/service-ports.js";
import type { PodTemplate } from "../pods/pod-template.js";
import { matchGenerated, splitGenerated } from "../selection/generated-labels.js";
import { hasPlaceholder, isEmptySelector, matchSelector } from "../selection/selectors.js";
import { covers, coversPods } from "./address-spans.js";
import type { Doubt } from "./answers.js";
import type { AddressEndpoint, Endpoint, HiddenEndpoint, PodEndpoint, TrafficPort } from "./endpoints.js";
import type { NamespaceLabels } from "./namespace-labels.js";
import type { PeerTest, PolicyPort } from "./policies.js";

/** Whether something matches, or why that cannot be told. */
export type Answer = "yes" | "no" | Doubt;

/** Whether the Pods of a template have the labels. */
function matchPodLabels(selector: LabelSelector, pod: PodTemplate): Answer {
  const { written, generated } = splitGenerated(selector);
  const match = matchSelector(written, pod.labels);
  if (match === "no") return "no";
  const added = generated ? matchGenerated(generated, pod) : "yes";
  if (added === "no") return "no";
  return match === "unknown" ? "placeholder" : added === "unknown" ? "generated label" : "yes";
}

/** Both have to match; a doubt is kept only where nothing is certain. */
function and(a: Answer, b: () => Answer): Answer {
  if (a === "no") return "no";
  const second = b();
  return second === "no" || a === "yes" ? second : a;
}

/** Whether an endpoint is among a rule's peers, or the subject of a policy. */
export function matchPeer(test: PeerTest, endpoint: Endpoint, namespaces: NamespaceLabels): Answer {
  switch (endpoint.kind) {
    case "pods":
      return matchPods(test, endpoint, namespaces);
    case "hidden":
      return matchHidden(test, endpoint, namespaces);
    case "addresses":
      return matchAddresses(test, endpoint);
    case "node":
      return test.by === "labels" ? "no" : "node address";
  }
}

function matchPods(test: PeerTest, endpoint: PodEndpoint, namespaces: NamespaceLabels): Answer {
  const { pod, namespace, hostNetwork } = endpoint;
  if (test.by === "labels") {
    if (hostNetwork && !test.withHostNetwork) return "no";
    const { podSelector } = test;
    return and(matchNamespace(test, namespace, namespaces), () =>
      podSelector ? matchPodLabels(podSelector, pod) : "yes",
    );
  }
  if (test.by === "addresses") {
    if (hostNetwork) return "node address";
    const match = coversPods(test.spans);
    return match === "unknown" ? "Pod address" : match;
  }
  if (test.by === "nodes") return hostNetwork ? "node address" : "no";
  return test.by === "domains" ? "no" : "placeholder";
}

function matchNamespace(
  { namespace: own, namespaceSelector }: PeerTest & { readonly by: "labels" },
  namespace: string,
  namespaces: NamespaceLabels,
): Answer {
  if (own !== undefined) {
    if (own === namespace) return "yes";
    return isOpenNamespace(own) || isOpenNamespace(namespace) ? "placeholder" : "no";
  }
  if (!namespaceSelector || isEmptySelector(namespaceSelector)) return "yes";
  if (isOpenNamespace(namespace)) return "placeholder";
  const { labels, complete } = namespaces.of(namespace);
  if (complete) return definite(matchSelector(namespaceSelector, labels), "placeholder");
  return matchSome(namespaceSelector, labels, "namespace labels");
}

const definite = (match: "yes" | "no" | "unknown", doubt: Doubt): Answer => (match === "unknown" ? doubt : match);

/** Where only some labels are known: requirements about others cannot be judged. */
function matchSome(selector: LabelSelector, known: Readonly<Record<string, string>>, doubt: Doubt): Answer {
  const isKnown = (key: string): boolean => Object.hasOwn(known, key);
  const match = matchSelector(
    {
      matchLabels: Object.fromEntries(Object.entries(selector.matchLabels ?? {}).filter(([key]) => isKnown(key))),
      matchExpressions: (selector.matchExpressions ?? []).filter(({ key }) => isKnown(key)),
    },
    known,
  );
  if (match !== "yes") return definite(match, "placeholder");
  const keys = [...Object.keys(selector.matchLabels ?? {}), ...(selector.matchExpressions ?? []).map(({ key }) => key)];
  return keys.every(isKnown) ? "yes" : hasPlaceholder(selector) ? "placeholder" : doubt;
}

function matchHidden(test: PeerTest, { namespace, labels }: HiddenEndpoint, namespaces: NamespaceLabels): Answer {
  if (test.by === "labels") {
    const inNamespace =
      namespace !== undefined
        ? matchNamespace(test, namespace, namespaces)
        : test.namespace === undefined && isEmptySelector(test.namespaceSelector ?? {})
          ? "yes"
          : "hidden Pods";
    return and(inNamespace, () => (test.podSelector ? matchSome(test.podSelector, labels, "hidden Pods") : "yes"));
  }
  if (test.by === "addresses") {
    const match = coversPods(test.spans);
    return match === "unknown" ? "Pod address" : match;
  }
  return test.by === "domains" ? "no" : test.by === "nodes" ? "hidden Pods" : "placeholder";
}

function matchAddresses(test: PeerTest, { name, spans }: AddressEndpoint): Answer {
  switch (test.by) {
    case "labels":
      return "no";
    case "addresses":
      if (!spans) return covers(test.spans, EVERYWHERE) === "yes" ? "yes" : "domain name";
      return definite(covers(test.spans, spans), "some addresses");
    case "nodes":
      return "node address";
    case "domains":
      return test.names.some((domain) => matchesDomain(domain, name)) ? "yes" : spans ? "domain name" : "no";
    case "nothing known":
      return "placeholder";
  }
}

const EVERYWHERE = [{ family: 4, first: 0n, last: 0xffffffffn }] as const;

/** `*.example.com` stands for every name below. */
const matchesDomain = (domain: string, name: string): boolean =>
  domain.startsWith("*.") ? name.endsWith(domain.slice(1)) : domain === name;

/** Whether one entry of `ports` holds a port of the target, on whose Pods names are looked up. */
export function matchPort({ protocol, range }: PolicyPort, port: TrafficPort, to: Endpoint): Answer {
  if (range === "unknown") return "placeholder";
  if (protocol !== undefined && protocol !== port.protocol) return "no";
  if (range === "all") return "yes";
  if (port.number === undefined) return "no";
  if ("first" in range) return port.number >= range.first && port.number <= range.last ? "yes" : "no";
  if (to.kind === "hidden") return "named port";
  if (to.kind !== "pods") return "no";
  let open = false;
  for (const declared of declaredPorts(to.pod)) {
    if (declared.port.name !== range.name || protocolOf(declared.port) !== port.protocol) open ||= isOpenPort(declared);
    else if (declared.port.containerPort === port.number) return "yes";
    else open ||= isOpenPort(declared);
  }
  return open ? "named port" : "no";
}
