export { Cluster, type ClusterOptions, type Lookup } from "./cluster.js";
export { BUILT_IN_KINDS, type BuiltInKind, type BuiltInKinds, currentGroup } from "./kinds.js";
export { describeNamespace, mayShareNamespace } from "./namespaces.js";
export { type Container, POD_TEMPLATE_PATHS, PodTemplate, podTemplateOf } from "./pod-template.js";
export { type KubernetesObject, Resource } from "./resource.js";
export { describeSelector, type Match, matchLabels, matchSelector } from "./selectors.js";
