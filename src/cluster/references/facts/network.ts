import {
  anywhere,
  clusterWide,
  core,
  local,
  NODE,
  networking,
  type ReferenceFact,
  type Row,
  rows,
  SECRET,
  SERVICE,
  type SelectorFact,
  type SelectorRow,
  selectors,
  servicePort,
} from "./fact.js";

const FROM_API_GROUP = { groupFrom: "apiGroup", defaultGroup: "" } as const;
const TARGET: Partial<Row> = { when: { field: "kind", is: "Pod" } };

/** An annotation of ingress-nginx: https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/ */
const nginx = (annotation: string, to: typeof SECRET, verb: string, form?: "slashed"): Row =>
  local(`metadata.annotations[nginx.ingress.kubernetes.io/${annotation}]`, "", to, verb, { form });

/** Services, Ingresses and endpoints: https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ */
export const NETWORK_REFERENCES: readonly ReferenceFact[] = [
  ...rows(
    networking("Ingress"),
    local("spec.tls[*]", "secretName", SECRET, "serves TLS with", { needs: ["tls.crt", "tls.key"] }),
    clusterWide("spec", "ingressClassName", networking("IngressClass"), "is of"),
    // The port has a rule of its own, which knows the controllers' special words.
    ...["spec.defaultBackend", "spec.rules[*].http.paths[*].backend"].flatMap((backend): Row[] => [
      local(`${backend}.service`, "name", SERVICE, "routes to"),
      local(`${backend}.resource`, "name", FROM_API_GROUP, "routes to"),
    ]),
    nginx("auth-secret", SECRET, "asks for passwords of", "slashed"),
    nginx("auth-tls-secret", SECRET, "checks clients with", "slashed"),
    nginx("proxy-ssl-secret", SECRET, "connects with", "slashed"),
    nginx("default-backend", SERVICE, "falls back on"),
  ),
  ...rows(networking("IngressClass"), anywhere("spec.parameters", "name", FROM_API_GROUP, "takes its parameters from")),
  ...rows(
    { group: "discovery.k8s.io", kind: "EndpointSlice" },
    local("metadata.labels[kubernetes.io/service-name]", "", SERVICE, "holds endpoints of"),
    anywhere("endpoints[*].targetRef", "name", core("Pod"), "leads to", { ...TARGET, optional: true }),
    clusterWide("endpoints[*]", "nodeName", NODE, "leads to", { optional: true }),
  ),
  // Endpoints without a Service also serve as a lock.
  ...rows(
    core("Endpoints"),
    local("metadata", "name", SERVICE, "holds endpoints of", { optional: true }),
    anywhere("subsets[*].addresses[*].targetRef", "name", core("Pod"), "leads to", { ...TARGET, optional: true }),
  ),
  // https://doc.traefik.io/traefik/routing/providers/kubernetes-crd/
  ...["traefik.io", "traefik.containo.us"].flatMap((group) => [
    ...["IngressRoute", "IngressRouteTCP", "IngressRouteUDP"].flatMap((kind) =>
      rows(
        { group, kind },
        anywhere("spec.routes[*].services[*]", "name", SERVICE, "routes to", {
          member: servicePort("port"),
          // A TraefikService, and `name@provider`, are something else.
          when: { field: "kind", is: "Service", orAbsent: true },
        }),
        anywhere(
          "spec.routes[*].middlewares[*]",
          "name",
          { group, kind: kind === "IngressRouteTCP" ? "MiddlewareTCP" : "Middleware" },
          "passes through",
        ),
        local("spec.tls", "secretName", SECRET, "serves TLS with"),
      ),
    ),
    ...rows({ group, kind: "Middleware" }, local("spec.basicAuth", "secret", SECRET, "asks for passwords of")),
  ]),
];

const PEERS = ["spec.ingress[*].from[*]", "spec.egress[*].to[*]"].map(
  (at): SelectorRow => ({
    at,
    selector: "podSelector",
    form: "selector",
    to: "pods",
    namespace: { selector: "namespaceSelector" },
    verb: at.includes("from") ? "lets in" : "lets out to",
  }),
);

export const NETWORK_SELECTORS: readonly SelectorFact[] = [
  ...selectors(SERVICE, {
    at: "spec.selector",
    selector: "",
    form: "labels",
    to: "pods",
    namespace: "same",
    expected: true,
    verb: "sends traffic to",
  }),
  ...selectors(
    networking("NetworkPolicy"),
    {
      at: "spec.podSelector",
      selector: "",
      form: "selector",
      to: "pods",
      namespace: "same",
      expected: true,
      verb: "guards",
    },
    ...PEERS,
  ),
];
