import { admitObject, EMPTY_CLUSTER } from "./index.js";

type Fields = Readonly<Record<string, unknown>>;

const container = (more: Fields = {}) => ({ name: "a", image: "a:1", ...more });
const of = (apiVersion: string, kind: string, rest: Fields, metadata: Fields = {}): Fields => ({
  apiVersion,
  kind,
  metadata: { name: "a", ...metadata },
  ...rest,
});
const pod = (spec: Fields, own: Fields = {}) => of("v1", "Pod", { spec: { containers: [container(own)], ...spec } });
const spread = (more: Fields) =>
  pod({
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: "a", whenUnsatisfiable: "DoNotSchedule", labelSelector: {}, ...more },
    ],
  });
const template = { metadata: { labels: { app: "a" } }, spec: { containers: [container()] } };
const statefulSet = (spec: Fields, metadata?: Fields) =>
  of("apps/v1", "StatefulSet", { spec: { selector: { matchLabels: { app: "a" } }, template, ...spec } }, metadata);
const jobSpec = { template: { spec: { restartPolicy: "Never", containers: [container()] } } };
const job = (spec: Fields) => of("batch/v1", "Job", { spec: { ...jobSpec, ...spec } });
const indexed = (spec: Fields) => job({ completionMode: "Indexed", completions: 1, ...spec });
const cronJob = (spec: Fields) =>
  of("batch/v1", "CronJob", { spec: { schedule: "@daily", jobTemplate: { spec: jobSpec }, ...spec } });
const service = (spec: Fields, metadata?: Fields) =>
  of("v1", "Service", { spec: { ports: [{ port: 80 }], ...spec } }, metadata);
const claim = (spec: Fields) =>
  of("v1", "PersistentVolumeClaim", {
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } }, ...spec },
  });
const volume = (spec: Fields, csi: Fields = {}) =>
  of("v1", "PersistentVolume", {
    spec: {
      accessModes: ["ReadWriteOnce"],
      capacity: { storage: "1Gi" },
      csi: { driver: "a", volumeHandle: "b", ...csi },
      ...spec,
    },
  });
const autoscaler = (spec: Fields) =>
  of("autoscaling/v2", "HorizontalPodAutoscaler", {
    spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "a" }, ...spec },
  });
const definition = (version: Fields, schema: Fields = {}) =>
  of(
    "apiextensions.k8s.io/v1",
    "CustomResourceDefinition",
    {
      spec: {
        group: "example.com",
        scope: "Namespaced",
        names: { kind: "Widget", plural: "widgets" },
        versions: [
          {
            name: "v1",
            served: true,
            storage: true,
            schema: {
              openAPIV3Schema: {
                type: "object",
                properties: { spec: { type: "object", properties: { a: { type: "string" } }, ...schema } },
              },
            },
            ...version,
          },
        ],
      },
    },
    { name: "widgets.example.com" },
  );
const webhook = (more: Fields) =>
  of("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", {
    webhooks: [
      {
        name: "a.example.com",
        admissionReviewVersions: ["v1"],
        sideEffects: "None",
        clientConfig: { url: "https://a.example" },
        ...more,
      },
    ],
  });
const CONTAINER = "spec.containers.0";
const FIELD_OF_CLAIM = "spec.volumeAttributesClassName";
const TERM = "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution.0";

/**
 * What becomes of a field in 1.25, 1.26 ... 1.35: `s` stored, `d` dropped without a word, `r` the object is refused as
 * not valid, `u` the field is not known, `-` the kind is not served.
 */
