/**
 * Everything a rule may import.
 * @module
 */
export {
  type BuiltInKind,
  type BuiltInKinds,
  bestEffortSpoilers,
  Cluster,
  type Container,
  checkSchedule,
  compareAmounts,
  describeNamespace,
  describeSelector,
  guaranteedSpoilers,
  hasAmount,
  isImagePlaceholder,
  isZero,
  type Lookup,
  limitRangeDefaults,
  matchLabels,
  matchSelector,
  mayShareNamespace,
  PodTemplate,
  parseImage,
  podLevelResources,
  QOS_CLASSES,
  type QosClass,
  type QosSpoiler,
  qosOf,
  Resource,
  readResources,
} from "./cluster/index.js";
export type { Category, Severity } from "./diagnostics/diagnostic.js";
export { nearestName } from "./diagnostics/nearest-name.js";
export { defineRule } from "./engine/define-rule.js";
export type { Example, FixRequest, Message, Rule, RuleContext, RuleOptions } from "./engine/rule.js";
export { count, didYouMean, list } from "./engine/wording.js";
export { isPlaceholder } from "./schema/placeholder.js";
export { joinPath } from "./source/field-path.js";
