import { isMapping } from "../../apis/decode/is-mapping.js";
import { admitDelete, admitObject, admitUpdate, type Cause, type Verdict } from "../../apis/index.js";
import type { ApiObject } from "../../apis/kind-rules.js";
import type { Refusal } from "../rbac/escalation.js";
import { refuseEscalation, refuseUser, type Target, type User } from "./authorization.js";
import { controllerOf, senderOf } from "./policy-sender.js";
import type { SimulatedCluster } from "./simulated-cluster.js";

/** What is done with a document. */
export type Operation = "create" | "update" | "apply" | "delete";

const PREFIX = "simulate.kubeproof.dev/";
/** Annotations that are about the request; they are taken off. Those about the kubelet stay. */
const REQUEST_ANNOTATIONS = ["op", "as", "as-groups", "wait"].map((name) => PREFIX + name);

/** A request that a document stands for. */
export interface Request {
  readonly operation: Operation;
  readonly value: unknown;
  /** Who sends it; undefined: an administrator. */
  readonly user?: User;
  /** Seconds to wait before. */
  readonly wait: number;
}

/** The API server's answer to a document. */
export interface DocumentAnswer {
  readonly index: number;
  readonly request: Request;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly allowed: boolean;
  readonly code: number;
  readonly reason?: string;
  readonly causes: readonly Cause[];
  readonly warnings: readonly string[];
  /** The object as stored by this request, with its uid. */
  readonly stored?: ApiObject;
}

/** Reads what a document asks for from its annotations, and takes those off. */
export function requestOf(value: unknown): Request {
  const metadata = isMapping(value) && isMapping(value.metadata) ? value.metadata : {};
  const annotations = isMapping(metadata.annotations) ? metadata.annotations : {};
  const word = (name: string): string | undefined => {
    const text = annotations[PREFIX + name];
    return typeof text === "string" ? text : undefined;
  };
  const operation = word("op");
  const user = word("as");
  const groups = (word("as-groups") ?? "").split(",").flatMap((group) => group.trim() || []);
  const seconds = Number(word("wait") ?? 0);
  const asked = {
    operation: operation === "update" || operation === "apply" || operation === "delete" ? operation : "create",
    user: user === undefined ? undefined : { name: user, groups },
    wait: Number.isFinite(seconds) && seconds > 0 ? seconds : 0,
  } as const;
  if (!REQUEST_ANNOTATIONS.some((name) => Object.hasOwn(annotations, name))) return { ...asked, value };
  const kept = Object.fromEntries(Object.entries(annotations).filter(([name]) => !REQUEST_ANNOTATIONS.includes(name)));
  const { annotations: _, ...rest } = metadata;
  const cleaned = Object.keys(kept).length > 0 ? { ...rest, annotations: kept } : rest;
  return { ...asked, value: { ...(value as object), metadata: cleaned } };
}

/** Sends one request to the cluster's API server, and gives its answer. Controllers have not heard of it yet. */
export function answerRequest(cluster: SimulatedCluster, request: Request, index: number): DocumentAnswer {
  const value = isMapping(request.value) ? request.value : {};
  const metadata = isMapping(value.metadata) ? value.metadata : {};
  const [apiVersion, kind] = [text(value.apiVersion), text(value.kind)];
  const facts = cluster.admission.resourceOf(apiVersion, kind);
  const namespaced = facts?.namespaced ?? true;
  const namespace = namespaced ? text(metadata.namespace) || "default" : undefined;
  const name = typeof metadata.name === "string" ? metadata.name : undefined;
  const existing = facts === undefined ? undefined : cluster.objects.get(facts.name, namespace, name ?? "");
  const resource = facts?.name;
  const outcome: Outcome =
    resource === undefined
      ? admitObject(value, { minor: cluster.minor, surroundings: cluster.admission })
      : perform(
          cluster,
          request,
          { operation: request.operation, resource, namespace, name, exists: !!existing },
          existing,
        );
  const { allowed, code, reason, causes, warnings, stored } = outcome;
  return { index, request, apiVersion, kind, namespace, name, allowed, code, reason, causes, warnings, stored };
}

type Outcome = Verdict & { readonly stored?: ApiObject };

/** Policies are told who asks; what comes afterwards is the controllers' doing. */
function perform(
  cluster: SimulatedCluster,
  request: Request,
  target: Target,
  existing: ApiObject | undefined,
): Outcome {
  cluster.admission.sender = senderOf(cluster, request.user);
  try {
    return performAs(cluster, request, target, existing);
  } finally {
    cluster.admission.sender = (object) => controllerOf(cluster, object);
  }
}

function performAs(
  cluster: SimulatedCluster,
  { operation, value, user }: Request,
  target: Target,
  existing: ApiObject | undefined,
): Outcome {
  const unauthorized = user && refuseUser(cluster, user, target);
  if (unauthorized) return refuse(unauthorized);
  if (operation === "delete") return remove(cluster, value, target.resource, existing);
  const escalation = user && refuseEscalation(cluster, user, value, existing);
  if (escalation) return refuse(escalation);
  const options = { minor: cluster.minor, surroundings: cluster.admission };
  if (operation === "create") {
    const verdict = admitObject(value, options);
    if (verdict.object === undefined) return verdict;
    const stored = cluster.add(verdict.object as unknown as ApiObject);
    cluster.writings.set(stored.metadata.uid ?? "", { written: value });
    return { ...verdict, stored };
  }
  const { written, applied } = cluster.writings.get(existing?.metadata.uid ?? "") ?? {};
  const verdict = admitUpdate(value, existing as Readonly<Record<string, unknown>> | undefined, {
    ...options,
    operation,
    currentVersion: true,
    lastWritten: written,
    lastApplied: applied,
  });
  if (verdict.object === undefined) return verdict;
  const object = verdict.object as unknown as ApiObject;
  const stored = existing === undefined ? cluster.add(object) : object;
  if (existing !== undefined) cluster.update(target.resource, stored);
  const { uid = "" } = stored.metadata;
  cluster.writings.set(uid, operation === "apply" ? { written, applied: value } : { written: value });
  return { ...verdict, stored };
}

function remove(cluster: SimulatedCluster, value: unknown, resource: string, existing: ApiObject | undefined): Outcome {
  const asked = isMapping(value) ? value : {};
  const verdict = admitDelete(asked, { minor: cluster.minor, exists: existing !== undefined });
  if (!verdict.allowed || existing === undefined) return verdict;
  const warnings = [...verdict.warnings];
  const denial = cluster.admission.reviewDeletion(existing, (warning) => void warnings.push(warning));
  if (denial !== undefined) return { allowed: false, ...denial, warnings };
  cluster.delete(resource, existing);
  return { ...verdict, warnings };
}

const refuse = ({ code, reason, message }: Refusal): Verdict => ({
  allowed: false,
  code,
  reason,
  causes: [{ reason: "Forbidden", field: "", message }],
  warnings: [],
});

const text = (value: unknown): string => (typeof value === "string" ? value : "");
