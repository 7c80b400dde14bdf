import {
  anywhere,
  CONFIG_MAP,
  clusterWide,
  configMapKey,
  kindIn,
  local,
  type ReferenceFact,
  type Row,
  rows,
  SECRET,
  SERVICE,
  SERVICE_ACCOUNT,
  type SelectorFact,
  secretKey,
  selectors,
} from "./fact.js";
import { claimSpec } from "./storage.js";

const monitoring = kindIn("monitoring.coreos.com");

/** How a client signs in: https://prometheus-operator.dev/docs/api-reference/api/ */
const client = (at: string): Row[] => [
  ...[
    "authorization.credentials",
    "basicAuth.password",
    "basicAuth.username",
    "oauth2.clientId.secret",
    "oauth2.clientSecret",
    "tlsConfig.ca.secret",
    "tlsConfig.cert.secret",
    "tlsConfig.keySecret",
  ].map((field) => secretKey(`${at}.${field}`)),
  ...["oauth2.clientId.configMap", "tlsConfig.ca.configMap", "tlsConfig.cert.configMap"].map((field) =>
    configMapKey(`${at}.${field}`),
  ),
];

const SERVERS = ["Prometheus", "PrometheusAgent", "Alertmanager", "ThanosRuler"];

/** https://prometheus-operator.dev/docs/ */
export const MONITORING_REFERENCES: readonly ReferenceFact[] = [
  ...(
    [
      ["ServiceMonitor", "spec.endpoints[*]"],
      ["PodMonitor", "spec.podMetricsEndpoints[*]"],
      ["Probe", "spec"],
    ] as const
  ).flatMap(([kind, at]) => rows(monitoring(kind), ...client(at), secretKey(`${at}.bearerTokenSecret`))),
  ...SERVERS.flatMap((kind) =>
    rows(
      monitoring(kind),
      local("spec", "serviceAccountName", SERVICE_ACCOUNT, "runs as"),
      local("spec.imagePullSecrets[*]", "name", SECRET, "pulls images with"),
      local("spec.secrets[*]", "", SECRET, "mounts"),
      local("spec.configMaps[*]", "", CONFIG_MAP, "mounts"),
      clusterWide("spec", "priorityClassName", { group: "scheduling.k8s.io", kind: "PriorityClass" }, "has"),
      ...claimSpec("spec.storage.volumeClaimTemplate.spec"),
    ),
  ),
  ...["Prometheus", "PrometheusAgent"].flatMap((kind) =>
    rows(
      monitoring(kind),
      secretKey("spec.additionalScrapeConfigs"),
      ...client("spec.remoteWrite[*]"),
      ...["accessKey", "secretKey"].map((key) => secretKey(`spec.remoteWrite[*].sigv4.${key}`)),
    ),
  ),
  ...rows(
    monitoring("Prometheus"),
    ...client("spec.remoteRead[*]"),
    secretKey("spec.additionalAlertManagerConfigs"),
    secretKey("spec.additionalAlertRelabelConfigs"),
    secretKey("spec.thanos.objectStorageConfig"),
    anywhere("spec.alerting.alertmanagers[*]", "name", SERVICE, "alerts through"),
  ),
  // A missing one is made by the operator.
  ...rows(monitoring("Alertmanager"), local("spec", "configSecret", SECRET, "is configured by", { optional: true })),
  ...rows(
    monitoring("AlertmanagerConfig"),
    ...[
      "discordConfigs[*].apiURL",
      "emailConfigs[*].authPassword",
      "msteamsConfigs[*].webhookUrl",
      "opsgenieConfigs[*].apiKey",
      "pagerdutyConfigs[*].routingKey",
      "pagerdutyConfigs[*].serviceKey",
      "pushoverConfigs[*].token",
      "pushoverConfigs[*].userKey",
      "slackConfigs[*].apiURL",
      "telegramConfigs[*].botToken",
      "webhookConfigs[*].urlSecret",
    ].map((field) => secretKey(`spec.receivers[*].${field}`, "sends with")),
  ),
];

/** The kinds that a server gathers, by the field that selects them. */
const GATHERED = {
  Prometheus: ["serviceMonitor", "podMonitor", "probe", "rule", "scrapeConfig"],
  PrometheusAgent: ["serviceMonitor", "podMonitor", "probe", "scrapeConfig"],
  Alertmanager: ["alertmanagerConfig"],
  ThanosRuler: ["rule"],
} as const;
const KIND_OF = {
  alertmanagerConfig: "AlertmanagerConfig",
  podMonitor: "PodMonitor",
  probe: "Probe",
  rule: "PrometheusRule",
  scrapeConfig: "ScrapeConfig",
  serviceMonitor: "ServiceMonitor",
} as const;

export const MONITORING_SELECTORS: readonly SelectorFact[] = [
  ...selectors(monitoring("ServiceMonitor"), {
    at: "spec",
    selector: "selector",
    form: "selector",
    to: SERVICE,
    namespace: { names: "namespaceSelector.matchNames", any: "namespaceSelector.any" },
    verb: "scrapes",
  }),
  ...selectors(monitoring("PodMonitor"), {
    at: "spec",
    selector: "selector",
    form: "selector",
    to: "pods",
    namespace: { names: "namespaceSelector.matchNames", any: "namespaceSelector.any" },
    verb: "scrapes",
  }),
  ...Object.entries(GATHERED).flatMap(([kind, gathered]) =>
    selectors(
      monitoring(kind),
      ...gathered.map(
        (each) =>
          ({
            at: "spec",
            selector: `${each}Selector`,
            form: "selector",
            to: monitoring(KIND_OF[each]),
            namespace: { selector: `${each}NamespaceSelector` },
            verb: "gathers",
          }) as const,
      ),
    ),
  ),
];
