/**
 * What controllers other than Kubernetes' own make from an object, so that a reference to it is no reference to nothing.
 * From the documentation of each: where a row is wrong or missing, an absent name is reported, or not.
 */
export interface ProducerFact {
  readonly group: string;
  /** Undefined: every kind of the group. */
  readonly kinds?: readonly string[];
  /** An empty list: known to make nothing that others name. */
  readonly makes: readonly ProductFact[];
}

export interface ProductFact {
  /** In the core group unless it is a workload; `*` for any. */
  readonly kind: "Secret" | "ConfigMap" | "Service" | "ServiceAccount" | "PersistentVolumeClaim" | "*";
  /**
   * The name with field patterns in braces, of which the first alternative that is there counts:
   * `{spec.target.name|metadata.name}-tls`. A `*` at the start or the end stands for any text.
   */
  readonly name: string;
  /** The namespace as a field; absent: the producer's; `any`: any. */
  readonly namespace?: string;
  /** The keys as literals and patterns in braces; absent: not known. */
  readonly keys?: readonly string[];
  /** Fields that, where present, make the keys unknown. */
  readonly moreKeysIf?: readonly string[];
}

const NAMED_AFTER_IT: readonly ProductFact[] = [
  { kind: "*", name: "{metadata.name}" },
  { kind: "*", name: "{metadata.name}-*" },
];
const secret = (name: string, rest: Partial<ProductFact> = {}): ProductFact => ({ kind: "Secret", name, ...rest });

const CERTIFICATE_KEYS = ["tls.crt", "tls.key", "ca.crt", "tls-combined.pem", "key.der"];
const KEYSTORE_KEYS = ["keystore.jks", "truststore.jks", "keystore.p12", "truststore.p12"];
const HELM_RELEASE = "{spec.releaseName|metadata.name}";

