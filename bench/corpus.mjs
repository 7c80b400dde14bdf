// A repository of manifests, the same every time: applications, generated CRDs, dashboards, and what `helm template`
// leaves behind.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const MEGABYTE = 1_000_000;

/** Shares of the bytes, after what operators' and platform teams' repositories hold. */
const SHARES = { crds: 0.35, dashboards: 0.2, applications: 0.15, rendered: 0.3 };

/**
 * Writes a corpus of about `megabytes` below `folder`; gives what was written.
 * @returns {{ files: number, bytes: number, documents: number, seconds: number }}
 */
export function writeCorpus(folder, megabytes, seed = 20) {
  const start = performance.now();
  const random = randomFrom(seed);
  const written = { files: 0, bytes: 0, documents: 0 };
  const write = (path, text) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    written.files++;
    written.bytes += Buffer.byteLength(text);
    written.documents += text.split(/^---$/m).filter((document) => document.trim() !== "").length;
  };
  const fill = (share, step) => {
    const end = written.bytes + megabytes * MEGABYTE * SHARES[share];
    for (let i = 0; written.bytes < end; i++) step(i);
  };

  fill("crds", (i) => write(`crds/${KINDS[i % KINDS.length].toLowerCase()}-${i}.yaml`, crd(random, i)));
  fill("dashboards", (i) => write(`monitoring/dashboards/dashboard-${i}.yaml`, dashboard(random, i)));
  fill("applications", (i) => {
    const app = application(random, i);
    const folder = `apps/team-${i % 12}/${app.name}`;
    // Most put an application into one file, some each object into one of its own.
    if (i % 4 > 0) write(`${folder}/app.yaml`, Object.values(app.files).join("---\n"));
    else for (const [name, text] of Object.entries(app.files)) write(`${folder}/${name}.yaml`, text);
  });
  fill("rendered", (i) => {
    const documents = [];
    for (let n = 0; n < 120; n++) documents.push(...Object.values(application(random, 100_000 + i * 1000 + n).files));
    write(`rendered/release-${i}.yaml`, documents.join("---\n"));
  });
  return { ...written, seconds: (performance.now() - start) / 1000 };
}

/** One small file with a Deployment and its Service. */
export function writeSmallFile(file) {
  const { files } = application(randomFrom(1), 1);
  writeFileSync(file, `${files.deployment}---\n${files.service}`);
}

/** mulberry32: small, and the same on every machine. */
function randomFrom(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    below: (n) => Math.floor(next() * n),
    pick: (list) => list[Math.floor(next() * list.length)],
    chance: (p) => next() < p,
  };
}

const WORDS =
  "the a of and to in that for is with as by be from an or which may when this value field list name object controller cluster node pod must service default specified resource used secret key requests default empty selected namespace if set each type label number seconds policy reference status condition template container volume network".split(
    " ",
  );
const KINDS = [
  "Backup",
  "Certificate",
  "Cluster",
  "Gateway",
  "Pipeline",
  "Probe",
  "Queue",
  "Route",
  "Schedule",
  "Topic",
];
const NOUNS = [
  "api",
  "auth",
  "billing",
  "cart",
  "catalog",
  "gateway",
  "ledger",
  "mailer",
  "orders",
  "search",
  "web",
  "worker",
];

const sentence = (random, words) => {
  const text = Array.from({ length: words }, () => random.pick(WORDS)).join(" ");
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
};
const indent = (text, by) => text.replace(/^(?=.)/gm, " ".repeat(by));

