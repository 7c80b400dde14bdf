import { CONTROL_PLANE_REFERENCES, CONTROL_PLANE_SELECTORS } from "./facts/control-plane.js";
import { DELIVERY_REFERENCES } from "./facts/delivery.js";
import type { ReferenceFact, SelectorFact } from "./facts/fact.js";
import { GATEWAY_REFERENCES, GATEWAY_SELECTORS } from "./facts/gateway-api.js";
import { ISTIO_REFERENCES, ISTIO_SELECTORS } from "./facts/istio.js";
import { MONITORING_REFERENCES, MONITORING_SELECTORS } from "./facts/monitoring.js";
import { NETWORK_REFERENCES, NETWORK_SELECTORS } from "./facts/network.js";
import { POD_REFERENCES, POD_SELECTORS } from "./facts/pods.js";
import { SECRET_REFERENCES } from "./facts/secrets.js";
import { STORAGE_REFERENCES, STORAGE_SELECTORS } from "./facts/storage.js";

export type { GroupKind, Member, ReferenceFact, Scope, SelectorFact, Target } from "./facts/fact.js";

/**
 * Every field by which an object names another, as one table. A row says where the naming stands, what it names, and
 * how a sentence puts it. Source: https://kubernetes.io/docs/reference/kubernetes-api/ and the references of each
 * extension.
 */
export const REFERENCE_FACTS: readonly ReferenceFact[] = [
  ...POD_REFERENCES,
  ...STORAGE_REFERENCES,
  ...NETWORK_REFERENCES,
  ...CONTROL_PLANE_REFERENCES,
  ...GATEWAY_REFERENCES,
  ...ISTIO_REFERENCES,
  ...SECRET_REFERENCES,
  ...MONITORING_REFERENCES,
  ...DELIVERY_REFERENCES,
];

/** Every field by which an object selects others by their labels. */
export const SELECTOR_FACTS: readonly SelectorFact[] = [
  ...POD_SELECTORS,
  ...STORAGE_SELECTORS,
  ...NETWORK_SELECTORS,
  ...CONTROL_PLANE_SELECTORS,
  ...GATEWAY_SELECTORS,
  ...ISTIO_SELECTORS,
  ...MONITORING_SELECTORS,
];
