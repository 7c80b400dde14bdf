import { startQuota } from "../../apis/admission/quota.js";
import { inScope } from "../../apis/admission/quota-scopes.js";
import { usageOf } from "../../apis/admission/quota-usage.js";
import type { ApiObject } from "../../apis/kind-rules.js";
import { amountOf } from "../../apis/meta/amounts.js";
import { formatQuantity } from "../../apis/meta/quantity.js";
import type { Deployment } from "../../apis/types/apps.v1.generated.js";
import type { ResourceQuota } from "../../apis/types/core.v1.generated.js";
import type { Cluster } from "../cluster.js";
import { leewayOf } from "../controllers/workloads/rollout.js";
import { parseAmount } from "../pods/amount.js";
import { isLongRunning } from "../pods/long-running.js";
import type { PodTemplate } from "../pods/pod-template.js";
import type { Resource } from "../resource.js";
import { replicaRange } from "../scaling/replica-range.js";
import { expectedPodIn } from "./expected-pod.js";
import { governing } from "./governing.js";

const readable = new WeakMap<Resource, ResourceQuota | "unknown">();

/** The quotas of the input that an object is counted in, as far as the input alone says what they count. */
function quotasFor(
  cluster: Cluster,
  subject: Resource,
): { readonly resource: Resource; readonly quota: ResourceQuota }[] {
  return (governing(cluster, "ResourceQuota", subject) ?? []).flatMap((resource) => {
    const known = readable.get(resource) ?? readQuota(resource, cluster);
    readable.set(resource, known);
    return known === "unknown" ? [] : { resource, quota: known };
  });
}

function readQuota(resource: Resource, cluster: Cluster): ResourceQuota | "unknown" {
  const quota = resource.object as unknown as ResourceQuota;
  // Which class a Pod is of that names none, the cluster decides.
  const scopes = [...(quota.spec?.scopes ?? []), ...(quota.spec?.scopeSelector?.matchExpressions ?? [])];
  if (scopes.some((scope) => typeof scope !== "string" || scope === "PriorityClass")) return "unknown";
  if (cluster.mayBePatched(resource, "hard")) return "unknown";
  const hard: Record<string, string> = {};
  for (const [name, amount] of Object.entries(quota.spec?.hard ?? {}))
    if (parseAmount(String(amount)) === undefined) return "unknown";
    else hard[name] = String(amount);
  return { ...quota, spec: { ...quota.spec, hard } };
}

/** A quota that refuses a Pod although nothing is counted in it yet. */
export interface QuotaRefusal {
  readonly quota: Resource;
  readonly text: string;
}

export function quotasThatRefuse(pod: PodTemplate, cluster: Cluster): QuotaRefusal[] {
  const quotas = quotasFor(cluster, pod.owner);
  const expected = quotas.length > 0 ? expectedPodIn(pod, cluster) : undefined;
  if (expected === undefined) return [];
  return quotas.flatMap(({ resource, quota }) => {
    const text = startQuota(quota).refusal(usageOf({ resource: "pods", object: expected }), expected);
    return text === undefined ? [] : { quota: resource, text };
  });
}

/** What the objects of the input take of one resource of a quota. */
export interface QuotaDemand {
  readonly quota: Resource;
  /** By the name it has in the quota: `limits.cpu`. */
  readonly resource: string;
  readonly hard: string;
  /** What is there at all times, and with every autoscaler at its maximum. */
  readonly least: string;
  readonly most: string;
  readonly exceeded: boolean;
  readonly exceededAtMost: boolean;
  /** Who takes most of it, in that order. */
  readonly takers: readonly { readonly owner: Resource; readonly amount: string }[];
  /** Those of them that an autoscaler brings beyond `least`. */
  readonly scaled: readonly Resource[];
  /** Deployments that start a new Pod before they stop an old one, and for which there is no room. */
  readonly stuck: readonly { readonly deployment: Resource; readonly amount: string }[];
}

interface Taker {
  readonly owner: Resource;
  /** Of one Pod, or of the object. */
  readonly each: bigint;
  readonly least: number;
  readonly most: number;
}

