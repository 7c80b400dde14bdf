import {
  anywhere,
  CONFIG_MAP,
  kindIn,
  local,
  networking,
  type ReferenceFact,
  type Row,
  rows,
  SECRET,
  SERVICE,
  SERVICE_ACCOUNT,
  secretKey,
} from "./fact.js";

const argo = kindIn("argoproj.io");
const keda = kindIn("keda.sh");
const istio = kindIn("networking.istio.io");
const FROM_API_VERSION = { groupFrom: "apiVersion", defaultGroup: "" } as const;

const ANALYSES = [
  "spec.strategy.canary.analysis",
  "spec.strategy.canary.steps[*].analysis",
  "spec.strategy.blueGreen.prePromotionAnalysis",
  "spec.strategy.blueGreen.postPromotionAnalysis",
].map((analysis) =>
  local(`${analysis}.templates[*]`, "templateName", argo("AnalysisTemplate"), "is judged by", {
    optional: "clusterScope",
  }),
);

/** What an Argo Rollout steers: https://argo-rollouts.readthedocs.io/en/stable/features/specification/ */
const ROLLOUT: readonly Row[] = [
  local("spec.workloadRef", "name", FROM_API_VERSION, "takes its template from"),
  ...["canaryService", "stableService"].map((field) =>
    local("spec.strategy.canary", field, SERVICE, "shifts traffic between"),
  ),
  ...["activeService", "previewService"].map((field) =>
    local("spec.strategy.blueGreen", field, SERVICE, "shifts traffic between"),
  ),
  local("spec.strategy.canary.trafficRouting.nginx", "stableIngress", networking("Ingress"), "shifts traffic in"),
  local("spec.strategy.canary.trafficRouting.alb", "ingress", networking("Ingress"), "shifts traffic in"),
  local(
    "spec.strategy.canary.trafficRouting.istio.virtualService",
    "name",
    istio("VirtualService"),
    "shifts traffic in",
  ),
  local(
    "spec.strategy.canary.trafficRouting.istio.virtualServices[*]",
    "name",
    istio("VirtualService"),
    "shifts traffic in",
  ),
  local(
    "spec.strategy.canary.trafficRouting.istio.destinationRule",
    "name",
    istio("DestinationRule"),
    "shifts traffic in",
  ),
  ...ANALYSES,
];

/** Argo CD and Rollouts: https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/ */
const ARGO: readonly ReferenceFact[] = [
  ...rows(argo("Rollout"), ...ROLLOUT),
  // Every installation has the project "default".
  ...rows(argo("Application"), local("spec", "project", argo("AppProject"), "belongs to", { except: ["default"] })),
  ...rows(
    argo("ApplicationSet"),
    local("spec.template.spec", "project", argo("AppProject"), "belongs to", { except: ["default"] }),
  ),
  ...["AnalysisTemplate", "ClusterAnalysisTemplate"].flatMap((kind) =>
    rows(
      argo(kind),
      secretKey(
        "spec.args[*].valueFrom.secretKeyRef",
        "reads",
        kind === "AnalysisTemplate" ? {} : { namespace: "any" },
      ),
    ),
  ),
];

/** https://keda.sh/docs/latest/reference/ */
const KEDA: readonly ReferenceFact[] = [
  ...rows(
    keda("ScaledObject"),
    local(
      "spec.scaleTargetRef",
      "name",
      { groupFrom: "apiVersion", defaultGroup: "apps", defaultKind: "Deployment" },
      "scales",
    ),
  ),
  ...["ScaledObject", "ScaledJob"].flatMap((kind) =>
    rows(
      keda(kind),
      local(
        "spec.triggers[*].authenticationRef",
        "name",
        { groupFrom: "group", defaultGroup: "keda.sh", defaultKind: "TriggerAuthentication" },
        "signs in with",
      ),
    ),
  ),
  // Those of a ClusterTriggerAuthentication are where KEDA runs.
  ...["TriggerAuthentication", "ClusterTriggerAuthentication"].flatMap((kind) => {
    const where: Partial<Row> = kind === "TriggerAuthentication" ? {} : { namespace: "any" };
    return rows(
      keda(kind),
      local("spec.secretTargetRef[*]", "name", SECRET, "reads", { key: "key", ...where }),
      local("spec.configMapTargetRef[*]", "name", CONFIG_MAP, "reads", { key: "key", ...where }),
    );
  }),
];

