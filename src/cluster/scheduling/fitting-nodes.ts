import type { Node, Pod, PodSpec } from "../../apis/types/core.v1.generated.js";
import { isPlaceholder } from "../../schema/placeholder.js";
import type { Cluster } from "../cluster.js";
import { standAlone } from "../duplicates.js";
import { expectedPodIn } from "../namespace-limits/expected-pod.js";
import type { PodTemplate } from "../pods/pod-template.js";
import { folderOf, type Resource } from "../resource.js";
import { matchSelector } from "../selection/selectors.js";
import { hostPortsOf } from "./host-ports.js";
import { matchesNodeSelection } from "./node-selectors.js";
import { numbersOf, podRequests } from "./pod-requests.js";
import { untoleratedTaint } from "./taints.js";

/** Which Nodes of the input can take a Pod of a template, whatever else runs there. */
export interface NodeFit {
  readonly fitting: number;
  readonly nodes: number;
  /** Why the others do not, as parts of a sentence with how many Nodes give each reason. */
  readonly reasons: readonly string[];
  /** Why a Node takes no more than one of them: `host port 80`; undefined where it may. */
  readonly oneEach: string | undefined;
}

/** So often a Pod is held against a Node; what comes after many different Pods on many Nodes is let pass. */
const MOST_COMPARED = 500_000;

const HOSTNAME = "kubernetes.io/hostname";

/** Beyond, the Nodes of the input are not looked at: a cluster that large is not kept in manifests. */
const MOST_NODES = 1000;

interface NodeFacts {
  readonly nodes: readonly Node[];
  /** The folders of what is taken to be meant for these Nodes: those beside a Node, and all below them. */
  readonly reach: ReadonlySet<string>;
  readonly known: Map<string, NodeFit>;
}

const folderAbove = (folder: string): string => folder.slice(0, Math.max(0, folder.lastIndexOf("/")));

/** Trees of many examples have Nodes for some of them. */
function isInReach(owner: Resource, reach: ReadonlySet<string>): boolean {
  for (let folder = folderOf(owner); ; folder = folderAbove(folder)) {
    if (reach.has(folder)) return true;
    if (folder === "") return false;
  }
}

const factsOf = new WeakMap<Cluster, NodeFacts>();

function nodesOf(cluster: Cluster): NodeFacts {
  const known = factsOf.get(cluster);
  if (known !== undefined) return known;
  const resources = cluster.ofKind("Node");
  const certain = resources.every(
    (node) => node.doubtful.length === 0 && node.name !== "" && !isPlaceholder(node.name) && !standAlone(node),
  );
  const nodes =
    certain && resources.length <= MOST_NODES ? resources.map(({ object }) => object as unknown as Node) : [];
  const facts: NodeFacts = {
    nodes,
    reach: new Set(resources.map((node) => folderAbove(folderOf(node)))),
    known: new Map(),
  };
  factsOf.set(cluster, facts);
  return facts;
}

/** Undefined where the input has no Nodes, or does not say enough of the Pod. */
export function fitOnNodes(pod: PodTemplate, cluster: Cluster): NodeFit | undefined {
  if (cluster.ofKind("Node").length === 0 || pod.spec.nodeName !== undefined) return undefined;
  const { nodes, reach, known } = nodesOf(cluster);
  const isMeant = nodes.length > 0 && !standAlone(pod.owner) && isInReach(pod.owner, reach);
  const expected = isMeant ? expectedPodIn(pod, cluster) : undefined;
  if (expected === undefined) return undefined;
  const { spec } = expected;
  const key = JSON.stringify([
    spec.nodeSelector,
    spec.affinity,
    spec.tolerations,
    spec.topologySpreadConstraints,
    podRequests(spec),
    hostPortsOf(spec),
    spec.affinity?.podAntiAffinity && expected.metadata.labels,
  ]);
  const found = known.get(key);
  if (found !== undefined) return found;
  if (isPlaceholder(key) || known.size * nodes.length > MOST_COMPARED) return undefined;
  const fit = fitOf(expected, nodes);
  known.set(key, fit);
  return fit;
}

