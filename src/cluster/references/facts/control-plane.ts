import {
  admission,
  anywhere,
  clusterWide,
  core,
  kindIn,
  local,
  NAMESPACE,
  NODE,
  OWN_NAMESPACE,
  type ReferenceFact,
  type Row,
  rows,
  SECRET,
  SERVICE,
  SERVICE_ACCOUNT,
  type SelectorFact,
  selectors,
  servicePort,
} from "./fact.js";

const rbac = kindIn("rbac.authorization.k8s.io");
const flowcontrol = kindIn("flowcontrol.apiserver.k8s.io");
const resource = kindIn("resource.k8s.io");
const FROM_API_VERSION = { groupFrom: "apiVersion", defaultGroup: "" } as const;

/** https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#service-reference: port 443 unless given. */
const called = (at: string, verb: string): Row =>
  anywhere(at, "name", SERVICE, verb, { member: servicePort("port", 443) });

const WEBHOOKS = ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"];
const POLICIES = ["ValidatingAdmissionPolicy", "MutatingAdmissionPolicy"] as const;

/** Permissions, admission, API extensions, autoscaling, devices: what steers the cluster itself. */
export const CONTROL_PLANE_REFERENCES: readonly ReferenceFact[] = [
  // https://kubernetes.io/docs/concepts/architecture/garbage-collection/#owners-dependents
  ...rows("object", local("metadata.ownerReferences[*]", "name", FROM_API_VERSION, "is owned by", { optional: true })),
  ...rows(
    SERVICE_ACCOUNT,
    local("imagePullSecrets[*]", "name", SECRET, "pulls images with"),
    local("secrets[*]", "name", SECRET, "lists"),
  ),
  // The controller deletes a token whose account is not there.
  ...rows(
    SECRET,
    local("metadata.annotations[kubernetes.io/service-account.name]", "", SERVICE_ACCOUNT, "holds a token of"),
  ),
  ...["RoleBinding", "ClusterRoleBinding"].flatMap((kind) =>
    rows(
      rbac(kind),
      local("roleRef", "name", { groupFrom: "apiGroup", defaultGroup: "rbac.authorization.k8s.io" }, "grants"),
      anywhere("subjects[*]", "name", SERVICE_ACCOUNT, "grants permissions to", {
        when: { field: "kind", is: "ServiceAccount" },
      }),
    ),
  ),
  ...WEBHOOKS.flatMap((kind) => rows(admission(kind), called("webhooks[*].clientConfig.service", "sends requests to"))),
  ...rows({ group: "apiregistration.k8s.io", kind: "APIService" }, called("spec.service", "is served by")),
  ...rows(
    { group: "apiextensions.k8s.io", kind: "CustomResourceDefinition" },
    called("spec.conversion.webhook.clientConfig.service", "converts versions through"),
  ),
  ...POLICIES.flatMap((kind) =>
    rows(admission(`${kind}Binding`), clusterWide("spec", "policyName", admission(kind), "binds"), {
      at: "spec.paramRef",
      name: "name",
      to: { parametersOf: kind },
      namespace: OWN_NAMESPACE,
      verb: "takes its parameters from",
    }),
  ),
  ...rows(
    flowcontrol("FlowSchema"),
    clusterWide("spec.priorityLevelConfiguration", "name", flowcontrol("PriorityLevelConfiguration"), "queues at"),
    anywhere("spec.rules[*].subjects[*].serviceAccount", "name", SERVICE_ACCOUNT, "is about", { except: ["*"] }),
  ),
  ...rows(
    { group: "autoscaling", kind: "HorizontalPodAutoscaler" },
    local("spec.scaleTargetRef", "name", FROM_API_VERSION, "scales"),
    local("spec.metrics[*].object.describedObject", "name", FROM_API_VERSION, "reads a metric of"),
  ),
  ...rows(
    { group: "autoscaling.k8s.io", kind: "VerticalPodAutoscaler" },
    local("spec.targetRef", "name", FROM_API_VERSION, "sizes"),
  ),
  ...["ResourceClaim", "ResourceClaimTemplate"].flatMap((kind) => {
    const requests = `${kind === "ResourceClaim" ? "spec" : "spec.spec"}.devices.requests[*]`;
    return rows(
      resource(kind),
      ...[requests, `${requests}.exactly`, `${requests}.firstAvailable[*]`].map((at) =>
        clusterWide(at, "deviceClassName", resource("DeviceClass"), "asks for"),
      ),
    );
  }),
  ...rows(resource("ResourceSlice"), clusterWide("spec", "nodeName", NODE, "is on", { optional: true })),
];

/** Which namespaces and objects admission is about, which roles a ClusterRole gathers, which Nodes a runtime is on. */
export const CONTROL_PLANE_SELECTORS: readonly SelectorFact[] = [
  ...WEBHOOKS.flatMap((kind) =>
    selectors(admission(kind), {
      at: "webhooks[*]",
      selector: "namespaceSelector",
      form: "selector",
      to: NAMESPACE,
      namespace: "none",
      verb: "is asked about",
    }),
  ),
  ...POLICIES.flatMap((kind) => [
    ...selectors(admission(kind), {
      at: "spec.matchConstraints",
      selector: "namespaceSelector",
      form: "selector",
      to: NAMESPACE,
      namespace: "none",
      verb: "is about",
    }),
    ...selectors(admission(`${kind}Binding`), {
      at: "spec.matchResources",
      selector: "namespaceSelector",
      form: "selector",
      to: NAMESPACE,
      namespace: "none",
      verb: "is about",
    }),
  ]),
  ...selectors(rbac("ClusterRole"), {
    at: "aggregationRule.clusterRoleSelectors[*]",
    selector: "",
    form: "selector",
    to: rbac("ClusterRole"),
    namespace: "none",
    verb: "gathers",
  }),
  ...selectors(
    { group: "node.k8s.io", kind: "RuntimeClass" },
    { at: "scheduling.nodeSelector", selector: "", form: "labels", to: NODE, namespace: "none", verb: "runs on" },
  ),
  ...selectors(resource("ResourceSlice"), {
    at: "spec.nodeSelector",
    selector: "",
    form: "nodeSelector",
    to: core("Node"),
    namespace: "none",
    verb: "is on",
  }),
];
