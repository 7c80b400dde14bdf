export { compareAmounts, isZero } from "./amount.js";
export { Cluster, type ClusterOptions, type Lookup } from "./cluster.js";
export {
  type Amounts,
  hasAmount,
  limitRangeDefaults,
  podLevelResources,
  type ResourceAmounts,
  readResources,
} from "./container-resources.js";
export { checkSchedule, type ScheduleMistake } from "./cron-schedule.js";
export { type ImageMistake, type ImageReference, isImagePlaceholder, parseImage } from "./images.js";
export { BUILT_IN_KINDS, type BuiltInKind, type BuiltInKinds, currentGroup } from "./kinds.js";
export { describeNamespace, mayShareNamespace } from "./namespaces.js";
export { type Container, POD_TEMPLATE_PATHS, PodTemplate, podTemplateOf } from "./pod-template.js";
export { bestEffortSpoilers, guaranteedSpoilers, QOS_CLASSES, type QosClass, type QosSpoiler, qosOf } from "./qos.js";
export { type KubernetesObject, Resource } from "./resource.js";
export { describeSelector, type Match, matchLabels, matchSelector } from "./selectors.js";