const eventing = kindIn("eventing.knative.dev");
const messaging = kindIn("messaging.knative.dev");
/** A destination: https://knative.dev/docs/eventing/sinks/ */
const sink = (at: string): Row => anywhere(`${at}.ref`, "name", FROM_API_VERSION, "sends events to");

const KNATIVE: readonly ReferenceFact[] = [
  ...rows(
    eventing("Trigger"),
    local("spec", "broker", eventing("Broker"), "listens to"),
    sink("spec.subscriber"),
    sink("spec.delivery.deadLetterSink"),
  ),
  ...rows(
    eventing("Broker"),
    anywhere("spec.config", "name", FROM_API_VERSION, "is configured by"),
    sink("spec.delivery.deadLetterSink"),
  ),
  ...rows(
    messaging("Subscription"),
    local("spec.channel", "name", FROM_API_VERSION, "listens to"),
    sink("spec.subscriber"),
    sink("spec.reply"),
  ),
  ...["ApiServerSource", "ContainerSource", "PingSource", "SinkBinding"].flatMap((kind) =>
    rows({ group: "sources.knative.dev", kind }, sink("spec.sink")),
  ),
  ...rows(
    { group: "sources.knative.dev", kind: "ApiServerSource" },
    local("spec", "serviceAccountName", SERVICE_ACCOUNT, "runs as"),
  ),
  ...rows(
    { group: "serving.knative.dev", kind: "DomainMapping" },
    anywhere("spec.ref", "name", FROM_API_VERSION, "leads to"),
    local("spec.tls", "secretName", SECRET, "serves TLS with"),
  ),
];

/** https://fluxcd.io/flux/components/: a source's group is Flux' own. */
const source = (at: string): Row =>
  anywhere(at, "name", { groupFrom: "apiVersion", defaultGroup: "source.toolkit.fluxcd.io" }, "is made from");
const SOURCES = ["GitRepository", "HelmRepository", "OCIRepository", "Bucket"];

const FLUX: readonly ReferenceFact[] = [
  ...rows(
    { group: "kustomize.toolkit.fluxcd.io", kind: "Kustomization" },
    source("spec.sourceRef"),
    anywhere("spec.dependsOn[*]", "name", { group: "kustomize.toolkit.fluxcd.io", kind: "Kustomization" }, "waits for"),
    local("spec.decryption.secretRef", "name", SECRET, "decrypts with"),
  ),
  ...rows(
    { group: "helm.toolkit.fluxcd.io", kind: "HelmRelease" },
    source("spec.chart.spec.sourceRef"),
    source("spec.chartRef"),
    anywhere("spec.dependsOn[*]", "name", { group: "helm.toolkit.fluxcd.io", kind: "HelmRelease" }, "waits for"),
    local("spec.valuesFrom[*]", "name", { groupFrom: "apiVersion", defaultGroup: "" }, "takes values from", {
      optional: "optional",
    }),
  ),
  ...SOURCES.flatMap((kind) =>
    rows(
      { group: "source.toolkit.fluxcd.io", kind },
      local("spec.secretRef", "name", SECRET, "signs in with"),
      local("spec", "serviceAccountName", SERVICE_ACCOUNT, "signs in as"),
    ),
  ),
];

export const DELIVERY_REFERENCES: readonly ReferenceFact[] = [...ARGO, ...KEDA, ...KNATIVE, ...FLUX];
