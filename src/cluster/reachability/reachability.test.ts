import { dedent } from "../../../test/rule-tester.js";
import { decodeManifest } from "../../engine/decode-manifest.js";
import { readText } from "../../input/index.js";
import { collectCustomTypes, loadTypes } from "../../schema/index.js";
import { Cluster, Resource } from "../index.js";
import type { ReachAnswer } from "./answers.js";
import { podDestinations, serviceDestinations } from "./destinations.js";
import type { Endpoint } from "./endpoints.js";
import { explain } from "./explain.js";
import { Reachability } from "./reachability.js";

const types = loadTypes(34, collectCustomTypes([]));

function reachabilityFrom(text: string): Reachability {
  const resources = readText("shop.yaml", dedent(text)).manifests.map((manifest) => {
    decodeManifest(types, manifest);
    return new Resource(manifest.value, manifest, undefined);
  });
  return new Reachability(new Cluster(resources, { types, externals: [] }));
}

/** `ns/name` of a Pod, an address, `internet`, or `hidden`. */
function endpointOf(reachability: Reachability, text: string): Endpoint {
  if (text === "node") return reachability.node();
  if (text === "hidden") return reachability.hiddenPods("the controller");
  const [namespace, name] = text.split("/");
  const pod = reachability.cluster.podTemplates.find(
    ({ owner }) => owner.name === name && reachability.namespaceOf(owner) === namespace,
  );
  return pod ? reachability.podEndpoint(pod) : reachability.addresses(text)!;
}

const ask = (
  reachability: Reachability,
  from: string,
  to: string,
  port: number | undefined,
  protocol = "TCP",
): ReachAnswer =>
  reachability.reach(endpointOf(reachability, from), endpointOf(reachability, to), { protocol, number: port });

const pod = (path: string, labels: string, more = ""): string => {
  const [namespace, name] = path.split("/");
  return `
---
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: ${namespace}, labels: {${labels}}}
spec: {${more}containers: [{name: app, image: "app:1", ports: [{name: http, containerPort: 8080}, {name: dns, containerPort: 53, protocol: UDP}]}]}`;
};
const PODS = [
  "\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {team: shop}}",
  "\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: ops, labels: {team: ops}}",
  pod("shop/web", "app: web"),
  pod("shop/api", "app: api, tier: back"),
  pod("shop/db", "app: db, tier: back"),
  pod("ops/probe", "app: probe"),
  pod("ops/web", "app: web"),
  pod("far/web", "app: web"),
  pod("shop/agent", "app: agent", "hostNetwork: true, "),
].join("");

const policy = (spec: string, path = "shop/p"): string => {
  const [namespace, name] = path.split("/");
  return `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: ${namespace}}
spec: ${spec}`;
};
const admin = (name: string, spec: string, kind = "AdminNetworkPolicy"): string => `
---
apiVersion: policy.networking.k8s.io/v1alpha1
kind: ${kind}
metadata: {name: ${name}}
spec: ${spec}`;

const DENY_ALL = policy("{podSelector: {}, policyTypes: [Ingress, Egress]}");
const EVERYBODY = "{namespaces: {}}";

