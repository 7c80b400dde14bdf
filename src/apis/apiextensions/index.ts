import { type KindTable, rulesFor } from "../kind-rules.js";
import { CUSTOM_RESOURCE_DEFINITION } from "./custom-resource-definition.js";

/** https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/ */
export const API_EXTENSIONS: KindTable = {
  "apiextensions.k8s.io/v1 CustomResourceDefinition": rulesFor(CUSTOM_RESOURCE_DEFINITION),
};
