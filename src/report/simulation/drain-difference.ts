import type { Drain, DrainedPod } from "../../cluster/disruption/drain.js";
import { writtenName } from "../../cluster/outcome/like-entries.js";
import { count } from "../../engine/wording.js";
import type { Difference } from "./difference.js";
import type { Mark } from "./overview.js";

const WORDS: Readonly<Record<DrainedPod["fate"], readonly [Mark, string]>> = {
  evicted: ["good", "is evicted"],
  blocked: ["bad", "is kept"],
  bare: ["warning", "is only deleted with --force: no controller makes it again"],
  stays: ["none", "stays: of a DaemonSet"],
};

/** What draining a node does to its Pods, those alike together. */
export function drainLines(drain: Drain): Difference["lines"] {
  const counts = new Map<string, { mark: Mark; name: string; rest: string; times: number }>();
  for (const { pod, fate, losesData, answer } of drain.pods) {
    const [mark, words] = WORDS[fate];
    const name = `Pod ${pod.metadata.namespace}/${writtenName(pod)}`;
    const loses = losesData && (fate === "evicted" || fate === "bare") ? "; what its emptyDir holds is lost" : "";
    const rest = `${words}${fate === "blocked" ? `: ${answer?.cause ?? answer?.message}` : ""}${loses}`;
    const known = counts.get(`${name} ${rest}`);
    if (known !== undefined) known.times++;
    else counts.set(`${name} ${rest}`, { mark: loses && mark === "good" ? "warning" : mark, name, rest, times: 1 });
  }
  const lines = [...counts.values()].map(({ mark, name, rest, times }) => ({
    mark,
    text: `${name}${times > 1 ? ` ×${times}` : ""} ${rest}`,
  }));
  for (const pod of drain.homeless) {
    const why = pod.status.conditions?.find(({ type }) => type === "PodScheduled")?.message;
    lines.push({
      mark: "bad",
      text: `Pod ${pod.metadata.namespace}/${writtenName(pod)} finds no other node${why ? `: ${why}` : ""}`,
    });
  }
  const kept = drain.pods.filter(({ fate }) => fate === "blocked").length;
  if (kept > 0) lines.push({ mark: "bad", text: `the drain does not end: ${count(kept, "Pod")} cannot be evicted` });
  else if (lines.length === 0) lines.push({ mark: "none", text: "no Pod is on it" });
  return lines;
}