/** A CRD as controller-gen writes one: schemas some eight levels deep, half of the bytes descriptions. */
function crd(random, i) {
  const kind = KINDS[i % KINDS.length];
  const plural = `${kind.toLowerCase()}${i}s`;
  const versions = ["v1", ...(random.chance(0.4) ? ["v1beta1"] : [])].map(
    (name, v) => `    - additionalPrinterColumns:
        - jsonPath: .metadata.creationTimestamp
          name: Age
          type: date
      name: ${name}
      schema:
        openAPIV3Schema:
          description: ${kind} is ${sentence(random, 9)}
          properties:
            apiVersion:
              description: |-
                APIVersion defines the versioned schema of this representation of an object.
                Servers may reject unrecognized values.
              type: string
            kind:
              type: string
            metadata:
              type: object
            spec:
${indent(schema(random, 0), 14)}
            status:
              type: object
              x-kubernetes-preserve-unknown-fields: true
          type: object
      served: true
      storage: ${v === 0}
      subresources:
        status: {}
`,
  );
  return `---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  annotations:
    controller-gen.kubebuilder.io/version: v0.16.5
  name: ${plural}.bench.example.com
spec:
  group: bench.example.com
  names:
    kind: ${kind}${i}
    listKind: ${kind}${i}List
    plural: ${plural}
    singular: ${kind.toLowerCase()}${i}
  scope: Namespaced
  versions:
${versions.join("")}`;
}

function schema(random, depth) {
  const description = random.chance(0.5)
    ? `description: |-\n${Array.from({ length: 2 + random.below(3) }, () => `  ${sentence(random, 8 + random.below(10))}`).join("\n")}\n`
    : `description: ${sentence(random, 6 + random.below(8))}\n`;
  if (depth >= 6 || (depth > 1 && random.chance(0.55))) {
    const scalar = random.pick([
      "type: string",
      "type: boolean",
      "format: int32\ntype: integer",
      "default: Always\nenum:\n- Always\n- Never\n- IfNotPresent\ntype: string",
      "anyOf:\n- type: integer\n- type: string\nx-kubernetes-int-or-string: true",
      "additionalProperties:\n  type: string\ntype: object\nx-kubernetes-map-type: atomic",
      "maxLength: 253\nminLength: 1\npattern: ^[a-z0-9]([-a-z0-9]*[a-z0-9])?$\ntype: string",
    ]);
    return `${description}${scalar}`;
  }
  const fields = Array.from({ length: 3 + random.below(5) }, (_, n) => `${random.pick(WORDS)}${depth}${n}`);
  const properties = fields.map((field) => `  ${field}:\n${indent(schema(random, depth + 1), 4)}`).join("\n");
  const object = `properties:\n${properties}\nrequired:\n- ${fields[0]}\ntype: object`;
  return random.chance(0.3) && depth > 0
    ? `${description}items:\n${indent(object, 2)}\ntype: array\nx-kubernetes-list-type: atomic`
    : `${description}${object}`;
}