export const PRODUCERS: readonly ProducerFact[] = [
  // https://external-secrets.io/latest/api/externalsecret/
  {
    group: "external-secrets.io",
    kinds: ["ExternalSecret"],
    makes: [
      secret("{spec.target.name|metadata.name}", {
        keys: ["{spec.data[*].secretKey}", "{spec.target.template.data.~}"],
        moreKeysIf: ["spec.dataFrom", "spec.target.template.templateFrom", "spec.target.creationPolicy"],
      }),
    ],
  },
  {
    group: "external-secrets.io",
    kinds: ["ClusterExternalSecret"],
    makes: [
      secret("{spec.externalSecretSpec.target.name|spec.externalSecretName|metadata.name}", { namespace: "any" }),
    ],
  },
  { group: "external-secrets.io", makes: [] },
  {
    group: "kubernetes-client.io",
    kinds: ["ExternalSecret"],
    makes: [
      secret("{metadata.name}", { keys: ["{spec.data[*].name}"], moreKeysIf: ["spec.dataFrom", "spec.template"] }),
    ],
  },
  // https://github.com/bitnami-labs/sealed-secrets#usage
  {
    group: "bitnami.com",
    kinds: ["SealedSecret"],
    makes: [
      secret("{spec.template.metadata.name|metadata.name}", {
        keys: ["{spec.encryptedData.~}", "{spec.template.data.~}"],
        moreKeysIf: ["spec.data"],
      }),
    ],
  },
  // https://cert-manager.io/docs/usage/certificate/
  {
    group: "cert-manager.io",
    kinds: ["Certificate"],
    makes: [secret("{spec.secretName}", { keys: [...CERTIFICATE_KEYS, ...KEYSTORE_KEYS] })],
  },
  {
    group: "cert-manager.io",
    kinds: ["Issuer"],
    makes: [secret("{spec.acme.privateKeySecretRef.name}", { keys: ["tls.key"] })],
  },
  {
    group: "cert-manager.io",
    kinds: ["ClusterIssuer"],
    makes: [secret("{spec.acme.privateKeySecretRef.name}", { keys: ["tls.key"], namespace: "any" })],
  },
  { group: "cert-manager.io", makes: [] },
  {
    group: "trust.cert-manager.io",
    kinds: ["Bundle"],
    makes: [
      { kind: "ConfigMap", name: "{metadata.name}", namespace: "any" },
      { kind: "Secret", name: "{metadata.name}", namespace: "any" },
    ],
  },
  // https://developer.hashicorp.com/vault/docs/platform/k8s/vso/api-reference
  { group: "secrets.hashicorp.com", makes: [secret("{spec.destination.name}")] },
  { group: "ricoberger.de", kinds: ["VaultSecret"], makes: [secret("{metadata.name}")] },
  { group: "onepassword.com", kinds: ["OnePasswordItem"], makes: [secret("{metadata.name}")] },
  {
    group: "isindir.github.com",
    kinds: ["SopsSecret"],
    makes: [secret("{spec.secretTemplates[*].name}"), secret("{spec.secret_templates[*].name}")],
  },
  { group: "craftypath.github.io", kinds: ["SopsSecret"], makes: [secret("{metadata.name}")] },
  { group: "secretgenerator.mittwald.de", makes: [secret("{metadata.name}")] },
  {
    group: "secrets.infisical.com",
    makes: [
      secret("{spec.managedSecretReference.secretName}"),
      secret("{spec.managedKubeSecretReferences[*].secretName}"),
    ],
  },
  { group: "secrets.doppler.com", makes: [secret("{spec.managedSecret.name}", { namespace: "any" })] },
  { group: "lumigo.io", makes: [] },
  {
    group: "spv.no",
    kinds: ["AzureKeyVaultSecret"],
    makes: [secret("{spec.output.secret.name}"), { kind: "ConfigMap", name: "{spec.output.configMap.name}" }],
  },
  // https://secrets-store-csi-driver.sigs.k8s.io/topics/sync-as-kubernetes-secret
  {
    group: "secrets-store.csi.x-k8s.io",
    kinds: ["SecretProviderClass"],
    makes: [secret("{spec.secretObjects[*].secretName}")],
  },
  // https://strimzi.io/docs/operators/latest/deploying: a KafkaUser's Secret has its name.
  {
    group: "kafka.strimzi.io",
    kinds: ["KafkaUser"],
    makes: [
      secret("{metadata.name}", {
        keys: ["ca.crt", "user.crt", "user.key", "user.p12", "user.password", "password", "sasl.jaas.config"],
      }),
    ],
  },
  { group: "kafka.strimzi.io", kinds: ["KafkaTopic"], makes: [] },
  // https://postgres-operator.readthedocs.io/en/latest/user/#create-a-postgresql-manifest: `USER.CLUSTER.credentials...`.
  {
    group: "acid.zalan.do",
    kinds: ["postgresql"],
    makes: [
      ...NAMED_AFTER_IT,
      secret("*.{metadata.name}.credentials.postgresql.acid.zalan.do", { keys: ["username", "password"] }),
    ],
  },
  { group: "postgresql.cnpg.io", kinds: ["Cluster", "Pooler"], makes: NAMED_AFTER_IT },
  // https://www.elastic.co/guide/en/cloud-on-k8s/current: `NAME-es-elastic-user`.
  { group: "elasticsearch.k8s.elastic.co", makes: NAMED_AFTER_IT },
  // https://prometheus-operator.dev/docs/: governing Services and generated configuration.
  {
    group: "monitoring.coreos.com",
    kinds: ["Prometheus", "PrometheusAgent", "Alertmanager", "ThanosRuler"],
    makes: [
      { kind: "Service", name: "prometheus-operated" },
      { kind: "Service", name: "alertmanager-operated" },
      { kind: "Service", name: "thanos-ruler-operated" },
      { kind: "*", name: "prometheus-{metadata.name}*" },
      { kind: "*", name: "alertmanager-{metadata.name}*" },
      { kind: "*", name: "thanos-ruler-{metadata.name}*" },
    ],
  },
  { group: "monitoring.coreos.com", makes: [] },
  // What a release makes is named after it by custom: https://helm.sh/docs/chart_best_practices/conventions/.
  {
    group: "helm.toolkit.fluxcd.io",
    kinds: ["HelmRelease"],
    makes: [
      { kind: "*", name: HELM_RELEASE, namespace: "any" },
      { kind: "*", name: `${HELM_RELEASE}-*`, namespace: "any" },
    ],
  },
  {
    group: "helm.cattle.io",
    kinds: ["HelmChart"],
    makes: [
      { kind: "*", name: "{metadata.name}", namespace: "any" },
      { kind: "*", name: "{metadata.name}-*", namespace: "any" },
    ],
  },
  {
    group: "argoproj.io",
    kinds: ["Application", "ApplicationSet"],
    makes: [
      { kind: "*", name: "{spec.source.helm.releaseName|metadata.name}", namespace: "any" },
      { kind: "*", name: "{spec.source.helm.releaseName|metadata.name}-*", namespace: "any" },
    ],
  },
  { group: "argoproj.io", makes: [] },
  // Their objects steer what others make: nothing is named after them.
  ...[
    "autoscaling.k8s.io",
    "cilium.io",
    "gateway.networking.k8s.io",
    "image.toolkit.fluxcd.io",
    "keda.sh",
    "kustomize.config.k8s.io",
    "kustomize.toolkit.fluxcd.io",
    "notification.toolkit.fluxcd.io",
    "policy.networking.k8s.io",
    "projectcalico.org",
    "crd.projectcalico.org",
    "metallb.io",
    "networking.istio.io",
    "networking.gke.io",
    "cloud.google.com",
    "security.istio.io",
    "snapshot.storage.k8s.io",
    "source.toolkit.fluxcd.io",
    "split.smi-spec.io",
    "telemetry.istio.io",
    "traefik.containo.us",
    "traefik.io",
    "velero.io",
    "wgpolicyk8s.io",
  ].map((group): ProducerFact => ({ group, makes: [] })),
];

