export { checkSchedule, type ScheduleMistake } from "../apis/meta/cron-schedule.js";
export { compareAmounts, isZero } from "./amount.js";
export { type Autoscaler, autoscalersOf, type ScaleTarget, scaleTargetOf } from "./autoscalers.js";
export { type UtilizationMetric, utilizationMetrics } from "./autoscaling-metrics.js";
export { type ClosestPod, closestPod, describeClosest, type Selection, selectionIn } from "./closest-pods.js";
export { Cluster, type ClusterOptions, type Lookup, type PodMatches } from "./cluster.js";
export { keysOf } from "./config-data.js";
export {
  type Amounts,
  hasAmount,
  limitRangeDefaults,
  podLevelResources,
  type ResourceAmounts,
  readResources,
} from "./container-resources.js";
export { type CoveredPods, podsCoveredBy, readAmount, requiredAvailable } from "./disruption.js";
export { areAppliedTogether, type Duplicate, duplicatesIn } from "./duplicates.js";
export { isSensitiveHostPath, runtimeSocketIn } from "./host-paths.js";
export { type HostPortConflict, hostPortConflicts } from "./host-ports.js";
export { type ImageMistake, type ImageReference, isImagePlaceholder, parseImage } from "./images.js";
export {
  type BackendReference,
  backendsOf,
  type IngressRoute,
  ingressClassOf,
  isCanary,
  routesOf,
  servicesWithoutPort,
} from "./ingress-backends.js";
export { BUILT_IN_KINDS, type BuiltInKind, type BuiltInKinds, currentGroup } from "./kinds.js";
export { isLongRunning } from "./long-running.js";
export { describeNamespace, mayShareNamespace } from "./namespaces.js";
export { type PolicyPeer, type PolicyRule, policyRules } from "./network-policies.js";
export { hiddenPodMaker } from "./pod-makers.js";
export { type Container, POD_TEMPLATE_PATHS, PodTemplate, podTemplateOf } from "./pod-template.js";
export { type ProbedPort, probedPorts } from "./probe-ports.js";
export type { ProducedObject } from "./produced-objects.js";
export { bestEffortSpoilers, guaranteedSpoilers, QOS_CLASSES, type QosClass, type QosSpoiler, qosOf } from "./qos.js";
export {
  clusterScopedResources,
  findRuleMistakes,
  findVerbMistakes,
  isReviewWithoutCreate,
  type PolicyRuleText,
  type RuleMistake,
  type VerbMistake,
} from "./rbac-mistakes.js";
export type { GroupKind, ReferenceFact } from "./reference-facts.js";
export { type Reference, References } from "./references.js";
export { type KubernetesObject, Resource } from "./resource.js";
export { type SelectorOverlap, selectorOverlaps } from "./selector-overlaps.js";
export {
  describeActual,
  describeSelector,
  hasPlaceholder,
  isEmptySelector,
  type Match,
  matchLabels,
  matchSelector,
  type UnmetRequirement,
  unmetRequirements,
} from "./selectors.js";
export {
  type DeclaredPort,
  declaredPorts,
  describePort,
  findTargetPort,
  isIdentified,
  isOpenPort,
  type PortSearch,
  portsOf,
  protocolOf,
  searchPort,
  servicePorts,
  type TargetPort,
} from "./service-ports.js";
export { type WorkloadSelector, workloadSelectorOf } from "./workload-selectors.js";
