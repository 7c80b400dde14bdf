import type { AdmitContext, ApiObject } from "../kind-rules.js";
import { isNameGenerated } from "../meta/system-fields.js";
import { kindIndexOf } from "../served-kinds.js";
import {
  type ClusterAdmission,
  type CustomKind,
  type Denial,
  EMPTY_CLUSTER,
  type PriorityClassFacts,
  type RuntimeClassFacts,
  type Surroundings,
} from "../surroundings.js";
import type {
  ExpressionWarning,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from "../types/admissionregistration.v1.generated.js";
import type { CustomResourceDefinition } from "../types/apiextensions.v1.generated.js";
import type { PersistentVolumeClaim, Pod, Service } from "../types/core.v1.generated.js";
import type { Ingress } from "../types/networking.v1.generated.js";
import type { RuntimeClass } from "../types/node.v1.generated.js";
import type { PriorityClass } from "../types/scheduling.v1.generated.js";
import type { StorageClass } from "../types/storage.v1.generated.js";
import { growthFaults } from "./claim-growth.js";
import { customKindsOf, namesOf } from "./custom-resource.js";
import { DefaultClasses, setIngressClass, setStorageClass } from "./default-classes.js";
import { type Fault, forbid } from "./denials.js";
import { setLimitDefaults } from "./limit-ranges.js";
import { alreadyThere, faultsInNamespace, quotaFaults, uncountedFaults } from "./namespace-review.js";
import { initialNamespaces, type NamespaceState, startNamespace } from "./namespace-state.js";
import { ClusterPolicies, type ReviewedRequest, type Sender, type SenderOf } from "./policies/cluster-policies.js";
import { expressionWarnings } from "./policies/expression-warnings.js";
import type { ParameterKind } from "./policies/policy-request.js";
import type { FindAnswer, WebhookConfiguration } from "./policies/webhook-set.js";
import { askForAccount } from "./service-accounts.js";
import { ServiceAllocations, type ServiceRanges } from "./service-allocations.js";

/** Asked of a namespace that need not exist. */
const ACCESS_REVIEW = "localsubjectaccessreviews.authorization.k8s.io";
/** Cluster-wide objects that every cluster has: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings */
const THERE_FROM_THE_START = [
  ..."default kube-node-lease kube-public kube-system".split(" ").map((name) => `namespaces/${name}`),
  ..."admin cluster-admin edit view".split(" ").map((name) => `clusterroles.rbac.authorization.k8s.io/${name}`),
  "clusterrolebindings.rbac.authorization.k8s.io/cluster-admin",
  "priorityclasses.scheduling.k8s.io/system-cluster-critical",
  "priorityclasses.scheduling.k8s.io/system-node-critical",
];

/** The resource that objects of a kind are kept in. */
export interface ResourceFacts {
  /** `deployments.apps` */
  readonly name: string;
  readonly namespaced: boolean;
  readonly stored: boolean;
}

const POLICIES = "validatingadmissionpolicies.admissionregistration.k8s.io";
const MUTATING_WEBHOOKS = "mutatingwebhookconfigurations.admissionregistration.k8s.io";
const VALIDATING_WEBHOOKS = "validatingwebhookconfigurations.admissionregistration.k8s.io";
const POLICY_BINDINGS = "validatingadmissionpolicybindings.admissionregistration.k8s.io";

/** The cluster after some objects have been applied, as admission of the next one sees it. */
export class ClusterSoFar implements Surroundings, ClusterAdmission {
  readonly #minor: number;
  readonly #priorityClasses = new Map<string, PriorityClassFacts>();
  readonly #runtimeClasses = new Map<string, RuntimeClassFacts>();
  readonly #customKinds = new Map<string, CustomKind>();
  /** The names that definitions have taken, by the definition that has each. */
  readonly #customNames = new Map<string, string>();
  readonly #namespaces = initialNamespaces();
  /** Undefined for what every cluster has, of which nothing more is known. */
  readonly #clusterWide = new Map<string, ApiObject | undefined>(THERE_FROM_THE_START.map((name) => [name, undefined]));
  readonly #allocations: ServiceAllocations;
  readonly #defaultClasses = new DefaultClasses();
  /** StorageClasses whose volumes can grow. */
  readonly #expandable = new Set<string>();
  #defaultPriorityClass: string | undefined;

  readonly #policies: ClusterPolicies;

  constructor(minor: number, serviceRanges?: ServiceRanges) {
    this.#minor = minor;
    this.#allocations = new ServiceAllocations(serviceRanges);
    this.#policies = new ClusterPolicies(
      minor,
      (apiVersion, kind) => this.#parameterKind(apiVersion, kind),
      (namespace, name) => (this.#namespaces.get(namespace)?.has("services", name) ? undefined : "no such Service"),
    );
  }

  /** Whoever sends the requests to come, as policies are told; an administrator of whose rights nothing is known. */
  set sender(sender: Sender | SenderOf) {
    this.#policies.sender = sender;
  }

  /** Whether what is used of a resource is counted for quotas yet; a quota on another lets nothing in. */
  isCounted: (resource: string) => boolean = () => true;

  /** Asked in place of whether the Service of a webhook is there, by who knows what is behind it, too. */
  set findAnswer(find: FindAnswer) {
    this.#policies.webhooks.findAnswer = find;
  }

  get admission(): ClusterAdmission {
    return this;
  }

  priorityClass(name: string): PriorityClassFacts | undefined {
    return this.#priorityClasses.get(name) ?? EMPTY_CLUSTER.priorityClass(name);
  }

  defaultPriorityClass(): (PriorityClassFacts & { readonly name: string }) | undefined {
    const name = this.#defaultPriorityClass;
    const found = name === undefined ? undefined : this.#priorityClasses.get(name);
    return found && name !== undefined ? { ...found, name } : undefined;
  }

  runtimeClass(name: string): RuntimeClassFacts | undefined {
    return this.#runtimeClasses.get(name);
  }

  customKind(apiVersion: string, kind: string): CustomKind | undefined {
    return this.#customKinds.get(`${apiVersion} ${kind}`);
  }

  receive(object: ApiObject, context: AdmitContext): Denial | undefined {
    const resource = this.resourceOf(context.apiVersion, context.kind)?.name;
    if (!context.namespaced || resource === ACCESS_REVIEW) return undefined;
    const name = object.metadata.namespace ?? "";
    const namespace = this.#namespaces.get(name);
    if (namespace === undefined) {
      const message = `Namespace "${name}" does not exist`;
      return { code: 404, reason: "NotFound", causes: [{ reason: "Forbidden", field: "metadata.namespace", message }] };
    }
    if (context.old !== undefined) return undefined;
    if (namespace.terminating) {
      const message = `Namespace "${name}" is being deleted, and takes nothing new`;
      const cause = { reason: "NamespaceTerminating", field: "metadata.namespace", message } as const;
      return { code: 403, reason: "Forbidden", causes: [cause] };
    }
    if (resource === "pods") {
      setLimitDefaults(object as Pod, namespace.limitRanges);
      const refusal = askForAccount(object as Pod, namespace);
      return refusal === undefined ? undefined : forbid([{ message: refusal, field: "spec.serviceAccountName" }]);
    }
    if (resource === "persistentvolumeclaims")
      setStorageClass(object as PersistentVolumeClaim, this.#defaultClasses.of("storageclasses.storage.k8s.io"));
    if (resource === "ingresses.networking.k8s.io")
      setIngressClass(object as Ingress, this.#defaultClasses.of("ingressclasses.networking.k8s.io"));
    return undefined;
  }

  review(object: ApiObject, context: AdmitContext, warn: (text: string) => void): Denial | undefined {
    const resource = this.resourceOf(context.apiVersion, context.kind);
    if (resource === undefined || !resource.stored) return undefined;
    const namespace = context.namespaced ? this.#namespaces.get(object.metadata.namespace ?? "") : undefined;
    if (resource.name === "services") {
      const causes = this.#allocations.conflicts(object as Service, context.old as Service | undefined);
      if (causes.length > 0) return { code: 422, reason: "Invalid", causes };
    }
    const faults =
      namespace === undefined
        ? this.#faultsClusterWide(resource.name, object)
        : faultsInNamespace(resource.name, object, namespace, context, warn);
    if (faults.length === 0 && resource.name === "persistentvolumeclaims" && context.old !== undefined)
      faults.push(
        ...growthFaults(object as PersistentVolumeClaim, context.old as PersistentVolumeClaim, this.#expandable),
      );
    if (faults.length > 0) return forbid(faults);
    const denial = this.hasPolicies
      ? this.#policies.review(this.#reviewed(resource, object, context.old, context), warn)
      : undefined;
    if (denial !== undefined) return denial;
    const overQuota =
      namespace &&
      (context.old === undefined && !this.isCounted(resource.name)
        ? uncountedFaults(resource.name, namespace)
        : quotaFaults(resource.name, object, namespace, context.old));
    if (overQuota?.length) return forbid(overQuota);
    if (context.old !== undefined) return undefined;
    return this.#isThere(resource.name, object, namespace) ? alreadyThere(object) : undefined;
  }

  /**
   * What the server answers to one more object like one that it has let in just now; only quotas can tell them apart,
   * where there are no policies.
   */
  reviewAnother(object: ApiObject): Denial | undefined {
    const resource = this.resourceOf(object.apiVersion ?? "", object.kind ?? "");
    const namespace = this.#namespaces.get(object.metadata.namespace ?? "");
    const faults = resource && namespace ? quotaFaults(resource.name, object, namespace, undefined) : [];
    return faults.length > 0 ? forbid(faults) : undefined;
  }

  /** Whether policies have a say in what is let in: they look at whatever they like. */
  get hasPolicies(): boolean {
    return this.#policies.hasAny;
  }

  /** What policies answer to the deletion of a stored object; undefined where they let it pass. */
  reviewDeletion(stored: ApiObject, warn: (text: string) => void): Denial | undefined {
    const { apiVersion = "", kind = "" } = stored;
    const resource = this.resourceOf(apiVersion, kind);
    return resource && this.#policies.review(this.#reviewed(resource, undefined, stored, { apiVersion, kind }), warn);
  }

  /** What the controller of policies would write into the status of one. */
  expressionWarnings(policy: ValidatingAdmissionPolicy): ExpressionWarning[] {
    return expressionWarnings(policy, this.#minor, this.#customKinds);
  }

  #reviewed(
    { name: resource, namespaced }: ResourceFacts,
    object: ApiObject | undefined,
    old: ApiObject | undefined,
    { apiVersion, kind }: Pick<AdmitContext, "apiVersion" | "kind">,
  ): ReviewedRequest {
    const namespace = namespaced ? (object ?? old)?.metadata.namespace : undefined;
    const namespaceObject = namespace === undefined ? undefined : this.#namespaceObject(namespace);
    return { resource, apiVersion, kind, namespaced, object, old, namespaceObject };
  }

  #namespaceObject(name: string): ApiObject | undefined {
    const state = this.#namespaces.get(name);
    if (state === undefined) return undefined;
    const known = this.#clusterWide.get(`namespaces/${name}`);
    return { ...known, metadata: { ...known?.metadata, name, labels: { ...state.labels } } };
  }

  /** Where policies look for parameters. */
  #parameterKind(apiVersion: string, kind: string): ParameterKind | undefined {
    const resource = this.resourceOf(apiVersion, kind);
    if (resource === undefined) return undefined;
    const { name, namespaced } = resource;
    const clusterWide = this.#clusterWide;
    const all = (objects: Iterable<ApiObject>) => objects as Iterable<Readonly<Record<string, unknown>>>;
    return {
      namespaced,
      objects: (namespace) =>
        all(
          namespace === undefined
            ? [...clusterWide].flatMap(([key, object]) => (key.startsWith(`${name}/`) && object ? [object] : []))
            : (this.#namespaces.get(namespace)?.objectsOf(name) ?? []),
        ),
    };
  }

  #faultsClusterWide(resource: string, object: ApiObject): Fault[] {
    const isDefault = resource === "priorityclasses.scheduling.k8s.io" && (object as PriorityClass).globalDefault;
    const other = this.#defaultPriorityClass;
    if (!isDefault || other === undefined || other === object.metadata.name) return [];
    return [{ message: `PriorityClass "${other}" is the default already`, field: "globalDefault" }];
  }

  mountsToken(namespace: string, account: string): boolean | undefined {
    const found = this.#namespaces.get(namespace)?.serviceAccount(account);
    return found && (found.automountServiceAccountToken ?? true);
  }

  /** The server makes up a name after generateName that nothing has. */
  #isThere(resource: string, { metadata }: ApiObject, namespace: NamespaceState | undefined): boolean {
    const { name = "" } = metadata;
    if (isNameGenerated(metadata)) return false;
    return namespace === undefined ? this.#clusterWide.has(`${resource}/${name}`) : namespace.has(resource, name);
  }

  /** Takes in an object as it is stored. */
  apply(stored: Readonly<Record<string, unknown>>): void {
    const object = stored as unknown as ApiObject;
    const resource = this.resourceOf(object.apiVersion ?? "", object.kind ?? "");
    if (resource === undefined || !resource.stored) return;
    const { name = "", namespace } = object.metadata;
    if (namespace === undefined) this.#clusterWide.set(`${resource.name}/${name}`, object);
    else this.#namespaces.get(namespace)?.add(resource.name, object);
    this.#take[resource.name]?.(object);
    this.#defaultClasses.add(resource.name, object);
  }

  /** Takes out an object that is no more. */
  remove(object: ApiObject): void {
    const resource = this.resourceOf(object.apiVersion ?? "", object.kind ?? "");
    if (resource === undefined || !resource.stored) return;
    const { name = "", namespace } = object.metadata;
    if (namespace === undefined) this.#clusterWide.delete(`${resource.name}/${name}`);
    else this.#namespaces.get(namespace)?.remove(resource.name, name);
    this.#forget[resource.name]?.(object);
    this.#defaultClasses.remove(resource.name, name);
  }

  /** Takes in how an object has changed. */
  replace(before: ApiObject, after: ApiObject): void {
    const state = after.kind === "Namespace" ? this.#namespaces.get(after.metadata.name ?? "") : undefined;
    if (state !== undefined) {
      state.relabel(after.metadata.labels);
      state.terminating = after.metadata.deletionTimestamp !== undefined;
      this.#clusterWide.set(`namespaces/${after.metadata.name}`, after);
      return;
    }
    this.remove(before);
    this.apply(after as unknown as Readonly<Record<string, unknown>>);
  }

  /** What is remembered of an object beside that it is there. */
  readonly #take: Readonly<Record<string, (object: ApiObject) => void>> = {
    [POLICIES]: (object) => this.#policies.set.setPolicy(object as ValidatingAdmissionPolicy),
    [POLICY_BINDINGS]: (object) => this.#policies.set.setBinding(object as ValidatingAdmissionPolicyBinding),
    [MUTATING_WEBHOOKS]: (object) => this.#policies.webhooks.set(object as WebhookConfiguration),
    [VALIDATING_WEBHOOKS]: (object) => this.#policies.webhooks.set(object as WebhookConfiguration),
    namespaces: ({ metadata }) => {
      const name = metadata.name ?? "";
      this.#namespaces.set(name, startNamespace(name, metadata.labels));
    },
    services: (object) => this.#allocations.add(object as Service),
    "storageclasses.storage.k8s.io": (object) => {
      if ((object as StorageClass).allowVolumeExpansion) this.#expandable.add(object.metadata.name ?? "");
    },
    "priorityclasses.scheduling.k8s.io": (object) => {
      const { metadata, value, preemptionPolicy, globalDefault } = object as PriorityClass;
      const name = metadata.name ?? "";
      this.#priorityClasses.set(name, { value, preemptionPolicy: preemptionPolicy ?? "PreemptLowerPriority" });
      if (globalDefault) this.#defaultPriorityClass ??= name;
    },
    "runtimeclasses.node.k8s.io": (object) => {
      const { metadata, overhead, scheduling } = object as RuntimeClass;
      const { nodeSelector, tolerations } = scheduling ?? {};
      const facts = { overhead: overhead?.podFixed, nodeSelector, tolerations: tolerations?.map((t) => ({ ...t })) };
      this.#runtimeClasses.set(metadata.name ?? "", facts);
    },
    "customresourcedefinitions.apiextensions.k8s.io": (object) => {
      const definition = object as CustomResourceDefinition;
      const names = namesOf(definition);
      if (names.some((name) => this.#customNames.has(name))) return;
      for (const name of names) this.#customNames.set(name, definition.metadata.name ?? "");
      for (const [key, kind] of customKindsOf(definition, this.#minor)) this.#customKinds.set(key, kind);
    },
  };

  /** What goes with an object that is removed, of what `#take` remembered. */
  readonly #forget: Readonly<Record<string, (object: ApiObject) => void>> = {
    [POLICIES]: ({ metadata }) => this.#policies.set.removePolicy(metadata.name ?? ""),
    [POLICY_BINDINGS]: ({ metadata }) => this.#policies.set.removeBinding(metadata.name ?? ""),
    [MUTATING_WEBHOOKS]: (object) => this.#policies.webhooks.remove(object as WebhookConfiguration),
    [VALIDATING_WEBHOOKS]: (object) => this.#policies.webhooks.remove(object as WebhookConfiguration),
    namespaces: ({ metadata }) => void this.#namespaces.delete(metadata.name ?? ""),
    services: (object) => this.#allocations.remove(object as Service),
    "storageclasses.storage.k8s.io": ({ metadata }) => void this.#expandable.delete(metadata.name ?? ""),
    "priorityclasses.scheduling.k8s.io": ({ metadata }) => {
      this.#priorityClasses.delete(metadata.name ?? "");
      if (this.#defaultPriorityClass === metadata.name) this.#defaultPriorityClass = undefined;
    },
    "runtimeclasses.node.k8s.io": ({ metadata }) => void this.#runtimeClasses.delete(metadata.name ?? ""),
    "customresourcedefinitions.apiextensions.k8s.io": (object) => {
      const definition = object as CustomResourceDefinition;
      const names = namesOf(definition);
      if (this.#customNames.get(names[0]!) !== definition.metadata.name) return;
      for (const name of names) this.#customNames.delete(name);
      for (const [key] of customKindsOf(definition, this.#minor)) this.#customKinds.delete(key);
    },
  };

  /** The resource of a kind as RBAC and quotas name it, whatever the version; kinds that are only answered are not stored. */
  resourceOf(apiVersion: string, kind: string): ResourceFacts | undefined {
    const builtIn = kindIndexOf(this.#minor).find(apiVersion, kind);
    const served = builtIn ?? this.customKind(apiVersion, kind);
    if (served === undefined) return undefined;
    const { plural, namespaced } = served;
    const slash = apiVersion.indexOf("/");
    const name = slash < 0 ? plural : `${plural}.${apiVersion.slice(0, slash)}`;
    return { name, namespaced, stored: builtIn === undefined || builtIn.verbs.includes("get") };
  }
}