/** https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-storage */
export const STATEFUL_SET_CLAIMS: readonly ProductFact[] = [
  { kind: "PersistentVolumeClaim", name: "{spec.volumeClaimTemplates[*].metadata.name}-{metadata.name}-*" },
];

/** Of a custom kind that the table does not have: an operator names what it makes after the object, by custom. */
export const UNKNOWN_PRODUCER: readonly ProductFact[] = [
  ...NAMED_AFTER_IT,
  // Crossplane and others: https://docs.crossplane.io/latest/managed-resources/managed-resources/#writeconnectionsecrettoref
  secret("{spec.writeConnectionSecretToRef.name}", { namespace: "any" }),
];

/** What annotations of objects of any kind make. */
export const ANNOTATION_PRODUCERS: readonly { readonly annotation: RegExp; readonly makes: readonly ProductFact[] }[] =
  [
    // https://cert-manager.io/docs/usage/ingress/ and /gateway/
    {
      annotation:
        /^(cert-manager\.io\/(cluster-)?issuer|kubernetes\.io\/tls-acme|acme\.cert-manager\.io\/.*|certmanager\.k8s\.io\/(cluster-)?issuer)$/,
      makes: [
        secret("{spec.tls[*].secretName}", { keys: ["tls.crt", "tls.key", "ca.crt"] }),
        secret("{spec.listeners[*].tls.certificateRefs[*].name}", { keys: ["tls.crt", "tls.key", "ca.crt"] }),
      ],
    },
    // https://docs.openshift.com/container-platform/latest/security/certificates/service-serving-certificate.html
    {
      annotation: /^service\.(beta|alpha)\.openshift\.io\/serving-cert-secret-name$/,
      makes: [
        secret("{metadata.annotations[service.beta.openshift.io/serving-cert-secret-name]}", {
          keys: ["tls.crt", "tls.key"],
        }),
        secret("{metadata.annotations[service.alpha.openshift.io/serving-cert-secret-name]}", {
          keys: ["tls.crt", "tls.key"],
        }),
      ],
    },
    // https://prometheus-operator.dev/docs/ leaves these to kube-rbac-proxy; https://istio.io/latest/docs: CA in every namespace.
    { annotation: /^istio\.io\/rev$/, makes: [{ kind: "ConfigMap", name: "istio-ca-root-cert", namespace: "any" }] },
  ];

/** Annotations that copy an object to other namespaces. */
export const COPIED_ELSEWHERE =
  /^(reflector\.v1\.k8s\.emberstack\.com\/reflection-(allowed|auto-enabled|auto-namespaces|allowed-namespaces)|replicator\.v1\.mittwald\.de\/(replicate-to|replicate-to-matching|replication-allowed.*)|kubed\.appscode\.com\/sync|config\.syncer\/sync|hnc\.x-k8s\.io\/.*)$/;
