import { admitObject, ClusterSoFar, type Verdict } from "../../apis/index.js";
import type { ApiObject } from "../../apis/kind-rules.js";
import { isSame } from "../../apis/meta/same-value.js";
import { withGeneratedEnd } from "../../apis/meta/system-fields.js";
import type { Namespace } from "../../apis/types/core.v1.generated.js";
import type { OwnerReference } from "../../apis/types/meta.v1.generated.js";
import { haveSeen } from "../quota/seen-kinds.js";
import { Authorizer } from "../rbac/authorizer.js";
import type { KubernetesObject } from "../resource.js";
import { Chance } from "../scheduling/chance.js";
import { ControlLoop } from "./control-loop.js";
import type { Controller } from "./controller.js";
import { ObjectStore } from "./object-store.js";
import { SERVICE_NAME, type Stored } from "./resources.js";

/** `replicas: 2000000000` must end: controllers may make so many objects, and so many more for each that users make. */
const MADE_BY_CONTROLLERS = 10_000;
const MADE_FOR_EACH = 10;
const NO_MORE = `Controllers make no more objects in this simulation than ${MADE_BY_CONTROLLERS}, and ${MADE_FOR_EACH} for each that the manifests make`;
/** When the simulation begins, in seconds; a fixed moment, so that the same input always gives the same output. */
const BEGINNING = Date.UTC(2025, 0, 1) / 1000;
/** Stands for an address or a port that the cluster chooses. */
export const ALLOCATED = "(allocated)";

/** What a cluster gives to Services that was not told otherwise. */
const SERVICE_RANGES = { addresses: "10.96.0.0/16", nodePorts: { first: 30_000, last: 32_767 } };

const TOO_MANY: Verdict = { allowed: false, code: 429, reason: "TooManyRequests", causes: [], warnings: [] };

const RBAC_GROUP_SUFFIX = ".rbac.authorization.k8s.io";
const POLICY_RESOURCES = ["clusterroles", "clusterrolebindings", "roles", "rolebindings"].map(
  (name) => name + RBAC_GROUP_SUFFIX,
);

export type DeletionPolicy = "Background" | "Foreground" | "Orphan";

/** Objects, admission, controllers and a clock: what the manifests meet. */
export class SimulatedCluster {
  readonly objects = new ObjectStore();
  readonly admission: ClusterSoFar;
  readonly loop: ControlLoop;
  /** How many objects have been made so far. */
  created = 0;
  /** The groups of Pods whose nodes are a matter of chance; known in the end. */
  anywhere: ReadonlySet<string> = new Set();
  /** What the simulation leaves out, for the reader. */
  readonly remarks = new Set<string>();
  /** By uid, what users have written of an object: a later apply merges with it. */
  readonly writings = new Map<string, { readonly written?: unknown; readonly applied?: unknown }>();
  #madeByControllers = 0;
  #authorizer: Authorizer | undefined;
  #now = BEGINNING;
  #timestamp: { readonly second: number; readonly text: string } | undefined;

  constructor(
    readonly minor: number,
    controllers: readonly Controller[],
    /** What decides where the real control plane would throw dice. */
    readonly chance = new Chance(),
  ) {
    this.admission = new ClusterSoFar(minor, SERVICE_RANGES);
    this.admission.isCounted = (resource) => haveSeen(resource, this.objects, this.#now);
    this.admission.findAnswer = (namespace, name) => findAnswer(this.objects, namespace, name);
    this.loop = new ControlLoop(controllers, this);
    this.objects.subscribe((change) => {
      if (change.resource.endsWith(RBAC_GROUP_SUFFIX)) this.#authorizer = undefined;
      this.loop.notice(change);
    });
  }

  /** Who may do what, as things are. */
  get authorizer(): Authorizer {
    this.#authorizer ??= new Authorizer(this.#policyObjects(), { minor: this.minor });
    return this.#authorizer;
  }

  *#policyObjects(): Generator<KubernetesObject> {
    for (const resource of POLICY_RESOURCES) yield* this.objects.list(resource) as Iterable<object>;
  }

  /** Seconds since 1970, as the cluster's clock has it. */
  get now(): number {
    return this.#now;
  }