function fitOf(pod: Pod, nodes: readonly Node[]): NodeFit {
  const requests = podRequests(pod.spec);
  const keys = selectedKeys(pod.spec);
  const reasons = new Map<string, number>();
  let fitting = 0;
  for (const node of nodes) {
    const reason = refusalOf(pod.spec, requests, keys, node);
    if (reason === undefined) fitting++;
    else reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return {
    fitting,
    nodes: nodes.length,
    reasons: [...reasons].map(([reason, times]) => `${times} ${reason}`),
    oneEach: whyOneEach(pod),
  };
}

/** Only what stays as it is: that a node is cordoned or not ready passes. */
function refusalOf(
  spec: PodSpec,
  requests: Readonly<Record<string, number>>,
  keys: readonly string[],
  node: Node,
): string | undefined {
  const labels = node.metadata.labels ?? {};
  // The kubelet and the cloud label a node that has registered.
  const isRegistered = node.status?.nodeInfo !== undefined;
  const isOpen = !isRegistered && keys.some((key) => isSetLater(key) && labels[key] === undefined);
  if (!isOpen && !matchesNodeSelection(spec, node)) return "not selected by nodeSelector or affinity";
  const unlabelled = requiredDomains(spec).find(
    (key) => key && labels[key] === undefined && (isRegistered || !isSetLater(key)),
  );
  if (unlabelled !== undefined) return `without the label ${unlabelled}, over which its Pods are placed`;
  const lasting = (node.spec?.taints ?? []).filter(({ key }) => key && !key.startsWith("node.kubernetes.io/"));
  const taint = untoleratedTaint(lasting, spec.tolerations);
  if (taint !== undefined) return `with the taint ${taint.key} that it does not tolerate`;
  const { allocatable } = node.status ?? {};
  if (allocatable === undefined) return undefined;
  const room = numbersOf(
    Object.fromEntries(Object.entries(allocatable).map(([name, amount]) => [name, String(amount)])),
  );
  const lacking = Object.keys(requests).find((name) => requests[name]! > (room[name] ?? 0));
  return lacking === undefined ? undefined : `with too little ${lacking}`;
}

const isSetLater = (key: string): boolean => /(^|\.)(kubernetes|k8s)\.io\//.test(key);

function selectedKeys({ nodeSelector = {}, affinity }: PodSpec): string[] {
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  return [
    ...Object.keys(nodeSelector),
    ...terms.flatMap(({ matchExpressions = [] }) => matchExpressions.map(({ key }) => key)),
  ];
}

/** The labels that a node needs for the Pod's constraints and affinities to other Pods. */
const requiredDomains = ({ affinity, topologySpreadConstraints = [] }: PodSpec): string[] => [
  ...topologySpreadConstraints.flatMap(({ topologyKey, whenUnsatisfiable }) =>
    whenUnsatisfiable === "DoNotSchedule" ? topologyKey : [],
  ),
  ...(affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map(
    ({ topologyKey }) => topologyKey,
  ),
];

/** Replicas keep each other off a node by the ports that they take of it, and by what they say of each other. */
function whyOneEach({ metadata, spec }: Pod): string | undefined {
  const [port] = hostPortsOf(spec);
  if (port !== undefined) return `host port ${port.port.replace(/^.*\//, "")}`;
  const terms = spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const labels = metadata.labels ?? {};
  const itself = terms.some(
    ({ topologyKey, labelSelector, namespaces, namespaceSelector }) =>
      topologyKey === HOSTNAME &&
      !namespaces?.length &&
      namespaceSelector === undefined &&
      labelSelector !== undefined &&
      matchSelector(labelSelector, labels) === "yes",
  );
  return itself ? "required anti-affinity" : undefined;
}
