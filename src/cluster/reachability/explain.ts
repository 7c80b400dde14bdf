import type { Resource } from "../resource.js";
import type { Doubt, PolicyPlace, ReachAnswer, SideAnswer } from "./answers.js";
import type { Endpoint } from "./endpoints.js";
import type { PolicyPort } from "./policies.js";

/** A sentence, with the place in the input that it is about. */
export interface Explanation {
  readonly text: string;
  readonly resource?: Resource;
  readonly at?: string;
}

/** `Deployment "shop/api"`, `203.0.113.5`, `the ingress controller`. */
export function describeEndpoint(endpoint: Endpoint): string {
  switch (endpoint.kind) {
    case "pods": {
      const { kind, name } = endpoint.pod.owner;
      return name ? `${kind} "${endpoint.namespace}/${name}"` : `${kind} without a name in "${endpoint.namespace}"`;
    }
    case "hidden":
      return endpoint.name;
    case "addresses":
      return endpoint.name === "internet" ? "the internet" : endpoint.name;
    case "node":
      return "the node of the Pod";
  }
}

/** `NetworkPolicy "shop/api"`: where none is written, without a namespace. */
const nameOf = ({ kind, namespace, name }: Resource): string =>
  `${kind} "${namespace ? `${namespace}/${name}` : name}"`;

const DOUBTS: Readonly<Record<Doubt, (other: string, endpoint: Endpoint) => string>> = {
  "namespace labels": (other, endpoint) =>
    endpoint.kind === "pods"
      ? `Namespace "${endpoint.namespace}" is not in the input, and its labels decide`
      : `the labels of the namespace of ${other} are not known`,
  placeholder: () => "a placeholder decides",
  "hidden Pods": (other) => `no manifest shows the labels of ${other}`,
  "Pod address": () => "whether the block holds the address of the Pod is not known",
  "some addresses": (other) => `it holds some addresses of ${other} and not others`,
  "domain name": (other) => `the addresses of ${other} are not known`,
  "node address": () => "the addresses and labels of nodes are not known",
  "host network": () => "the Pod uses the network of its node",
  "generated label": () => "a controller makes the label that decides",
  "named port": () => "what port the name means is not known",
};

const many = (items: readonly string[]): string =>
  items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;

/** `TCP 8080`, `TCP 8000-8100`, `port "http"`. */
function describePolicyPort({ protocol, range }: PolicyPort): string {
  if (range === "all") return `every ${protocol} port`;
  if (range === "unknown") return "a port with a placeholder";
  const of = protocol ? `${protocol} ` : "";
  if ("name" in range) return `${of}"${range.name}"`;
  return `${of}${range.first}${range.last === range.first ? "" : `-${range.last}`}`;
}

const placed = (text: string, { policy, at }: PolicyPlace): Explanation => ({ text, resource: policy, at });

/** Why one end allows traffic or does not. Ends that no policy can be about say nothing. */
export function explainSide(side: SideAnswer, other: Endpoint): Explanation[] {
  const own = describeEndpoint(side.endpoint);
  const verb = side.direction === "egress" ? "leave" : "enter";
  const peer = `${side.direction === "egress" ? "to" : "from"} ${describeEndpoint(other)}`;
  const [first] = side.places;
  const near = side.near.map((rule) =>
    placed(
      `${nameOf(rule.policy)} ${rule.at} allows ${peer} only ${many([...new Set(rule.ports.map(describePolicyPort))])}`,
      rule,
    ),
  );
  const possible = side.possible.map((rule) =>
    placed(
      rule.at === "spec.podSelector" || rule.at === "spec.subject"
        ? `${nameOf(rule.policy)} may select ${own}: ${DOUBTS[rule.doubt](own, side.endpoint)}`
        : `${nameOf(rule.policy)} ${rule.at} may apply: ${DOUBTS[rule.doubt](describeEndpoint(other), other)}`,
      rule,
    ),
  );
  const isolating = side.places.map((place) =>
    placed(`${nameOf(place.policy)} selects ${own} for ${side.direction}`, place),
  );
  switch (side.reason) {
    case "no Pod":
      return [];
    case "same Pod":
      return [{ text: `${own} always reaches itself`, resource: ownerOf(side.endpoint) }];
    case "node":
      return [{ text: `${own} and the node that it runs on always reach each other` }];
    case "not isolated":
      return [
        {
          text: `No policy selects ${own} for ${side.direction}, so everything may ${verb}`,
          resource: ownerOf(side.endpoint),
        },
      ];
    case "rule":
      return [placed(`${nameOf(first!.policy)} ${first!.at} allows it ${peer}`, first!)];
    case "isolated":
      return [
        ...isolating.slice(0, -1),
        placed(`${isolating.at(-1)!.text}, and no rule allows it ${peer}`, side.places.at(-1)!),
        ...near,
      ];
    case "admin rule":
    case "baseline rule":
      return [
        placed(
          `${nameOf(first!.policy)} ${first!.at} ${side.verdict === "allowed" ? "allows" : "denies"} it ${peer}`,
          first!,
        ),
      ];
    case "host network":
      return [
        ...isolating,
        {
          text: `${describeEndpoint(isOnHost(side.endpoint) ? side.endpoint : other)} uses the network of its node, for which network plugins apply policies differently`,
          resource: ownerOf(isOnHost(side.endpoint) ? side.endpoint : other),
        },
      ];
    case "possible rules":
      return side.possible.length === 0
        ? side.places.map((place) =>
            placed(`${nameOf(place.policy)} ${place.at} decides otherwise at the same priority`, place),
          )
        : [...isolating, ...possible, ...near];
  }
}

const isOnHost = (endpoint: Endpoint): boolean => endpoint.kind === "pods" && endpoint.hostNetwork;

const ownerOf = (endpoint: Endpoint): Resource | undefined =>
  endpoint.kind === "pods" ? endpoint.pod.owner : undefined;

/** Why traffic is allowed or not: the source's end first. */
export const explain = (answer: ReachAnswer): Explanation[] => [
  ...explainSide(answer.egress, answer.to),
  ...explainSide(answer.ingress, answer.from),
];
