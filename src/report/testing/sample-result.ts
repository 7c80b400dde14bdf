import type { Category, Diagnostic, RelatedPlace, Severity } from "../../diagnostics/diagnostic.js";
import type { LintResult } from "../../engine/lint-result.js";
import type { RuleMetadata } from "../../engine/rule.js";
import { SourceFile } from "../../source/source-file.js";
import type { Span } from "../../source/span.js";
import type { ReportOptions } from "../reporter.js";

/** Options that hold for every golden. */
export const OPTIONS: ReportOptions = {
  color: false,
  width: 100,
  verbose: false,
  toolVersion: "0.1.0",
  workingDirectory: "/home/ada/shop",
};

/** The span of the `n`-th occurrence of a text in a file. */
export function spanOf(source: SourceFile, text: string, n = 1): Span {
  let start = -1;
  for (let i = 0; i < n; i++) start = source.text.indexOf(text, start + 1);
  if (start < 0) throw new Error(`no ${JSON.stringify(text)} in ${source.path}`);
  return { start, end: start + text.length };
}

const deployment = new SourceFile(
  "k8s/api/deployment.yaml",
  `apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  namespace: prod
spec:
  replicas: 2
  selector:
    matchLabels:
      app: api
  template:
    metadata:
      labels:
        app: backend
    spec:
      containers:
        - name: api
          image: registry.example.com/shop/api
          ports:
            - name: web
              containerPort: 8080
          envFrom:
            - configMapRef:
                name: api-confg
          resources:
            requests:
              memory: 2Gi
              cpu: 250m
            limits:
              memory: 1Gi
          command: ["/bin/api", "--greeting=Grüße, 世界 👋", "--verbose"]
`,
);

const service = new SourceFile(
  "k8s/api/service.yaml",
  `apiVersion: v1
kind: Service
metadata:
  name: api
  namespace: prod
spec:
  selector:
    app: api
  ports:
    - port: 80
      targetPort: http
`.replaceAll("\n", "\r\n"),
);

const configmap = new SourceFile(
  "./k8s/config, maps/api:config.yaml",
  `apiVersion: v1
kind: ConfigMap
metadata:
  name: api-config
data:
\tgreeting: hello\tworld
`,
);

const secret = new SourceFile(
  "k8s/secret.yaml",
  `apiVersion: v1
kind: Secret
metadata:
  name: db
type: Opaque
data:
  password: aHVudGVyMg==
  token: not base64 at all
stringdata:
  pin: "4711"
`,
);

const minified = new SourceFile(
  "k8s/policy.json",
  `{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"api","namespace":"prod","annotations":{"example.com/owner":"platform","example.com/reason":"only the shop front may talk to the API"}},"spec":{"podSelector":{"matchLabels":{"app":"front"}},"policyTypes":["Ingress"],"ingress":[{"from":[{"podSelector":{"matchLabels":{"app":"shop-front","tier":"web"}}}],"ports":[{"port":8080}]}]}}
`,
);

const hostile = new SourceFile(
  "k8s/<odd> & 'quoted' | name.yaml",
  `apiVersion: v1
kind: Pod
metadata:
  name: "</script><img src=x onerror=alert(1)>"
  labels:
    note: "esc \u001b[31m bidi \u202e ]]> | % \`tick\`"
`,
);

function metadata(id: string, category: Category, severity: Severity, summary: string, why: string): RuleMetadata {
  return {
    id,
    category,
    severity,
    since: "0.1.0",
    preset: "recommended",
    summary,
    why,
    references: ["https://kubernetes.io/docs/concepts/"],
    aliases: id === "selector-template-mismatch" ? ["selector-mismatch"] : [],
    url: `https://example.com/rules/${id}`,
  };
}

