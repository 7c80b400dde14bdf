import { isPlaceholder } from "../../schema/placeholder.js";
import type { Cluster } from "../cluster.js";
import { isOpenNamespace } from "../namespaces.js";
import type { Resource } from "../resource.js";
import { ADMIN_POLICY_GROUP, readAdminPolicy } from "./admin-policies.js";
import type { Selecting, SelectingPolicies } from "./decide.js";
import type { PodEndpoint } from "./endpoints.js";
import { matchPeer } from "./matching.js";
import type { NamespaceLabels } from "./namespace-labels.js";
import { readNetworkPolicy } from "./network-policies.js";
import type { Policy } from "./policies.js";

/** The policies of a namespace: those that ask for a label under it, the others apart. */
interface NamespacePolicies {
  readonly byLabel: Map<string, Policy[]>;
  readonly others: Policy[];
}

/** The policies of the input, found by what they select, so that a Pod is held against few. */
export class PolicyIndex {
  readonly #namespaces = new Map<string, NamespacePolicies>();
  /** Of namespaces yet to be filled in: these may be any. */
  readonly #anywhere: Policy[] = [];
  readonly #admin: readonly Policy[];
  readonly #baseline: readonly Policy[];
  readonly #labels: NamespaceLabels;
  /** All of them, in the order of the input. */
  readonly all: readonly Policy[];

  constructor(cluster: Cluster, labels: NamespaceLabels, namespaceOf: (resource: Resource) => string) {
    this.#labels = labels;
    const network = cluster.ofKind("NetworkPolicy").map((resource) => {
      const namespace = namespaceOf(resource);
      const policy = readNetworkPolicy(resource, namespace);
      this.#add(policy, namespace);
      return policy;
    });
    const read = (kind: string): Policy[] => cluster.ofGroupKind(ADMIN_POLICY_GROUP, kind).map(readAdminPolicy);
    // One without a priority is refused.
    this.#admin = read("AdminNetworkPolicy").sort((a, b) => (a.priority ?? 0) - (b.priority ?? 0));
    this.#baseline = read("BaselineAdminNetworkPolicy");
    this.all = [...this.#admin, ...network, ...this.#baseline];
  }

  #add(policy: Policy, namespace: string): void {
    if (isOpenNamespace(namespace)) {
      this.#anywhere.push(policy);
      return;
    }
    const own: NamespacePolicies = this.#namespaces.get(namespace) ?? { byLabel: new Map(), others: [] };
    this.#namespaces.set(namespace, own);
    const { test } = policy.subject;
    const pairs = Object.entries((test.by === "labels" && test.podSelector?.matchLabels) || {});
    const pair = pairs.find(
      ([key, value]) => !isPlaceholder(key) && !isPlaceholder(value) && !key.includes("job-name"),
    );
    // Labels that controllers add are in no template.
    if (!pair || pairs.some(([key]) => /hash|uid|pod-(name|index)|job/.test(key))) own.others.push(policy);
    else {
      const list = own.byLabel.get(pair.join("="));
      if (list) list.push(policy);
      else own.byLabel.set(pair.join("="), [policy]);
    }
  }

  /** The policies that select the Pods of a template, and those that may. */
  selecting(endpoint: PodEndpoint): SelectingPolicies {
    const { namespace, pod } = endpoint;
    const pick = (policies: readonly Policy[]): Selecting[] =>
      policies.flatMap((policy) => {
        const selects = matchPeer(policy.subject.test, endpoint, this.#labels);
        return selects === "no" ? [] : { policy, selects };
      });
    const own = this.#namespaces.get(namespace);
    const pairs = Object.entries(pod.labels);
    const everywhere = isOpenNamespace(namespace) || pairs.some(([key, value]) => isPlaceholder(key + value));
    const candidates = everywhere
      ? [...(isOpenNamespace(namespace) ? this.#namespaces.values() : own ? [own] : [])].flatMap((each) => [
          ...each.others,
          ...[...each.byLabel.values()].flat(),
        ])
      : [...(own?.others ?? []), ...pairs.flatMap((pair) => own?.byLabel.get(pair.join("=")) ?? [])];
    return {
      admin: pick(this.#admin),
      network: pick([...candidates, ...this.#anywhere]),
      baseline: pick(this.#baseline),
    };
  }
}