/** A ConfigMap whose values are block scalars: a dashboard's JSON, a rule file, a configuration. */
function dashboard(random, i) {
  const panels = Array.from({ length: 10 + random.below(60) }, (_, id) => ({
    id,
    title: sentence(random, 4),
    type: random.pick(["timeseries", "stat", "table"]),
    gridPos: { h: 8, w: 12, x: (id % 2) * 12, y: id * 4 },
    targets: [{ expr: `sum(rate(http_requests_total{job="${random.pick(NOUNS)}"}[5m])) by (code)`, refId: "A" }],
    fieldConfig: { defaults: { unit: "reqps", color: { mode: "palette-classic" } }, overrides: [] },
  }));
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: dashboard-${i}
  namespace: monitoring
  labels:
    grafana_dashboard: "1"
data:
  dashboard-${i}.json: |-
${indent(JSON.stringify({ title: `Dashboard ${i}`, panels }, null, 2), 4)}
  alerts.yaml: |
    groups:
      - name: alerts-${i}
        rules:
          - alert: HighLatency
            expr: histogram_quantile(0.99, rate(latency_bucket[5m])) > 0.5
            for: 10m
  nginx.conf: |
    # ${sentence(random, 10)}
    server {
      listen 8080;
      location / { proxy_pass http://upstream; }
    }
`;
}

/** What one service of a company consists of. One in twenty has a mistake that many people make. */
function application(random, i) {
  const name = `${random.pick(NOUNS)}-${i}`;
  const namespace = `team-${i % 12}`;
  const meta = (more = "") => `metadata:
  name: ${name}
  namespace: ${namespace}
  labels:
    app.kubernetes.io/name: ${name}
    app.kubernetes.io/part-of: shop
    app.kubernetes.io/managed-by: kustomize
${more}`;
  const mistake = random.chance(0.05);
  const tag = mistake ? "latest" : `${1 + random.below(4)}.${random.below(20)}.${random.below(9)}`;
  const env = Array.from(
    { length: 4 + random.below(16) },
    (_, n) =>
      `            - name: ${random.pick(NOUNS).toUpperCase()}_SETTING_${n}\n              value: ${random.pick([`"${random.below(9000)}"`, `http://${name}.${namespace}.svc/v1`, random.pick(WORDS)])}`,
  ).join("\n");
  const kind = random.chance(0.1) ? "StatefulSet" : "Deployment";
  const scaled = random.chance(0.3);
  const deployment = `apiVersion: apps/v1
kind: ${kind}
${meta()}spec:
${scaled ? "" : `  replicas: ${1 + random.below(5)}\n`}${kind === "StatefulSet" ? `  serviceName: ${name}\n` : ""}  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
        app.kubernetes.io/part-of: shop
      annotations:
        prometheus.io/scrape: "true"
        checksum/config: c${(i * 7919).toString(16).padStart(15, "0")}
    spec:
      serviceAccountName: ${name}
      securityContext:
        runAsNonRoot: true
        seccompProfile: {type: RuntimeDefault}
      containers:
        - name: ${name}
          image: registry.example.com/shop/${name}:${tag}
          args: ["--port=8080", "--log-format=json", "--config=/etc/${name}/config.yaml"]
          ports:
            - name: http
              containerPort: 8080
              protocol: TCP
            - name: metrics
              containerPort: 9090
          env:
            # Set here and not in the ConfigMap, since it differs by Pod.
            - name: POD_NAME
              valueFrom:
                fieldRef:
                  fieldPath: metadata.name
            - name: DATABASE_PASSWORD
              valueFrom:
                secretKeyRef:
                  name: ${name}
                  key: password
${env}
          resources:
            requests:
              cpu: ${50 + random.below(10) * 50}m
              memory: 256Mi
            limits:
              memory: 512Mi
          readinessProbe:
            httpGet:
              path: /ready
              port: http
            periodSeconds: 5
          livenessProbe:
            httpGet:
              path: /live
              port: http
            initialDelaySeconds: 15
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
          volumeMounts:
            - name: config
              mountPath: /etc/${name}
              readOnly: true
            - name: tmp
              mountPath: /tmp
      volumes:
        - name: config
          configMap:
            name: ${name}
        - name: tmp
          emptyDir: {}
`;
  const files = {
    deployment,
    service: `apiVersion: v1
kind: Service
${meta()}spec:
${kind === "StatefulSet" ? "  clusterIP: None\n" : ""}  selector:
    app.kubernetes.io/name: ${name}
  ports:
    - name: http
      port: 80
      targetPort: ${mistake && random.chance(0.3) ? "htpp" : "http"}
    - name: metrics
      port: 9090
      targetPort: metrics
`,
    configmap: `apiVersion: v1
kind: ConfigMap
${meta()}data:
  config.yaml: |
${indent(Array.from({ length: 8 + random.below(30) }, (_, n) => `setting${n}: ${random.pick(WORDS)}`).join("\n"), 4)}
  LOG_LEVEL: info
`,
    secret: `apiVersion: v1
kind: Secret
${meta()}type: Opaque
stringData:
  password: "from-the-bench"
`,
    rbac: `apiVersion: v1
kind: ServiceAccount
${meta()}---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
${meta()}rules:
  - apiGroups: [""]
    resources: [configmaps, secrets]
    verbs: [get, list, watch]
  - apiGroups: [apps]
    resources:
      - deployments
    verbs:
      - get
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
${meta()}roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: ${name}
subjects:
  - kind: ServiceAccount
    name: ${name}
    namespace: ${namespace}
`,
  };
  if (random.chance(0.4))
    files.ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
${meta()}spec:
  ingressClassName: nginx
  rules:
    - host: ${name}.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: ${name}
                port:
                  name: http
`;
  if (scaled)
    files.autoscaler = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
${meta()}spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: ${kind}
    name: ${name}
  minReplicas: 2
  maxReplicas: 10
  metrics:
    - type: Resource
      resource:
        name: cpu
        target: {type: Utilization, averageUtilization: 70}
`;
  return { name, files };
}
