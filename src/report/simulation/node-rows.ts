import { podsByNode, shareText, useOf } from "../../cluster/description/node-use.js";
import type { Simulation } from "../../cluster/simulation/simulate.js";
import type { Row } from "./overview.js";

/** The nodes with what is allocated on them. */
export function nodeRows({ cluster }: Simulation): Row[] {
  const pods = podsByNode(cluster);
  const rows = [...cluster.objects.list("nodes")].map((node): Row => {
    const { name = "" } = node.metadata;
    const { requested, allocatable } = useOf(node, pods.get(name) ?? []);
    const ready = node.status?.conditions?.find(({ type }) => type === "Ready")?.status === "True";
    const taints = (node.spec?.taints ?? []).map(
      ({ key, value, effect }) => `${key}${value ? `=${value}` : ""}:${effect}`,
    );
    const state = [ready ? "" : "not ready", node.spec?.unschedulable ? "cordoned" : ""].filter(Boolean).join(", ");
    return {
      key: `Node/${name}`,
      mark: !ready ? "bad" : node.spec?.unschedulable ? "warning" : "good",
      cells: [
        `Node ${name}`,
        state || "ready",
        ...["cpu", "memory", "pods"].map((each) => shareText(each, requested, allocatable)),
      ],
      notes: taints.length > 0 ? [`taints ${taints.join(", ")}`] : [],
      details: [],
    };
  });
  return rows.sort((a, b) => a.key.localeCompare(b.key, "en", { numeric: true }));
}
