import { type KindTable, rulesFor } from "../kind-rules.js";
import { API_SERVICE } from "./api-service.js";

/** https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/apiserver-aggregation/ */
export const API_REGISTRATION: KindTable = {
  "apiregistration.k8s.io/v1 APIService": rulesFor(API_SERVICE),
};