/** Adds up, for every quota of the input, what the objects of its namespace take. Linear in the number of objects. */
export function quotaDemands(cluster: Cluster): QuotaDemand[] {
  if (cluster.ofKind("ResourceQuota").length === 0) return [];
  const takers = new Map<Resource, { readonly quota: ResourceQuota; readonly by: Map<string, Taker[]> }>();
  const seen = new Set<string>();
  for (const owner of cluster.resources) {
    if (!owner.facts?.namespaced || owner.name === "") continue;
    const quotas = quotasFor(cluster, owner);
    if (quotas.length === 0) continue;
    // Of variants any one may be meant; the first stands for all.
    const identity = `${owner.group}/${owner.kind}/${owner.namespace}/${owner.name}`;
    if (seen.has(identity)) continue;
    seen.add(identity);
    for (const { resource, quota } of quotas) {
      const entry = takers.get(resource) ?? { quota, by: new Map<string, Taker[]>() };
      takers.set(resource, entry);
      for (const taken of takenBy(owner, quota, cluster))
        for (const [name, amount] of Object.entries(taken.usage)) {
          if (quota.spec?.hard?.[name] === undefined) continue;
          const list = entry.by.get(name) ?? [];
          entry.by.set(name, list);
          list.push({ owner, each: amountOf(amount).nano, least: taken.least, most: taken.most });
        }
    }
  }
  return [...takers].flatMap(([resource, { quota, by }]) =>
    [...by].map(([name, list]) => addUp(resource, name, quota.spec!.hard![name]!, list, cluster)),
  );
}

function* takenBy(
  owner: Resource,
  quota: ResourceQuota,
  cluster: Cluster,
): Generator<{ readonly usage: Readonly<Record<string, string>>; readonly least: number; readonly most: number }> {
  const template = cluster.podTemplateOf(owner);
  if (owner.kind !== "Pod") {
    const { plural, group } = owner.facts!;
    const object = owner.object as unknown as ApiObject;
    const complete = owner.kind !== "PersistentVolumeClaim" || hasResources(object);
    if (complete && inScope(quota, object))
      yield { usage: usageOf({ resource: group === "" ? plural : `${plural}.${group}`, object }), least: 1, most: 1 };
  }
  const range = template && replicaRange(cluster, owner);
  // What ends gives back what it took.
  if (template === undefined || range === undefined || !isLongRunning(template)) return;
  const expected = expectedPodIn(template, cluster);
  if (expected !== undefined && inScope(quota, expected))
    yield { usage: usageOf({ resource: "pods", object: expected }), ...range };
}

const hasResources = (claim: ApiObject): boolean =>
  typeof (claim as { spec?: { resources?: unknown } }).spec?.resources === "object";

function addUp(quota: Resource, resource: string, hard: string, list: readonly Taker[], cluster: Cluster): QuotaDemand {
  const { nano: room, format } = amountOf(hard);
  const write = (nano: bigint): string => formatQuantity({ nano, format });
  const sum = (count: (taker: Taker) => number): bigint =>
    list.reduce((all, taker) => all + taker.each * BigInt(count(taker)), 0n);
  const [least, most] = [sum((taker) => taker.least), sum((taker) => taker.most)];
  const takers = list
    .map((taker) => ({ owner: taker.owner, nano: taker.each * BigInt(taker.most) }))
    .filter(({ nano }) => nano > 0n)
    .sort((a, b) => (a.nano > b.nano ? -1 : a.nano < b.nano ? 1 : 0));
  return {
    quota,
    resource,
    hard,
    least: write(least),
    most: write(most),
    exceeded: least > room,
    exceededAtMost: most > room,
    takers: takers.map(({ owner, nano }) => ({ owner, amount: write(nano) })),
    scaled: list.filter((taker) => taker.most > taker.least).map(({ owner }) => owner),
    stuck: list.flatMap(({ owner, each, least: replicas }) =>
      least <= room && least + each > room && isReplacedFirst(owner, replicas, cluster)
        ? { deployment: owner, amount: write(each) }
        : [],
    ),
  };
}

/** Whether an update of a workload cannot begin but with a Pod more. */
export function isReplacedFirst(owner: Resource, replicas: number, cluster: Cluster): boolean {
  if (owner.kind !== "Deployment" || !owner.is("Deployment") || replicas < 1) return false;
  if (cluster.mayBePatched(owner, "strategy") || owner.doubtful.length > 0) return false;
  const { type = "RollingUpdate", rollingUpdate } = (owner.spec?.strategy ?? {}) as NonNullable<
    Deployment["spec"]["strategy"]
  >;
  if (type !== "RollingUpdate") return false;
  const { maxSurge = "25%", maxUnavailable = "25%" } = rollingUpdate ?? {};
  if (![maxSurge, maxUnavailable].every((share) => typeof share === "number" || /^\d+%$/.test(String(share))))
    return false;
  const { surge, unavailable } = leewayOf({ replicas, strategy: { rollingUpdate: { maxSurge, maxUnavailable } } });
  return surge > 0 && unavailable === 0;
}
