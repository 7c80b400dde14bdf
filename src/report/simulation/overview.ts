import { keyOf } from "../../cluster/simulation/resources.js";
import type { Simulation } from "../../cluster/simulation/simulate.js";
import { count } from "../../engine/wording.js";
import { nodeRows } from "./node-rows.js";
import { PodsByWorkload } from "./pods-by-workload.js";
import { autoscalerRows, budgetRows, quotaRows } from "./policy-rows.js";
import { ingressRows, serviceRows } from "./service-rows.js";
import { claimRows, volumeRows } from "./storage-rows.js";
import { workloadRows } from "./workload-rows.js";

/** `good` is as wanted, `bad` is not, `warning` wants a look. */
export type Mark = "good" | "warning" | "bad" | "none";

/** One object, in the cells of its table. */
export interface Row {
  /** `Deployment/web`: what the row is about, within its namespace. */
  readonly key: string;
  readonly mark: Mark;
  readonly cells: readonly string[];
  /** Sentences below the row. */
  readonly notes: readonly string[];
  /** Told only where all is told. */
  readonly details: readonly string[];
}

/** Rows whose cells stand below each other. */
export type Table = readonly Row[];

/** One namespace, or what is cluster-wide. */
export interface Part {
  /** Empty of what is cluster-wide. */
  readonly namespace: string;
  readonly tables: readonly Table[];
  /** Objects without a state to tell of, by their number: `3 ConfigMaps`. */
  readonly others: readonly string[];
}

/** What the cluster holds in the end, for people. */
export interface Overview {
  readonly parts: readonly Part[];
  /** Whether all workloads got as many ready Pods as they want. */
  readonly ready: boolean;
}

/** What rows tell of themselves, or what a cluster has from the start. */
const TOLD = new Set([
  "deployments.apps",
  "replicasets.apps",
  "statefulsets.apps",
  "daemonsets.apps",
  "jobs.batch",
  "cronjobs.batch",
  "replicationcontrollers",
  "pods",
  "nodes",
  "namespaces",
  "services",
  "endpointslices.discovery.k8s.io",
  "ingresses.networking.k8s.io",
  "persistentvolumeclaims",
  "persistentvolumes",
  "poddisruptionbudgets.policy",
  "horizontalpodautoscalers.autoscaling",
  "resourcequotas",
]);

/** Puts together what is there in the end, namespace by namespace. */
export function overviewOf(simulation: Simulation): Overview {
  const { objects } = simulation.cluster;
  const pods = new PodsByWorkload(simulation);
  const others = otherObjects(simulation);
  const workloads = workloadRows(simulation, pods);
  const tables = [
    workloads,
    serviceRows(simulation),
    ingressRows(simulation),
    claimRows(simulation),
    budgetRows(simulation),
    autoscalerRows(simulation),
    quotaRows(simulation),
  ];
  const names = [...objects.list("namespaces")].map(keyOf).sort();
  const parts = names.map((namespace) => ({
    namespace,
    tables: tables.flatMap((table) => table.get(namespace) ?? []).length
      ? tables.map((table) => table.get(namespace) ?? []).filter((rows) => rows.length > 0)
      : [],
    others: others.get(namespace) ?? [],
  }));
  const wide = [nodeRows(simulation), volumeRows(simulation)].filter((rows) => rows.length > 0);
  parts.push({ namespace: "", tables: wide, others: others.get("") ?? [] });
  return {
    parts: parts.filter((part) => part.tables.length + part.others.length > 0),
    ready: areReady(workloads),
  };
}

const areReady = (workloads: ReadonlyMap<string, readonly Row[]>): boolean =>
  [...workloads.values()].flat().every(({ mark }) => mark !== "bad" && mark !== "warning");

/** Whether all workloads got as many ready Pods as they want, for who needs nothing else of the overview. */
export const areWorkloadsReady = (simulation: Simulation): boolean =>
  areReady(workloadRows(simulation, new PodsByWorkload(simulation)));

/** By namespace, how many there are of each kind that has no row; only what the documents made. */
function otherObjects({ answers, cluster }: Simulation): Map<string, string[]> {
  const counts = new Map<string, Map<string, Set<string>>>();
  for (const { stored } of answers) {
    const resource = stored && cluster.resourceOf(stored);
    if (stored === undefined || resource === undefined || TOLD.has(resource)) continue;
    const { namespace = "", name = "" } = stored.metadata;
    if (cluster.objects.get(resource, namespace, name) === undefined) continue;
    const byKind = counts.get(namespace) ?? new Map<string, Set<string>>();
    counts.set(namespace, byKind);
    const kind = stored.kind ?? "";
    byKind.set(kind, (byKind.get(kind) ?? new Set()).add(`${resource} ${name}`));
  }
  return new Map(
    [...counts].map(([namespace, byKind]) => [
      namespace,
      [...byKind].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, names]) => count(names.size, kind, pluralOf(kind))),
    ]),
  );
}

const pluralOf = (kind: string): string =>
  /[^aeiou]y$/.test(kind) ? `${kind.slice(0, -1)}ies` : /(s|x|ch)$/.test(kind) ? `${kind}es` : `${kind}s`;

/** Rows by namespace, in the order of their keys. */
export function byNamespace(rows: Iterable<readonly [namespace: string, row: Row]>): Map<string, Row[]> {
  const parts = new Map<string, Row[]>();
  for (const [namespace, row] of rows) {
    const own = parts.get(namespace);
    if (own === undefined) parts.set(namespace, [row]);
    else own.push(row);
  }
  return parts;
}
