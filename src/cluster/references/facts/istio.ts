import {
  anywhere,
  kindIn,
  local,
  type ReferenceFact,
  type Row,
  rows,
  SECRET,
  SERVICE,
  type SelectorFact,
  selectors,
  servicePort,
} from "./fact.js";

const istio = kindIn("networking.istio.io");
const security = kindIn("security.istio.io");

/** https://istio.io/latest/docs/reference/config/networking/virtual-service/#Destination: a short name is one of the same namespace. */
const destination = (at: string, verb: string, port?: string): Row =>
  local(at, "host", SERVICE, verb, { form: "host", member: port === undefined ? undefined : servicePort(port) });

const ROUTED = ["http", "tcp", "tls"].map((protocol) =>
  destination(`spec.${protocol}[*].route[*].destination`, "routes to", "port.number"),
);
const POLICY_TARGET: Row = local("spec.targetRefs[*]", "name", { groupFrom: "group", defaultGroup: "" }, "is about");

/** https://istio.io/latest/docs/reference/config/ */
export const ISTIO_REFERENCES: readonly ReferenceFact[] = [
  ...rows(
    istio("VirtualService"),
    // `mesh` is all sidecars.
    local("spec.gateways[*]", "", istio("Gateway"), "is bound to", { form: "slashed", except: ["mesh"] }),
    ...["http", "tcp", "tls"].map((protocol) =>
      local(`spec.${protocol}[*].match[*].gateways[*]`, "", istio("Gateway"), "is bound to", {
        form: "slashed",
        except: ["mesh"],
      }),
    ),
    ...ROUTED,
    destination("spec.http[*].mirror", "mirrors to"),
    destination("spec.http[*].mirrors[*].destination", "mirrors to"),
    anywhere("spec.http[*].delegate", "name", istio("VirtualService"), "delegates to"),
  ),
  ...rows(
    istio("DestinationRule"),
    destination("spec", "is about"),
    local("spec.trafficPolicy.tls", "credentialName", SECRET, "connects with"),
  ),
  // The Secret is beside the gateway's Pods, wherever these are.
  ...rows(
    istio("Gateway"),
    local("spec.servers[*].tls", "credentialName", SECRET, "serves TLS with", { namespace: "any" }),
  ),
  ...["AuthorizationPolicy", "RequestAuthentication"].flatMap((kind) => rows(security(kind), POLICY_TARGET)),
];

const workload = (at: string, selector: string, namespace: "same" | "any" = "same") =>
  ({ at, selector, form: "labels", to: "pods", namespace, verb: "is about" }) as const;

export const ISTIO_SELECTORS: readonly SelectorFact[] = [
  ...selectors(istio("Gateway"), { ...workload("spec.selector", "", "any"), verb: "configures" }),
  ...["AuthorizationPolicy", "PeerAuthentication", "RequestAuthentication"].flatMap((kind) =>
    selectors(security(kind), { ...workload("spec.selector.matchLabels", ""), verb: "guards" }),
  ),
  ...["Sidecar", "EnvoyFilter", "ServiceEntry"].flatMap((kind) =>
    selectors(istio(kind), workload("spec.workloadSelector.labels", "")),
  ),
  ...selectors(istio("DestinationRule"), workload("spec.workloadSelector.matchLabels", "")),
];