const ROWS: readonly (readonly [what: string, object: Fields, field: string, outcomes: string])[] = [
  ["names of variables", pod({}, { env: [{ name: "1 a", value: "x" }] }), `${CONTAINER}.env`, "rrrrrrrssss"],
  ["DNS searches", pod({ dnsConfig: { searches: ["_a.b"] } }), "spec.dnsConfig", "rrrrrrrrsss"],
  [
    "sidecars",
    pod({ initContainers: [container({ name: "b", restartPolicy: "Always" })] }),
    "spec.initContainers.0.restartPolicy",
    "uuudsssssss",
  ],
  ["scheduling gates", pod({ schedulingGates: [{ name: "example.com/a" }] }), "spec.schedulingGates", "udsssssssss"],
  [
    "matchLabelKeys of spreading",
    spread({ matchLabelKeys: ["c"] }),
    "spec.topologySpreadConstraints.0.matchLabelKeys",
    "ddsssssssss",
  ],
  ["minDomains", spread({ minDomains: 2 }), "spec.topologySpreadConstraints.0.minDomains", "ddsssssssss"],
  [
    "nodeTaintsPolicy",
    spread({ nodeTaintsPolicy: "Honor" }),
    "spec.topologySpreadConstraints.0.nodeTaintsPolicy",
    "dssssssssss",
  ],
  [
    "matchLabelKeys of affinity",
    pod({
      affinity: {
        podAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: "a", labelSelector: {}, matchLabelKeys: ["c"] },
          ],
        },
      },
    }),
    `${TERM}.matchLabelKeys`,
    "uuuuddsssss",
  ],
  ["user namespaces", pod({ hostUsers: false }), "spec.hostUsers", "ddddddddsss"],
  [
    "procMount",
    pod({ hostUsers: false }, { securityContext: { procMount: "Unmasked" } }),
    `${CONTAINER}.securityContext.procMount`,
    "ddddddddsss",
  ],
  [
    "AppArmor",
    pod({}, { securityContext: { appArmorProfile: { type: "RuntimeDefault" } } }),
    `${CONTAINER}.securityContext.appArmorProfile`,
    "uuuuussssss",
  ],
  [
    "supplementalGroupsPolicy",
    pod({ securityContext: { supplementalGroupsPolicy: "Strict" } }),
    "spec.securityContext.supplementalGroupsPolicy",
    "uuuuuuddsss",
  ],
  [
    "seLinuxChangePolicy",
    pod({ securityContext: { seLinuxChangePolicy: "Recursive" } }),
    "spec.securityContext.seLinuxChangePolicy",
    "uuuuuuudsss",
  ],
  [
    "sleep",
    pod({}, { lifecycle: { preStop: { sleep: { seconds: 1 } } } }),
    `${CONTAINER}.lifecycle.preStop.sleep`,
    "uuuurssssss",
  ],
  [
    "sleep of no seconds",
    pod({}, { lifecycle: { preStop: { sleep: { seconds: 0 } } } }),
    `${CONTAINER}.lifecycle.preStop.sleep`,
    "uuuurrrrsss",
  ],
  [
    "stopSignal",
    pod({ os: { name: "linux" } }, { lifecycle: { stopSignal: "SIGTERM" } }),
    `${CONTAINER}.lifecycle.stopSignal`,
    "uuuuuuuuddd",
  ],
  [
    "image volumes",
    pod({ volumes: [{ name: "v", image: { reference: "a" } }] }),
    "spec.volumes.0.image",
    "uuuuuudddds",
  ],
  [
    "read-only mounts all the way down",
    pod(
      { volumes: [{ name: "v", emptyDir: {} }] },
      { volumeMounts: [{ name: "v", mountPath: "/a", readOnly: true, recursiveReadOnly: "Enabled" }] },
    ),
    `${CONTAINER}.volumeMounts.0.recursiveReadOnly`,
    "uuuuudsssss",
  ],
  ["resources of the Pod", pod({ resources: { requests: { cpu: "1" } } }), "spec.resources", "uuuuuuuddss"],
  [
    "resource claims",
    pod({ resourceClaims: [{ name: "a", resourceClaimName: "a" }] }),
    "spec.resourceClaims",
    "uuuuuudddss",
  ],
  [
    "resizePolicy",
    pod({}, { resizePolicy: [{ resourceName: "cpu", restartPolicy: "NotRequired" }] }),
    `${CONTAINER}.resizePolicy`,
    "uuddddddsss",
  ],
  [
    "addresses of the node",
    pod({}, { env: [{ name: "A", valueFrom: { fieldRef: { fieldPath: "status.hostIPs" } } }] }),
    `${CONTAINER}.env`,
    "rrrrsssssss",
  ],
  ["hostnameOverride", pod({ hostnameOverride: "a" }), "spec.hostnameOverride", "uuuuuuuuuds"],
  ["workloadRef", pod({ workloadRef: { name: "a", podGroup: "b" } }), "spec.workloadRef", "uuuuuuuuuud"],
  ["dots in names", statefulSet({}, { name: "a.b" }), "metadata.name", "ssrrrrrrrrr"],
  ["names of governing Services", statefulSet({ serviceName: "a.b" }), "spec.serviceName", "ssssssssrrr"],
  [
    "faults of templates",
    statefulSet({ template: { ...template, spec: { containers: [container({ name: "A" })] } } }),
    "spec.template",
    "sssssssssrr",
  ],
  ["ordinals", statefulSet({ ordinals: { start: 3 } }), "spec.ordinals", "udsssssssss"],
  [
    "retention of claims",
    statefulSet({ persistentVolumeClaimRetentionPolicy: {} }),
    "spec.persistentVolumeClaimRetentionPolicy",
    "ddsssssssss",
  ],
  [
    "maxUnavailable",
    statefulSet({ updateStrategy: { rollingUpdate: { maxUnavailable: 2 } } }),
    "spec.updateStrategy.rollingUpdate.maxUnavailable",
    "ddddddddddd",
  ],
  [
    "podFailurePolicy",
    job({ podFailurePolicy: { rules: [{ action: "FailJob", onExitCodes: { operator: "In", values: [1] } }] } }),
    "spec.podFailurePolicy",
    "dssssssssss",
  ],
  ["backoffLimitPerIndex", indexed({ backoffLimitPerIndex: 1 }), "spec.backoffLimitPerIndex", "uuudsssssss"],
  ["podReplacementPolicy", job({ podReplacementPolicy: "Failed" }), "spec.podReplacementPolicy", "uuudsssssss"],
  ["podReplacementPolicy by default", job({}), "spec.podReplacementPolicy", "ddddsssssss"],
  [
    "successPolicy",
    indexed({ successPolicy: { rules: [{ succeededCount: 1 }] } }),
    "spec.successPolicy",
    "uuuuudsssss",
  ],
  ["managedBy", job({ managedBy: "example.com/a" }), "spec.managedBy", "uuuuuddssss"],
  ["timeZone", cronJob({ timeZone: "Europe/Berlin" }), "spec.timeZone", "sssssssssss"],
  ["a zone in the schedule", cronJob({ schedule: "TZ=UTC 0 * * * *" }), "spec.schedule", "ssssrrrrrrr"],
  ["two zones", cronJob({ schedule: "CRON_TZ=UTC 0 * * * *", timeZone: "UTC" }), "spec.schedule", "rrrrrrrrrrr"],
  ["a zone and no schedule", cronJob({ schedule: "TZ=UTC never" }), "spec.schedule", "rrrrrrrrrrr"],
  [
    "unhealthyPodEvictionPolicy",
    of("policy/v1", "PodDisruptionBudget", { spec: { unhealthyPodEvictionPolicy: "AlwaysAllow" } }),
    "spec.unhealthyPodEvictionPolicy",
    "udsssssssss",
  ],
  [
    "tolerance",
    autoscaler({ behavior: { scaleUp: { tolerance: "0.1" } } }),
    "spec.behavior.scaleUp.tolerance",
    "uuuuuuuudds",
  ],
  [
    "metrics of a container",
    autoscaler({
      metrics: [
        {
          type: "ContainerResource",
          containerResource: { name: "cpu", container: "a", target: { type: "Utilization", averageUtilization: 50 } },
        },
      ],
    }),
    "spec.metrics.0.containerResource",
    "rrsssssssss",
  ],
  ["PreferClose", service({ trafficDistribution: "PreferClose" }), "spec.trafficDistribution", "uuuuudsssss"],
  ["PreferSameNode", service({ trafficDistribution: "PreferSameNode" }), "spec.trafficDistribution", "uuuuudrrrss"],
  [
    "two annotations of topology",
    service(
      {},
      {
        annotations: {
          "service.kubernetes.io/topology-mode": "Auto",
          "service.kubernetes.io/topology-aware-hints": "x",
        },
      },
    ),
    "spec",
    "ssrrrrrrrrr",
  ],
  ["class of attributes", claim({ volumeAttributesClassName: "a" }), FIELD_OF_CLAIM, "uuuudddddss"],
  ["class of a volume's attributes", volume({ volumeAttributesClassName: "a" }), FIELD_OF_CLAIM, "uuuudddddss"],
  ["ReadWriteOncePod", claim({ accessModes: ["ReadWriteOncePod"] }), "spec.accessModes", "rrsssssssss"],
  ["ReadWriteOncePod of a volume", volume({ accessModes: ["ReadWriteOncePod"] }), "spec.accessModes", "rrsssssssss"],
  [
    "nodeExpandSecretRef",
    volume({}, { nodeExpandSecretRef: { name: "a", namespace: "b" } }),
    "spec.csi.nodeExpandSecretRef",
    "ddsssssssss",
  ],
  [
    "seLinuxMount",
    of("storage.k8s.io/v1", "CSIDriver", { spec: { seLinuxMount: true } }),
    "spec.seLinuxMount",
    "dddssssssss",
  ],
  [
    "selectableFields",
    definition({ selectableFields: [{ jsonPath: ".spec.a" }] }),
    "spec.versions.0.selectableFields",
    "uuuuudsssss",
  ],
  [
    "rules of schemas",
    definition({}, { "x-kubernetes-validations": [{ rule: "has(self.a)" }] }),
    "spec.versions",
    "sssssssssss",
  ],
  [
    "matchConditions",
    webhook({ matchConditions: [{ name: "a", expression: "true" }] }),
    "webhooks.0.matchConditions",
    "uudssssssss",
  ],
  [
    "ServiceCIDRs",
    of("networking.k8s.io/v1", "ServiceCIDR", { spec: { cidrs: ["10.1.0.0/24"] } }),
    "spec",
    "--------sss",
  ],
  ["DeviceClasses", of("resource.k8s.io/v1", "DeviceClass", { spec: {} }), "metadata", "---------ss"],
  [
    "VolumeAttributesClasses",
    of("storage.k8s.io/v1", "VolumeAttributesClass", { driverName: "a", parameters: { a: "b" } }),
    "driverName",
    "---------ss",
  ],
];

const MINORS = [25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35];
const REFUSED: Readonly<Record<number, string>> = { 400: "u", 404: "-", 422: "r" };

function outcome(object: Fields, field: string, minor: number): string {
  const verdict = admitObject(object, { minor, surroundings: EMPTY_CLUSTER });
  if (verdict.object === undefined) return REFUSED[verdict.code] ?? String(verdict.code);
  const found = field
    .split(".")
    .reduce<unknown>((value, name) => (value as Fields | undefined)?.[name], verdict.object);
  return found === undefined ? "d" : "s";
}

test.each(ROWS)("each minor has its own way with %s", (_, object, field, outcomes) => {
  expect(MINORS.map((minor) => outcome(object, field, minor)).join("")).toBe(outcomes);
});
