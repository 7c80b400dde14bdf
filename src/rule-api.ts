/**
 * Everything a rule may import.
 * @module
 */
export {
  type BuiltInKind,
  type BuiltInKinds,
  Cluster,
  type Container,
  describeNamespace,
  describeSelector,
  type Lookup,
  matchLabels,
  matchSelector,
  mayShareNamespace,
  PodTemplate,
  Resource,
} from "./cluster/index.js";
export type { Category, Severity } from "./diagnostics/diagnostic.js";
export { nearestName } from "./diagnostics/nearest-name.js";
export { defineRule } from "./engine/define-rule.js";
export type { Example, FixRequest, Message, Rule, RuleContext, RuleOptions } from "./engine/rule.js";
export { count, didYouMean, list } from "./engine/wording.js";
export { isPlaceholder } from "./schema/placeholder.js";
export { joinPath } from "./source/field-path.js";
