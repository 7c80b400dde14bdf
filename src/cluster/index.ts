export { checkSchedule, type ScheduleMistake } from "../apis/meta/cron-schedule.js";
export { Cluster, type ClusterOptions, type Lookup, type PodMatches } from "./cluster.js";
export { areAppliedTogether, type Duplicate, duplicatesIn } from "./duplicates.js";
export { BUILT_IN_KINDS, type BuiltInKind, type BuiltInKinds, currentGroup } from "./kinds.js";
export {
  type BrokenLimit,
  isReplacedFirst,
  limitsBrokenBy,
  limitsBrokenByClaimOf,
  type PodSecurityRefusal,
  podSecurityRefusal,
  type QuotaDemand,
  type QuotaRefusal,
  quotaDemands,
  quotasThatRefuse,
} from "./namespace-limits/index.js";
export { describeNamespace, mayShareNamespace } from "./namespaces.js";
export {
  type BackendReference,
  backendsOf,
  type IngressRoute,
  ingressClassOf,
  isCanary,
  routesOf,
  servicesWithoutPort,
} from "./network/ingress-backends.js";
export { type PolicyPeer, type PolicyRule, policyRules } from "./network/network-policies.js";
export {
  type DeclaredPort,
  declaredPorts,
  describePort,
  findTargetPort,
  isOpenPort,
  type PortSearch,
  portsOf,
  protocolOf,
  searchPort,
  servicePorts,
  type TargetPort,
} from "./network/service-ports.js";
export { compareAmounts, isZero } from "./pods/amount.js";
export {
  type Amounts,
  hasAmount,
  limitRangeDefaults,
  podLevelResources,
  type ResourceAmounts,
  readResources,
} from "./pods/container-resources.js";
export { isSensitiveHostPath, runtimeSocketIn } from "./pods/host-paths.js";
export { type HostPortConflict, hostPortConflicts } from "./pods/host-ports.js";
export { type ImageMistake, type ImageReference, isImagePlaceholder, parseImage } from "./pods/images.js";
export { isLongRunning } from "./pods/long-running.js";
export { type Container, POD_TEMPLATE_PATHS, PodTemplate, podTemplateOf } from "./pods/pod-template.js";
export { type ProbedPort, probedPorts } from "./pods/probe-ports.js";
export {
  bestEffortSpoilers,
  guaranteedSpoilers,
  QOS_CLASSES,
  type QosClass,
  type QosSpoiler,
  qosOf,
} from "./pods/qos.js";
export type { GrantedRule } from "./rbac/aggregation.js";
export {
  type AccessAnswer,
  type AccessDecision,
  type AccessGrant,
  Authorizer,
  type Requester,
  SUPERUSERS,
  type SubjectRule,
} from "./rbac/authorizer.js";
export { impersonatedGroups, mayGrant, type Refusal, refuseGrant, refuseRequest } from "./rbac/escalation.js";
export {
  accountOf,
  accountUser,
  describeSubject,
  groupsOf,
  type PolicyBinding,
  type PolicyRole,
  type PolicySubject,
} from "./rbac/policy-objects.js";
export { ESCALATING_POWERS, type GrantedPower, type Power, powersOf, SENSITIVE_POWERS } from "./rbac/powers.js";
export { findResource, type NamedResource, type ResourceSearch } from "./rbac/resource-names.js";
export {
  clusterScopedResources,
  findRuleMistakes,
  findVerbMistakes,
  isReviewWithoutCreate,
  type PolicyRuleText,
  type RuleMistake,
  type VerbMistake,
} from "./rbac/role-mistakes.js";
export { type AccessRequest, allows } from "./rbac/rule-matching.js";
export type { Doubt, PolicyPlace, ReachAnswer, SideAnswer, Verdict } from "./reachability/answers.js";
export {
  type Destination,
  type Destinations,
  ingressBackends,
  type PortRequest,
  podDestinations,
  serviceDestinations,
} from "./reachability/destinations.js";
export { reachesDns } from "./reachability/dns-access.js";
export { type Endpoint, type PodEndpoint, portText, type TrafficPort } from "./reachability/endpoints.js";
export { describeEndpoint, type Explanation, explain, explainSide } from "./reachability/explain.js";
export { controllerOf } from "./reachability/ingress-controllers.js";
export { type Matrix, type MatrixCell, type MatrixGroup, matrixOf } from "./reachability/matrix.js";
export { Reachability, reach, reachabilityOf } from "./reachability/reachability.js";
export { refusedCall } from "./reachability/refused-calls.js";
export { type RefusedCall, type ServiceCall, serviceCalls } from "./reachability/service-calls.js";
export { keysOf } from "./references/config-data.js";
export { absentContainerNames, type ContainerName } from "./references/container-names.js";
export type { Edge } from "./references/edges.js";
export { lacksGrant } from "./references/grants.js";
export { type MissingMember, missingMember } from "./references/members.js";
export { type MissingSubset, missingSubsets } from "./references/mesh-subsets.js";
export { ownershipCycles } from "./references/ownership.js";
export type { ProducedObject } from "./references/produced-objects.js";
export type { GroupKind, ReferenceFact } from "./references/reference-facts.js";
export { type Reference, References } from "./references/references.js";
export { type ServiceHost, serviceHosts } from "./references/service-hosts.js";
export { isUsed } from "./references/use.js";
export { isIdentified, type KubernetesObject, Resource } from "./resource.js";
export { type Autoscaler, autoscalersOf, type ScaleTarget, scaleTargetOf } from "./scaling/autoscalers.js";
export { type UtilizationMetric, utilizationMetrics } from "./scaling/autoscaling-metrics.js";
export { type CoveredPods, podsCoveredBy, readAmount, requiredAvailable } from "./scaling/disruption.js";
export { type ReplicaRange, replicaRange } from "./scaling/replica-range.js";
export { fitOnNodes, type NodeFit } from "./scheduling/fitting-nodes.js";
export { type ImpossibleSelection, impossibleSelection } from "./scheduling/impossible-selection.js";
export { type ClosestPod, closestPod, describeClosest, type Selection, selectionIn } from "./selection/closest-pods.js";
export { hiddenPodMaker } from "./selection/pod-makers.js";
export { type SelectorOverlap, selectorOverlaps } from "./selection/selector-overlaps.js";
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
} from "./selection/selectors.js";
export { type WorkloadSelector, workloadSelectorOf } from "./selection/workload-selectors.js";
export {
  type ExclusiveClaim,
  exclusiveClaims,
  namedVolumeMisfit,
  type Unbound,
  volumesThatDoNotFit,
} from "./storage/claims-in-text.js";