  /** The clock as the API writes times. */
  get timestamp(): string {
    const second = Math.floor(this.#now);
    if (this.#timestamp?.second !== second)
      this.#timestamp = { second, text: new Date(second * 1000).toISOString().replace(".000Z", "Z") };
    return this.#timestamp.text;
  }

  advanceTo(moment: number): void {
    this.#now = Math.max(this.#now, moment);
  }

  /** Asks the API server to make an object, as a controller does: with admission, and a made-up name after `generateName`. */
  create(object: ApiObject): Verdict {
    if (this.isFull) return TOO_MANY;
    const verdict = admitObject(object, { minor: this.minor, surroundings: this.admission });
    if (verdict.object !== undefined) {
      this.#madeByControllers++;
      this.add(verdict.object as unknown as ApiObject);
    }
    return verdict;
  }

  /**
   * Makes one more object like the one that has just been let in, with another made-up name: of Pods by the thousand, the
   * API server need not be asked everything about each. Undefined where it has to be.
   */
  createAnother(verdict: Verdict): Verdict | undefined {
    if (verdict.object === undefined || this.admission.hasPolicies) return undefined;
    if (this.isFull) return TOO_MANY;
    const object = verdict.object as unknown as ApiObject;
    const denial = this.admission.reviewAnother(object);
    if (denial !== undefined) return { allowed: false, ...denial, warnings: verdict.warnings };
    this.#madeByControllers++;
    this.add(object);
    return verdict;
  }

  /** Whether controllers have made as many objects as they may. */
  get isFull(): boolean {
    const madeByUsers = this.created - this.#madeByControllers;
    if (this.#madeByControllers < MADE_BY_CONTROLLERS + MADE_FOR_EACH * madeByUsers) return false;
    this.remarks.add(NO_MORE);
    return true;
  }

  /** Takes in an object that has been admitted, with what the server gives every object. Gives it as stored. */
  add(admitted: ApiObject): ApiObject {
    const serial = ++this.created;
    const { metadata } = admitted;
    const name = withGeneratedEnd(metadata, serial.toString(36).padStart(5, "0"));
    const object: ApiObject = {
      ...admitted,
      metadata: { ...metadata, name, uid: `uid-${serial}`, creationTimestamp: this.timestamp, generation: 1 },
    };
    const resource = this.resourceOf(object);
    if (resource === undefined) return object;
    this.admission.apply(object as unknown as Record<string, unknown>);
    this.objects.put(resource, object);
    return object;
  }

  /** Replaces an object by a changed copy; what watches it hears of it. */
  update<R extends string>(resource: R, object: Stored<R>): void {
    const before = this.objects.get(resource, object.metadata.namespace, object.metadata.name ?? "");
    if (before === undefined || before === object) return;
    if (concernsAdmission(before, object)) this.admission.replace(before, object);
    this.objects.put(resource, object);
    if (object.metadata.deletionTimestamp !== undefined && finalizersOf(object).length === 0)
      this.#remove(resource, object);
  }

  /** Replaces an object's status, where it differs from what is there. */
  updateStatus<R extends string>(resource: R, object: Stored<R>, status: unknown): void {
    if (isSame((object as { status?: unknown }).status, status)) return;
    this.update(resource, { ...object, status } as Stored<R>);
  }

  /**
   * Deletes an object. One with finalizers stays, marked; its dependents are the garbage collector's.
   * https://kubernetes.io/docs/concepts/architecture/garbage-collection/
   */
  delete(resource: string, object: ApiObject, policy: DeletionPolicy = "Background"): void {
    const { metadata } = object;
    const current = this.objects.get(resource, metadata.namespace, metadata.name ?? "");
    if (current === undefined || current.metadata.uid !== metadata.uid) return;
    const added = policy === "Foreground" ? ["foregroundDeletion"] : policy === "Orphan" ? ["orphan"] : [];
    const finalizers = [...new Set([...(current.metadata.finalizers ?? []), ...added])];
    if (finalizersOf(current).length + added.length === 0) this.#remove(resource, current);
    else if (current.metadata.deletionTimestamp === undefined)
      this.update(resource, {
        ...current,
        metadata: { ...current.metadata, finalizers, deletionTimestamp: this.timestamp },
      });
  }

  #remove(resource: string, object: ApiObject): void {
    this.admission.remove(object);
    this.objects.remove(resource, object);
  }

  /** `deployments.apps`; undefined of kinds that the cluster does not keep. */
  resourceOf({ apiVersion = "", kind = "" }: ApiObject): string | undefined {
    const facts = this.admission.resourceOf(apiVersion, kind);
    return facts?.stored ? facts.name : undefined;
  }

  /** Runs the controllers until nothing changes, and no more time is given. */
  settle(): boolean {
    return this.loop.settle();
  }
}

/** What holds an object back from going: https://kubernetes.io/docs/concepts/overview/working-with-objects/finalizers/ */
export const finalizersOf = (object: ApiObject): readonly string[] => [
  ...(object.metadata.finalizers ?? []),
  ...(object.kind === "Namespace" ? ((object as Namespace).spec?.finalizers ?? []) : []),
];

/** Admission remembers what objects are, not how they fare; but a Pod that has ended frees its quota. */
function concernsAdmission(before: ApiObject, after: ApiObject): boolean {
  const [old, young] = [before as unknown as Record<string, unknown>, after as unknown as Record<string, unknown>];
  if (phaseOf(old) !== phaseOf(young)) return true;
  for (const key in young) if (key !== "status" && young[key] !== old[key]) return true;
  return false;
}

/** Of a Pod, whether it has ended is all that matters. */
function phaseOf({ kind, status }: Readonly<Record<string, unknown>>): string | undefined {
  const { phase } = (status ?? {}) as { phase?: string };
  return kind === "Pod" && phase !== "Succeeded" && phase !== "Failed" ? undefined : phase;
}

/** A Service that nothing is behind answers nobody; what something behind it would answer is not known. */
function findAnswer(objects: ObjectStore, namespace: string, name: string) {
  if (objects.get("services", namespace, name) === undefined) return "no such Service";
  for (const slice of objects.list("endpointslices.discovery.k8s.io", namespace))
    if (slice.metadata.labels?.[SERVICE_NAME] === name && slice.endpoints?.some(({ conditions }) => conditions.ready))
      return undefined;
  return "no ready endpoint";
}

/** What names an object as the controller of what it makes. */
export const controlledBy = ({ apiVersion = "", kind = "", metadata }: ApiObject): OwnerReference => ({
  apiVersion,
  kind,
  name: metadata.name ?? "",
  uid: metadata.uid ?? "",
  controller: true,
  blockOwnerDeletion: true,
});
