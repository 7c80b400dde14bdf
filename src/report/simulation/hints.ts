import { count, list } from "../../engine/wording.js";
import type { SimulationReport } from "./write-simulation.js";

/** What would tell more: options that take as there what the input leaves out. */
export function simulationHints({ refused, simulation }: Pick<SimulationReport, "refused" | "simulation">): string[] {
  const { objects } = simulation.cluster;
  const hints: string[] = [];
  const lost = refused.filter(({ absentNamespace }) => absentNamespace !== undefined);
  if (lost.length > 0) {
    const names = [...new Set(lost.map(({ absentNamespace }) => `"${absentNamespace}"`))].sort();
    const [what, be, takes] = names.length === 1 ? ["namespace", "is", "it"] : ["namespaces", "are", "them"];
    hints.push(
      `${count(lost.length, "document")} ${lost.length === 1 ? "was" : "were"} refused because ${what} ${list(names)} ${be} not among them: --assume-namespaces takes ${takes} as there`,
    );
  }
  const early = refused.filter(({ tooEarly }) => tooEarly);
  if (early.length > 0) {
    const [first] = early;
    const whom = early.length === 1 ? `${first!.name} was` : `${count(early.length, "document")} were`;
    hints.push(
      `${whom} refused only because what ${early.length === 1 ? "it needs" : "they need"} comes later in the input: --sort applies that first`,
    );
  }
  const waiting = [...objects.list("pods")].filter(({ spec, status }) => !spec.nodeName && status.phase === "Pending");
  if (waiting.length > 0 && objects.list("nodes").next().done)
    hints.push(
      `${waiting.length === 1 ? "1 Pod waits" : `${waiting.length} Pods wait`} because there is no Node: --nodes 3 takes three as there`,
    );
  const classes = new Map<string, number>();
  for (const { spec, status } of objects.list("persistentvolumeclaims")) {
    const name = spec.storageClassName;
    if (status?.phase === "Bound" || !name || objects.get("storageclasses.storage.k8s.io", undefined, name)) continue;
    classes.set(name, (classes.get(name) ?? 0) + 1);
  }
  for (const [name, times] of classes)
    hints.push(
      `${times === 1 ? "1 claim waits" : `${times} claims wait`} for StorageClass "${name}", which is not in the input`,
    );
  return hints;
}
