import { inScope } from "../../apis/admission/quota-scopes.js";
import { usageOf } from "../../apis/admission/quota-usage.js";
import type { ApiObject } from "../../apis/kind-rules.js";
import { addAmounts, signOf } from "../../apis/meta/amounts.js";
import type { ResourceQuota } from "../../apis/types/core.v1.generated.js";

type Amounts = Readonly<Record<string, string>>;

/** An object, with the resource it is kept in: `deployments.apps`. */
export interface Counted {
  readonly resource: string;
  readonly object: ApiObject;
}

/** What is measured of Pods, claims and Services, and the kinds that are counted under their own names. */
const MEASURED = new Set([
  ...["cpu", "memory", "ephemeral-storage"].flatMap((name) => [name, `requests.${name}`, `limits.${name}`]),
  ..."pods services services.nodeports services.loadbalancers persistentvolumeclaims requests.storage".split(" "),
  ..."configmaps replicationcontrollers resourcequotas secrets".split(" "),
]);
const MEASURED_FORMS = [
  /^(requests\.)?hugepages-./,
  /^.+\.storageclass\.storage\.k8s\.io\/(requests\.storage|persistentvolumeclaims)$/,
  /^.+\.deviceclass\.resource\.k8s\.io\/devices$/,
];

/** Whether anything counts what a quota limits; what nothing counts is limited in vain. */
function isMeasured(name: string, isKept: (resource: string) => boolean): boolean {
  if (name.startsWith("count/")) return isKept(name.slice("count/".length));
  if (MEASURED.has(name) || MEASURED_FORMS.some((form) => form.test(name))) return true;
  const extended = name.startsWith("requests.") ? name.slice("requests.".length) : "";
  return extended.includes("/") && !/(^|\.)kubernetes\.io\//.test(extended);
}

/**
 * What the objects of a namespace use of each of its quotas. An object is looked at once, however many quotas there are.
 * https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export function useOfQuotas(
  quotas: readonly ResourceQuota[],
  objects: Iterable<Counted>,
  isKept: (resource: string) => boolean,
): Amounts[] {
  const used = quotas.map(({ spec }) =>
    Object.fromEntries(
      Object.keys(spec?.hard ?? {})
        .filter((name) => isMeasured(name, isKept))
        .map((name) => [name, "0"]),
    ),
  );
  for (const counted of objects) {
    const usage = Object.entries(usageOf(counted)).filter(([, amount]) => signOf(amount) !== 0);
    quotas.forEach((quota, i) => {
      const own = used[i]!;
      const relevant = usage.filter(([name]) => own[name] !== undefined);
      if (relevant.length === 0 || !inScope(quota, counted.object)) return;
      for (const [name, amount] of relevant) own[name] = addAmounts(own[name]!, amount);
    });
  }
  return used;
}