const RULES = [
  metadata(
    "selector-template-mismatch",
    "correctness",
    "error",
    "A workload's `selector` must select its own Pods.",
    `The API server refuses a workload whose template does not carry the labels
      its selector asks for.

      The selector cannot be changed later.`,
  ),
  metadata(
    "configmap-missing",
    "references",
    "warning",
    "A ConfigMap that is mounted must exist.",
    "The container waits for it.",
  ),
  metadata(
    "service-target-port-undeclared",
    "correctness",
    "warning",
    "A named `targetPort` must be declared.",
    "The name is looked up on each Pod.",
  ),
  metadata(
    "request-above-limit",
    "correctness",
    "error",
    "A request must not be above its limit.",
    "The API server refuses it.",
  ),
  metadata("image-tag-missing", "security", "warning", "An image has a tag.", "A restart may run another version."),
  metadata("yaml-syntax", "syntax", "error", "The text is YAML.", "Nothing can be read otherwise."),
  metadata("unknown-field", "schema", "error", "Fields are known.", "The API server drops or refuses them."),
  metadata("secret-data-not-base64", "schema", "error", "Values in `data` are base64.", "The API server refuses them."),
];

interface Extra {
  readonly help?: string;
  readonly field?: string;
  readonly related?: readonly RelatedPlace[];
  readonly fix?: Diagnostic["fix"];
  readonly severity?: Severity;
  readonly resource?: Diagnostic["resource"];
}

function finding(id: string, source: SourceFile, span: Span, message: string, extra: Extra = {}): Diagnostic {
  const rule = RULES.find((candidate) => candidate.id === id);
  return {
    rule: id,
    severity: rule?.severity ?? "note",
    category: rule?.category ?? "style",
    message,
    source,
    span,
    related: [],
    url: `https://example.com/rules/${id}`,
    ...extra,
  };
}

const api = { apiVersion: "apps/v1", kind: "Deployment", namespace: "prod", name: "api" };

