import type { ReachAnswer } from "./answers.js";
import type { PodEndpoint } from "./endpoints.js";
import type { Reachability } from "./reachability.js";

/**
 * Whether a Pod's policies let it ask the cluster's DNS server, which the names of Services need. Clusters run it in
 * kube-system under this label: https://kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution/
 */
export const reachesDns = (reachability: Reachability, from: PodEndpoint): ReachAnswer =>
  reachability.reach(from, reachability.dnsServer, { protocol: "UDP", number: 53 });
