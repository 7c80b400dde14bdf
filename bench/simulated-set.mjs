// Sets of manifests for `kubeproof simulate`, the same every time: namespaces, nodes, and applications of five objects.
import { writeFileSync } from "node:fs";

const APPLICATIONS_IN_A_NAMESPACE = 20;
const OBJECTS_OF_A_NODE = 50;

/** Writes a set of about so many objects; gives how many they are. */
export function writeSimulatedSet(file, objects) {
  const nodes = Math.ceil(objects / OBJECTS_OF_A_NODE);
  const namespaces = Math.ceil(objects / 5 / APPLICATIONS_IN_A_NAMESPACE);
  const applications = Math.floor((objects - nodes - namespaces) / 5);
  const documents = [
    ...times(namespaces, (i) => `apiVersion: v1\nkind: Namespace\nmetadata: {name: team-${i}}\n`),
    ...times(nodes, node),
    ...times(applications, (i) => application(`app-${i}`, `team-${i % namespaces}`)).flat(),
  ];
  writeFileSync(file, documents.join("---\n"));
  return documents.length;
}

const times = (count, make) => Array.from({ length: count }, (_, i) => make(i));

const node = (i) => `apiVersion: v1
kind: Node
metadata: {name: node-${i}, labels: {kubernetes.io/hostname: node-${i}, topology.kubernetes.io/zone: zone-${i % 3}}}
status: {capacity: {cpu: "64", memory: 256Gi, pods: "250"}}
`;

const application = (name, namespace) => [
  `apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}, namespace: ${namespace}}
data: {LOG_LEVEL: info}
`,
  `apiVersion: v1
kind: Secret
metadata: {name: ${name}, namespace: ${namespace}}
stringData: {password: from-the-bench}
`,
  `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  replicas: 3
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
        - name: app
          image: registry.example.com/${name}:1.0
          envFrom: [{configMapRef: {name: ${name}}}, {secretRef: {name: ${name}}}]
          ports: [{name: http, containerPort: 8080}]
          resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 128Mi}}
`,
  `apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  selector: {app: ${name}}
  ports: [{name: http, port: 80, targetPort: http}]
`,
  `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  minAvailable: 2
  selector: {matchLabels: {app: ${name}}}
`,
];
