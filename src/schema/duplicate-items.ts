/**
 * Lists whose items the server wants to differ, by type and field. In any other list with keys two equal items are taken
 * on create, and refused by server-side apply.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy
 */
const REFUSED = new Set([
  "CSINodeSpec.drivers",
  "Container.volumeDevices",
  "Container.volumeMounts",
  "EphemeralContainer.volumeDevices",
  "MutatingWebhook.matchConditions",
  "MutatingWebhookConfiguration.webhooks",
  "PodSpec.containers",
  "PodSpec.initContainers",
  "PodSpec.resourceClaims",
  "PodSpec.schedulingGates",
  "PodSpec.topologySpreadConstraints",
  "PodSpec.volumes",
  "ResourceRequirements.claims",
  "ServiceSpec.ports",
  "ValidatingAdmissionPolicyBindingSpec.validationActions",
  "ValidatingAdmissionPolicySpec.matchConditions",
  "ValidatingWebhook.matchConditions",
  "ValidatingWebhookConfiguration.webhooks",
]);

/** Whether the server refuses an object with two equal items in this list. */
export function duplicatesRefused(definition: string, field: string): boolean {
  return REFUSED.has(`${definition.slice(definition.lastIndexOf(".") + 1)}.${field}`);
}