const DIAGNOSTICS: readonly Diagnostic[] = [
  finding(
    "yaml-syntax",
    configmap,
    spanOf(configmap, "\t"),
    "A tab indents line 6, where YAML only takes spaces; the API server refuses it",
    {
      help: "Indent with two spaces",
      fix: {
        description: "Replace the tab with two spaces",
        safe: true,
        edits: [{ span: spanOf(configmap, "\t"), newText: "  " }],
      },
    },
  ),
  finding(
    "selector-template-mismatch",
    deployment,
    spanOf(deployment, "app: api"),
    'Deployment "api" selects app=api but labels its Pods app=backend; the API server refuses it',
    {
      help: 'Give the Pods the label "app: api"',
      resource: api,
      field: "spec.selector.matchLabels.app",
      related: [{ source: deployment, span: spanOf(deployment, "app: backend"), note: "the Pods' labels" }],
      fix: {
        description: 'Change "backend" to "api" in the labels and the selector',
        safe: false,
        edits: [
          { span: spanOf(deployment, "backend"), newText: "api" },
          { span: spanOf(deployment, "api", 3), newText: "api" },
        ],
      },
    },
  ),
  finding(
    "image-tag-missing",
    deployment,
    spanOf(deployment, "registry.example.com/shop/api"),
    'Image "registry.example.com/shop/api" has no tag, so a restarted Pod may run another version',
    { help: "Pin a tag or a digest", resource: api, field: "spec.template.spec.containers[0].image" },
  ),
  finding(
    "configmap-missing",
    deployment,
    spanOf(deployment, "api-confg"),
    'Deployment "api" reads ConfigMap "api-confg", which is not in the input',
    {
      help: 'Did you mean "api-config"? If it is created elsewhere, list it under externals',
      resource: api,
      field: "spec.template.spec.containers[0].envFrom[0].configMapRef.name",
      related: [{ source: configmap, span: spanOf(configmap, "api-config"), note: "the nearest name" }],
      fix: {
        description: 'Rename "api-confg" to "api-config"',
        safe: true,
        edits: [{ span: spanOf(deployment, "api-confg"), newText: "api-config" }],
      },
    },
  ),
  finding(
    "request-above-limit",
    deployment,
    {
      start: spanOf(deployment, "requests:").start,
      end: spanOf(deployment, "memory: 1Gi").end + 1,
    },
    'Container "api" requests 2Gi of memory, above its limit of 1Gi; the API server refuses it',
    { resource: api, field: "spec.template.spec.containers[0].resources" },
  ),
  finding(
    "greeting-not-english",
    deployment,
    spanOf(deployment, "世界 👋"),
    'Argument "--greeting=Grüße, 世界 👋" greets in two languages',
    { resource: api, field: "spec.template.spec.containers[0].command[1]" },
  ),
  finding(
    "service-target-port-undeclared",
    service,
    spanOf(service, "http"),
    'Service "api" sends traffic to port "http", which Deployment "api" does not declare',
    {
      help: 'Name a container port "http", or set targetPort to its number',
      resource: { apiVersion: "v1", kind: "Service", namespace: "prod", name: "api" },
      field: "spec.ports[0].targetPort",
      related: [
        { source: deployment, span: spanOf(deployment, "containers:"), note: "selected here" },
        { source: deployment, span: spanOf(deployment, "web"), note: "the one port declared" },
      ],
    },
  ),
  finding(
    "unknown-field",
    service,
    { start: service.text.length - 2, end: service.text.length - 2 },
    'Service "api" ends without "protocol", which this rule of the tests misses here',
    { severity: "note" },
  ),
  finding(
    "unknown-field",
    hostile,
    spanOf(hostile, '"</script><img src=x onerror=alert(1)>"'),
    'Pod "</script><img src=x onerror=alert(1)>" is named\nwith ]]> and % and | and <b>\u001b[31m @here #1 *\u0000*',
    { help: "See [the docs](1) & `rename` it: 100%, really", field: "metadata.name" },
  ),
  finding(
    "unknown-field",
    minified,
    spanOf(minified, '"shop-front"'),
    'NetworkPolicy "api" lets in Pods with app=shop-front, and no template has that label',
    {
      resource: { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", namespace: "prod", name: "api" },
      field: "spec.ingress[0].from[0].podSelector.matchLabels.app",
      severity: "warning",
    },
  ),
  finding(
    "secret-data-not-base64",
    secret,
    spanOf(secret, "not base64 at all"),
    'Secret "db" has a value under "token" that is not base64; the API server refuses it',
    { field: "data[token]", resource: { apiVersion: "v1", kind: "Secret", namespace: "", name: "db" } },
  ),
  finding("unknown-field", secret, spanOf(secret, "stringdata"), 'Unknown field "stringdata" in Secret "db"', {
    help: 'Did you mean "stringData"?',
    resource: { apiVersion: "v1", kind: "Secret", namespace: "", name: "db" },
    field: "stringdata",
    fix: {
      description: 'Rename "stringdata" to "stringData"',
      safe: true,
      edits: [{ span: spanOf(secret, "stringdata"), newText: "stringData" }],
    },
  }),
];

/** What reporters have trouble with, in one run. */
export const SAMPLE: LintResult = {
  kubernetesVersion: "1.34",
  summary: { files: 9, documents: 11, objects: 10, errors: 6, warnings: 4, notes: 2, suppressed: 2, skipped: 3 },
  diagnostics: DIAGNOSTICS,
  skipped: [
    { path: "charts/shop/values.yaml", reason: "helm-values" },
    { path: "k8s/docs.md", document: { index: 1, span: { start: 40, end: 80 } }, reason: "fragment" },
    { path: "k8s/private.yaml", reason: "unreadable", detail: "EACCES: permission denied" },
  ],
  faults: [
    {
      rule: "image-tag-missing",
      subject: 'CronJob "<b>backup</b>"',
      message: "Cannot read properties of undefined (reading 'tag')",
    },
  ],
  remarks: ['Pod of Deployment "api" has QoS class Burstable'],
  rules: new Map(RULES.map((rule) => [rule.id, rule])),
};

/** A run without a finding. */
export const CLEAN: LintResult = {
  ...SAMPLE,
  summary: { ...SAMPLE.summary, errors: 0, warnings: 0, notes: 0, suppressed: 0, skipped: 0 },
  diagnostics: [],
  skipped: [],
  faults: [],
  remarks: [],
};
