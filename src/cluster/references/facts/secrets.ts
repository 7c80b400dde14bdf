import {
  anywhere,
  clusterWide,
  configMapKey,
  gateway,
  kindIn,
  local,
  networking,
  type ReferenceFact,
  type Row,
  rows,
  SECRET,
  SERVICE_ACCOUNT,
  secretKey,
} from "./fact.js";

const certManager = kindIn("cert-manager.io");
const external = kindIn("external-secrets.io");

const ISSUER = { groupFrom: "group", defaultGroup: "cert-manager.io", defaultKind: "Issuer" } as const;

/** Secrets of the DNS providers that cert-manager has built in: https://cert-manager.io/docs/configuration/acme/dns01/ */
const DNS_SECRETS = [
  "acmeDNS.accountSecretRef",
  "akamai.accessTokenSecretRef",
  "akamai.clientSecretSecretRef",
  "akamai.clientTokenSecretRef",
  "azureDNS.clientSecretSecretRef",
  "cloudDNS.serviceAccountSecretRef",
  "cloudflare.apiKeySecretRef",
  "cloudflare.apiTokenSecretRef",
  "digitalocean.tokenSecretRef",
  "rfc2136.tsigSecretSecretRef",
  "route53.accessKeyIDSecretRef",
  "route53.secretAccessKeySecretRef",
].map((field) => `spec.acme.solvers[*].dns01.${field}`);

/** What an issuer reads; of a ClusterIssuer in the namespace that cert-manager was told, which the input does not show. */
const issuer = (namespace: "same" | "any"): Row[] => [
  local("spec.ca", "secretName", SECRET, "signs with", { namespace, needs: ["tls.crt", "tls.key"] }),
  ...[
    ...DNS_SECRETS,
    "spec.acme.externalAccountBinding.keySecretRef",
    "spec.vault.auth.tokenSecretRef",
    "spec.vault.auth.appRole.secretRef",
    "spec.venafi.cloud.apiTokenSecretRef",
  ].map((at) => secretKey(at, "reads", { namespace })),
  local("spec.vault.auth.kubernetes.serviceAccountRef", "name", SERVICE_ACCOUNT, "signs in as", { namespace }),
  anywhere(
    "spec.acme.solvers[*].http01.gatewayHTTPRoute.parentRefs[*]",
    "name",
    { groupFrom: "group", defaultGroup: gateway("").group, defaultKind: "Gateway" },
    "answers through",
  ),
];

/** How the stores of external-secrets sign in: https://external-secrets.io/latest/provider/aws-secrets-manager/ and its like. */
const STORE_SECRETS = [
  "aws.auth.secretRef.accessKeyIDSecretRef",
  "aws.auth.secretRef.secretAccessKeySecretRef",
  "azurekv.authSecretRef.clientId",
  "azurekv.authSecretRef.clientSecret",
  "bitwardensecretsmanager.auth.secretRef.credentials",
  "conjur.auth.apikey.apiKeyRef",
  "conjur.auth.apikey.userRef",
  "doppler.auth.secretRef.dopplerToken",
  "gcpsm.auth.secretRef.secretAccessKeySecretRef",
  "gitlab.auth.SecretRef.accessToken",
  "infisical.auth.universalAuthCredentials.clientId",
  "infisical.auth.universalAuthCredentials.clientSecret",
  "kubernetes.auth.token.bearerToken",
  "onepassword.auth.secretRef.connectTokenSecretRef",
  "vault.auth.appRole.secretRef",
  "vault.auth.tokenSecretRef",
].map((field) => `spec.provider.${field}`);
const STORE_ACCOUNTS = [
  "aws.auth.jwt.serviceAccountRef",
  "azurekv.serviceAccountRef",
  "gcpsm.auth.workloadIdentity.serviceAccountRef",
  "kubernetes.auth.serviceAccount",
  "vault.auth.kubernetes.serviceAccountRef",
].map((field) => `spec.provider.${field}`);
const store = (at: string): Row =>
  local(at, "name", { groupFrom: "group", defaultGroup: "external-secrets.io", defaultKind: "SecretStore" }, "reads");

const CERTIFICATE = [
  local("spec.issuerRef", "name", ISSUER, "is issued by"),
  ...["jks", "pkcs12"].map((format) => secretKey(`spec.keystores.${format}.passwordSecretRef`)),
];

/** Certificates and secrets: cert-manager, external-secrets. What they make is in the table of products. */
export const SECRET_REFERENCES: readonly ReferenceFact[] = [
  ...rows(certManager("Certificate"), ...CERTIFICATE),
  ...rows(certManager("CertificateRequest"), local("spec.issuerRef", "name", ISSUER, "is issued by")),
  ...rows(certManager("Issuer"), ...issuer("same")),
  ...rows(certManager("ClusterIssuer"), ...issuer("any")),
  // https://cert-manager.io/docs/usage/ingress/
  ...rows(
    networking("Ingress"),
    local("metadata.annotations[cert-manager.io/issuer]", "", certManager("Issuer"), "has certificates from"),
    clusterWide(
      "metadata.annotations[cert-manager.io/cluster-issuer]",
      "",
      certManager("ClusterIssuer"),
      "has certificates from",
    ),
  ),
  ...rows(
    external("ExternalSecret"),
    ...["spec.secretStoreRef", "spec.data[*].sourceRef.storeRef", "spec.dataFrom[*].sourceRef.storeRef"].map(store),
    local("spec.target.template.templateFrom[*].secret", "name", SECRET, "fills", { key: "items[*].key" }),
    configMapKey("spec.target.template.templateFrom[*].configMap", "fills", { key: "items[*].key" }),
  ),
  ...rows(
    external("PushSecret"),
    store("spec.secretStoreRefs[*]"),
    local("spec.selector.secret", "name", SECRET, "pushes"),
  ),
  ...["SecretStore", "ClusterSecretStore"].flatMap((kind) =>
    rows(
      external(kind),
      ...STORE_SECRETS.map((at) =>
        anywhere(at, "name", SECRET, "signs in with", {
          key: "key",
          ...(kind === "SecretStore" ? { namespace: "same" } : {}),
        }),
      ),
      ...STORE_ACCOUNTS.map((at) => anywhere(at, "name", SERVICE_ACCOUNT, "signs in as")),
    ),
  ),
];
