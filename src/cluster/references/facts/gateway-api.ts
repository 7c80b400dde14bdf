import {
  anywhere,
  CONFIG_MAP,
  clusterWide,
  gateway,
  local,
  NAMESPACE,
  type ReferenceFact,
  type Row,
  rows,
  type SelectorFact,
  selectors,
  servicePort,
} from "./fact.js";

const by = (defaultGroup: string, defaultKind?: string) => ({ groupFrom: "group", defaultGroup, defaultKind }) as const;
const ROUTES = ["HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute", "UDPRoute"];
const backend = (at: string, verb: string): Row =>
  anywhere(at, "name", by("", "Service"), verb, { member: servicePort("port") });
const FILTERS = ["spec.rules[*].filters[*]", "spec.rules[*].backendRefs[*].filters[*]"];

/** https://gateway-api.sigs.k8s.io/reference/spec/ */
export const GATEWAY_REFERENCES: readonly ReferenceFact[] = [
  ...rows(gateway("GatewayClass"), anywhere("spec.parametersRef", "name", by(""), "takes its parameters from")),
  ...rows(
    gateway("Gateway"),
    clusterWide("spec", "gatewayClassName", gateway("GatewayClass"), "is of"),
    local("spec.infrastructure.parametersRef", "name", by(""), "takes its parameters from"),
    anywhere("spec.listeners[*].tls.certificateRefs[*]", "name", by("", "Secret"), "serves TLS with"),
    anywhere("spec.tls.frontend.default.validation.caCertificateRefs[*]", "name", by(""), "checks clients with"),
    local(
      "metadata.annotations[cert-manager.io/issuer]",
      "",
      { group: "cert-manager.io", kind: "Issuer" },
      "has certificates from",
    ),
    clusterWide(
      "metadata.annotations[cert-manager.io/cluster-issuer]",
      "",
      { group: "cert-manager.io", kind: "ClusterIssuer" },
      "has certificates from",
    ),
  ),
  ...[...ROUTES, "ListenerSet"].flatMap((kind) =>
    rows(
      gateway(kind),
      anywhere(
        kind === "ListenerSet" ? "spec.parentRef" : "spec.parentRefs[*]",
        "name",
        by("gateway.networking.k8s.io", "Gateway"),
        "attaches to",
        {
          member: { field: "sectionName", in: ["spec.listeners[*].name", "spec.ports[*].name"], noun: "listener" },
        },
      ),
    ),
  ),
  ...ROUTES.flatMap((kind) =>
    rows(
      gateway(kind),
      backend("spec.rules[*].backendRefs[*]", "routes to"),
      // Routes below HTTP have no filters.
      ...(/^(HTTP|GRPC)/.test(kind) ? FILTERS : []).flatMap((filter): Row[] => [
        backend(`${filter}.requestMirror.backendRef`, "mirrors to"),
        local(`${filter}.extensionRef`, "name", by(""), "passes through"),
      ]),
    ),
  ),
  ...rows(
    gateway("BackendTLSPolicy"),
    local("spec.targetRefs[*]", "name", by("", "Service"), "is about"),
    local("spec.validation.caCertificateRefs[*]", "name", by("", CONFIG_MAP.kind), "trusts"),
  ),
  ...rows(
    gateway("ReferenceGrant"),
    // The other side's namespace may well be somebody else's.
    clusterWide("spec.from[*]", "namespace", NAMESPACE, "lets in references from", { optional: true }),
    local("spec.to[*]", "name", by(""), "lets others refer to"),
  ),
];

export const GATEWAY_SELECTORS: readonly SelectorFact[] = selectors(gateway("Gateway"), {
  at: "spec.listeners[*].allowedRoutes.namespaces.selector",
  selector: "",
  form: "selector",
  to: NAMESPACE,
  namespace: "none",
  verb: "takes routes from",
});