/** About, policies, and lines `from > to port verdict`. */
const CASES: readonly [string, string, string][] = [
  [
    "no policy",
    "",
    "shop/web > shop/api 8080 allowed; internet > shop/api 8080 allowed; shop/web > internet 443 allowed",
  ],
  [
    "everything into the namespace is denied",
    policy("{podSelector: {}, policyTypes: [Ingress]}"),
    "shop/web > shop/api 8080 denied; ops/web > shop/web 8080 denied; shop/web > ops/probe 8080 allowed; internet > shop/db 1 denied; shop/web > shop/web 1 allowed; node > shop/web 1 allowed",
  ],
  [
    "everything is denied both ways",
    DENY_ALL,
    "shop/web > ops/probe 8080 denied; shop/web > internet 443 denied; ops/probe > ops/web 1 allowed",
  ],
  [
    "an empty rule allows all",
    DENY_ALL + policy("{podSelector: {}, ingress: [{}], egress: [{}]}", "shop/q"),
    "shop/web > shop/api 1 allowed; internet > shop/api 1 allowed; shop/api > internet 1 allowed",
  ],
  [
    "an empty list of rules allows nothing",
    policy("{podSelector: {}, ingress: []}"),
    "shop/web > shop/api 8080 denied",
  ],
  [
    "types default to ingress, and egress where it has rules",
    policy("{podSelector: {}, egress: [{to: [{podSelector: {}}]}]}"),
    "shop/web > shop/api 1 denied; shop/web > ops/web 1 denied; ops/web > shop/web 1 denied",
  ],
  ["without egress rules, egress is free", policy("{podSelector: {}, egress: []}"), "shop/web > ops/web 1 allowed"],
  [
    "types that are given leave rules of others alone",
    policy("{podSelector: {}, policyTypes: [Egress], ingress: [{from: [{podSelector: {matchLabels: {app: none}}}]}]}"),
    "ops/web > shop/web 1 allowed; shop/web > ops/web 1 denied",
  ],
  [
    "Pods of the namespace by label",
    policy(
      "{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: api}}}], ports: [{port: 8080}]}]}",
    ),
    "shop/api > shop/db 8080 allowed; shop/api > shop/db 8081 denied; shop/web > shop/db 8080 denied; shop/web > shop/api 8080 allowed",
  ],
  [
    "both selectors in one peer: both have to match",
    policy(
      "{podSelector: {matchLabels: {app: api}}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: ops}}, podSelector: {matchLabels: {app: web}}}]}]}",
    ),
    "ops/web > shop/api 1 allowed; ops/probe > shop/api 1 denied; shop/web > shop/api 1 denied; far/web > shop/api 1 unknown",
  ],
  [
    "two peers: one has to match",
    policy(
      "{podSelector: {matchLabels: {app: api}}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: ops}}}, {podSelector: {matchLabels: {app: web}}}]}]}",
    ),
    "ops/web > shop/api 1 allowed; ops/probe > shop/api 1 allowed; shop/web > shop/api 1 allowed; shop/db > shop/api 1 denied",
  ],
  [
    "every namespace has its name as a label",
    policy(
      "{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: far}}}]}]}",
    ),
    "far/web > shop/api 1 allowed; ops/web > shop/api 1 denied",
  ],
  [
    "an empty namespaceSelector is every namespace, but nobody outside",
    policy("{podSelector: {}, ingress: [{from: [{namespaceSelector: {}}]}]}"),
    "far/web > shop/api 1 allowed; internet > shop/api 1 denied; hidden > shop/api 1 allowed",
  ],
  [
    "an empty podSelector is the own namespace",
    policy("{podSelector: {}, ingress: [{from: [{podSelector: {}}]}]}"),
    "shop/web > shop/api 1 allowed; ops/web > shop/api 1 denied; hidden > shop/api 1 unknown",
  ],
  [
    "blocks and their exceptions",
    policy("{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 203.0.113.0/24, except: [203.0.113.128/25]}}]}]}"),
    "203.0.113.5 > shop/api 1 allowed; 203.0.113.200 > shop/api 1 denied; 203.0.113.0/24 > shop/api 1 unknown; internet > shop/api 1 unknown; shop/web > shop/api 1 denied; 2001:db8::1 > shop/api 1 denied",
  ],
  [
    "the internet without private ranges",
    policy(
      "{podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16]}}]}]}",
    ),
    "shop/web > internet 443 allowed; shop/web > shop/api 8080 denied; shop/web > 10.1.2.3 1 denied",
  ],
  [
    "a block of private addresses may hold Pods",
    policy("{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}"),
    "shop/web > shop/api 1 unknown; 10.3.2.1 > shop/api 1 allowed",
  ],
  [
    "ports by name, range and protocol",
    policy("{podSelector: {}, ingress: [{ports: [{port: http}, {port: 9000, endPort: 9010}, {protocol: UDP}]}]}"),
    "shop/web > shop/api 8080 allowed; shop/web > shop/api 8081 denied; shop/web > shop/api 9000 allowed; shop/web > shop/api 9010 allowed; shop/web > shop/api 9011 denied; shop/web > shop/api 7/UDP allowed; shop/web > shop/api 7/SCTP denied",
  ],
  [
    "a name of another protocol",
    policy("{podSelector: {}, ingress: [{ports: [{port: dns}]}]}"),
    "shop/web > shop/api 53 denied; shop/web > shop/api 53/UDP denied",
  ],
  [
    "names in egress are looked up at the target",
    policy("{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{ports: [{port: http}]}]}"),
    "shop/web > ops/probe 8080 allowed; shop/web > internet 8080 denied",
  ],
  [
    "policies add up",
    policy(
      "{podSelector: {matchLabels: {tier: back}}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]}",
    ) +
      policy(
        "{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: api}}}]}]}",
        "shop/q",
      ),
    "shop/web > shop/db 1 allowed; shop/api > shop/db 1 allowed; shop/api > shop/api 1 allowed; shop/db > shop/api 1 denied",
  ],
  [
    "expressions",
    policy(
      "{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [web]}]}, ingress: [{from: [{podSelector: {matchExpressions: [{key: tier, operator: DoesNotExist}]}}]}]}",
    ),
    "shop/web > shop/api 1 allowed; shop/db > shop/api 1 denied; shop/db > shop/web 1 allowed",
  ],
  [
    "Pods on the network of their node",
    DENY_ALL,
    "shop/agent > ops/web 1 unknown; ops/web > shop/agent 1 unknown; shop/agent > shop/web 1 unknown",
  ],
  [
    "admin policies come first, baseline last",
    admin("late", `{priority: 20, subject: ${EVERYBODY}, ingress: [{action: Deny, from: [${EVERYBODY}]}]}`) +
      admin(
        "early",
        "{priority: 5, subject: {namespaces: {matchLabels: {team: shop}}}, ingress: [{action: Allow, from: [{pods: {namespaceSelector: {}, podSelector: {matchLabels: {app: probe}}}}], ports: [{portNumber: {protocol: TCP, port: 8080}}]}, {action: Pass, from: [{namespaces: {matchLabels: {team: shop}}}]}]}",
      ) +
      admin(
        "default",
        `{subject: ${EVERYBODY}, ingress: [{action: Deny, from: [${EVERYBODY}]}]}`,
        "BaselineAdminNetworkPolicy",
      ) +
      policy("{podSelector: {matchLabels: {app: api}}, ingress: [{from: [{podSelector: {}}]}]}"),
    "ops/probe > shop/db 8080 allowed; ops/probe > shop/db 8081 denied; shop/web > shop/api 1 allowed; shop/web > shop/db 1 denied; shop/web > ops/web 1 denied; internet > shop/db 1 allowed",
  ],
  [
    "admin policies of one priority that disagree",
    admin("a", `{priority: 5, subject: ${EVERYBODY}, ingress: [{action: Allow, from: [${EVERYBODY}]}]}`) +
      admin("b", `{priority: 5, subject: ${EVERYBODY}, ingress: [{action: Deny, from: [${EVERYBODY}]}]}`),
    "shop/web > shop/api 1 unknown",
  ],
  [
    "networks and domains of admin policies",
    admin(
      "a",
      `{priority: 5, subject: ${EVERYBODY}, egress: [{action: Allow, to: [{domainNames: ["*.example.com"]}]}, {action: Deny, to: [{networks: [0.0.0.0/0]}]}]}`,
    ),
    "shop/web > shop/api 1 denied; shop/web > internet 443 unknown",
  ],
];

