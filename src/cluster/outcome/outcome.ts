import type { Simulation } from "../simulation/simulate.js";
import { aggregatedClusterRolesOf, type Query, queriesOf } from "./authorization.js";
import { horizontalPodAutoscalersOf } from "./autoscalers.js";
import { cronJobsOf } from "./cron-jobs.js";
import { daemonSetsOf } from "./daemon-sets.js";
import {
  customResourceDefinitionsOf,
  ingressesOf,
  limitRangesOf,
  validatingAdmissionPoliciesOf,
} from "./defaulted-objects.js";
import { deploymentsOf } from "./deployments.js";
import { podDisruptionBudgetsOf } from "./disruption-budgets.js";
import { documentsOf, goneOf } from "./documents.js";
import { jobsOf } from "./jobs.js";
import { namespacesOf } from "./namespaces.js";
import { nodesOf } from "./nodes.js";
import { podsOf } from "./pods.js";
import { resourceQuotasOf } from "./quotas.js";
import { replicaSetsOf } from "./replica-sets.js";
import { replicationControllersOf } from "./replication-controllers.js";
import { otherEndpointSlicesOf, servicesOf } from "./services.js";
import { statefulSetsOf } from "./stateful-sets.js";
import { persistentVolumeClaimsOf, persistentVolumesOf } from "./storage.js";

/** One entry of a section: plain data, as it is printed. */
export type Entry = Readonly<Record<string, unknown>>;

/** What became of the manifests, a section for each concern; sections without entries are left out. */
export type Outcome = Readonly<Record<string, readonly Entry[]>>;

/** How each section is made; the order is that of the output. */
const SECTIONS: Readonly<Record<string, (simulation: Simulation) => Iterable<Entry>>> = {
  documents: documentsOf,
  gone: goneOf,
  namespaces: namespacesOf,
  nodes: nodesOf,
  pods: podsOf,
  deployments: deploymentsOf,
  replicaSets: replicaSetsOf,
  replicationControllers: replicationControllersOf,
  statefulSets: statefulSetsOf,
  daemonSets: daemonSetsOf,
  jobs: jobsOf,
  cronJobs: cronJobsOf,
  services: servicesOf,
  otherEndpointSlices: otherEndpointSlicesOf,
  ingresses: ingressesOf,
  persistentVolumeClaims: persistentVolumeClaimsOf,
  persistentVolumes: persistentVolumesOf,
  podDisruptionBudgets: podDisruptionBudgetsOf,
  resourceQuotas: resourceQuotasOf,
  limitRanges: limitRangesOf,
  horizontalPodAutoscalers: horizontalPodAutoscalersOf,
  aggregatedClusterRoles: aggregatedClusterRolesOf,
  customResourceDefinitions: customResourceDefinitionsOf,
  validatingAdmissionPolicies: validatingAdmissionPoliciesOf,
};

/** The state of the cluster in the end: what is there, how it fares, and what the server said of each document. */
export function outcomeOf(simulation: Simulation, queries: readonly Query[] = []): Outcome {
  const sections = Object.entries(SECTIONS).map(([name, entriesOf]) => [name, [...entriesOf(simulation)]] as const);
  sections.push(["queries", queriesOf(simulation, queries)]);
  return Object.fromEntries(sections.filter(([, entries]) => entries.length > 0));
}
