import { hasEnded } from "../core/pod-status.js";
import type { ApiObject } from "../kind-rules.js";
import { compareAmounts, subtractAmounts } from "../meta/amounts.js";
import type { PersistentVolumeClaim, Pod, Service } from "../types/core.v1.generated.js";
import { storageClassOf } from "./default-classes.js";
import { type Amounts, podTotalsWithOverhead } from "./pod-totals.js";

/** Resources whose objects are counted under their own name, too. */
const COUNTED_BY_NAME = new Set([
  "configmaps",
  "persistentvolumeclaims",
  "pods",
  "replicationcontrollers",
  "resourcequotas",
  "secrets",
  "services",
]);
/** What comes and goes too fast to be counted. */
const NOT_COUNTED = new Set(["events", "events.events.k8s.io"]);

/** What an object takes from a quota, by the names that quotas use: https://kubernetes.io/docs/concepts/policy/resource-quotas/ */
export function usageOf({ resource, object }: { readonly resource: string; readonly object: ApiObject }): Amounts {
  if (NOT_COUNTED.has(resource)) return {};
  const usage: Record<string, string> = { [`count/${resource}`]: "1" };
  if (resource === "pods" && hasEnded(object as Pod)) return usage;
  if (COUNTED_BY_NAME.has(resource)) usage[resource] = "1";
  if (resource === "pods") Object.assign(usage, usageOfPod(object as Pod));
  if (resource === "services") Object.assign(usage, usageOfService(object as Service));
  if (resource === "persistentvolumeclaims") Object.assign(usage, usageOfClaim(object as PersistentVolumeClaim));
  return usage;
}

/** What a change takes beyond what the object took before; only these kinds are counted again when they change. */
export function addedUsage(resource: string, object: ApiObject, old: ApiObject): Amounts {
  if (resource !== "services" && resource !== "persistentvolumeclaims") return {};
  const before = usageOf({ resource, object: old });
  const added: Record<string, string> = {};
  for (const [name, amount] of Object.entries(usageOf({ resource, object })))
    if (compareAmounts(amount, before[name] ?? "0") > 0) added[name] = subtractAmounts(amount, before[name] ?? "0");
  return added;
}

const usageOfPod = ({ spec }: Pod): Amounts =>
  computeUsage(podTotalsWithOverhead(spec, "requests"), podTotalsWithOverhead(spec, "limits"));

const NATIVE = ["cpu", "memory", "ephemeral-storage"];

/** Requests and limits under the names of quotas: `cpu` is `requests.cpu`, too. */
export function computeUsage(requests: Amounts = {}, limits: Amounts = {}): Amounts {
  const usage: Record<string, string> = {};
  for (const [name, amount] of Object.entries(requests)) {
    const isPage = name.startsWith("hugepages-");
    if (NATIVE.includes(name) || isPage) usage[name] = amount;
    if (NATIVE.includes(name) || isPage || name.includes("/")) usage[`requests.${name}`] = amount;
  }
  for (const name of NATIVE) if (limits[name] !== undefined) usage[`limits.${name}`] = limits[name];
  return usage;
}

function usageOfService({ spec }: Service): Amounts {
  const { type, ports = [], allocateLoadBalancerNodePorts } = spec ?? {};
  const given = ports.filter(({ nodePort }) => nodePort).length;
  if (type === "NodePort") return { "services.nodeports": String(ports.length) };
  if (type !== "LoadBalancer") return {};
  const nodePorts = allocateLoadBalancerNodePorts === false ? given : ports.length;
  return { "services.loadbalancers": "1", "services.nodeports": String(nodePorts) };
}

function usageOfClaim(claim: PersistentVolumeClaim): Amounts {
  const storage = claim.spec?.resources.requests?.storage;
  const className = storageClassOf(claim);
  const usage: Record<string, string> = {};
  const prefix = className ? `${className}.storageclass.storage.k8s.io/` : undefined;
  if (prefix !== undefined) usage[`${prefix}persistentvolumeclaims`] = "1";
  if (storage === undefined) return usage;
  usage["requests.storage"] = storage;
  if (prefix !== undefined) usage[`${prefix}requests.storage`] = storage;
  return usage;
}