test.each(CASES)("%s", (_, policies, expected) => {
  const reachability = reachabilityFrom(PODS + policies);
  const actual = expected.split("; ").map((line) => {
    const [from, , to, port] = line.split(" ");
    const [number, protocol] = port!.split("/");
    const answer = ask(reachability, from!, to!, Number(number), protocol);
    expect(explain(answer).every(({ text }) => text.length > 0)).toBe(true);
    return `${from} > ${to} ${port} ${answer.verdict}`;
  });
  expect(actual).toEqual(expected.split("; "));
});

test("a decision names the policies", () => {
  const reachability = reachabilityFrom(
    PODS +
      policy(
        "{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: api}}}], ports: [{port: 8080}]}]}",
      ),
  );
  const said = (from: string, port: number) =>
    explain(ask(reachability, from, "shop/db", port)).map(({ text }) => text);
  expect(said("shop/api", 8080)).toEqual([
    'No policy selects Pod "shop/api" for egress, so everything may leave',
    'NetworkPolicy "shop/p" spec.ingress[0] allows it from Pod "shop/api"',
  ]);
  expect(said("shop/api", 9090)[1]).toBe(
    'NetworkPolicy "shop/p" selects Pod "shop/db" for ingress, and no rule allows it from Pod "shop/api"',
  );
  expect(said("shop/api", 9090)[2]).toBe(
    'NetworkPolicy "shop/p" spec.ingress[0] allows from Pod "shop/api" only TCP 8080',
  );
});

test("a Service leads to the ports of its Pods", () => {
  const reachability = reachabilityFrom(`${PODS}
---
apiVersion: v1
kind: Service
metadata: {name: back, namespace: shop}
spec: {selector: {tier: back}, ports: [{name: web, port: 80, targetPort: http}, {name: raw, port: 90}]}`);
  const service = reachability.cluster.ofKind("Service")[0]!;
  const ports = (port: number | string | undefined) =>
    serviceDestinations(reachability, service, { port, protocol: undefined }).destinations.map(
      (each) => `${(each.endpoint as { pod?: { ref: string } }).pod?.ref} ${each.port.number}`,
    );
  expect(ports(80)).toEqual(['Pod "api" 8080', 'Pod "db" 8080']);
  expect(ports("raw")).toEqual(['Pod "api" 90', 'Pod "db" 90']);
  expect(ports(81)).toEqual([]);
  const api = endpointOf(reachability, "shop/api");
  if (api.kind !== "pods") throw new Error("a Pod");
  expect(podDestinations(reachability, api, { port: "http", protocol: undefined }).destinations).toHaveLength(1);
});
