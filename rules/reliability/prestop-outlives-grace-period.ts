import { defineRule } from "../../src/rule-api.js";

/** The seconds that a command surely sleeps: `sleep 60` by itself or first in a shell's script. */
function sleepOf(command: readonly string[]): number | undefined {
  const words = command.map((word) => word.trim());
  const script = /^(\/(usr\/)?bin\/)?(ba|da)?sh$/.test(words[0] ?? "") && words[1] === "-c" ? words[2] : undefined;
  const match = /^(?:\/(?:usr\/)?bin\/)?sleep\s+(\d{1,6})s?\s*(?:$|;|&&|\n)/.exec(script ?? words.join(" "));
  return match ? Number(match[1]) : undefined;
}

export default defineRule({
  id: "prestop-outlives-grace-period",
  category: "reliability",
  since: "0.1.0",
  each: "container",
  summary: "A preStop command must end within the grace period.",
  why: `The grace period, \`terminationGracePeriodSeconds\` or 30 seconds, starts before the preStop hook. When the hook uses
    it up, the container is killed without having been told to stop.`,
  references: ["https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination"],

  messages: {
    long: (d: { container: string; seconds: number; grace: string }) => ({
      text: `${d.container} sleeps ${d.seconds} seconds before it stops and is killed first, after ${d.grace}`,
      help: "Raise terminationGracePeriodSeconds above the time that the hook and the container's own shutdown take",
    }),
  },

  check({ pod, path, spec, ref }, { report }) {
    const command = spec.lifecycle?.preStop?.exec?.command;
    if (!command?.every((word) => typeof word === "string")) return;
    const seconds = sleepOf(command);
    const given = pod.spec.terminationGracePeriodSeconds;
    if (seconds === undefined || seconds < (given ?? 30)) return;
    report("long", {
      at: `${path}.lifecycle.preStop.exec.command`,
      data: {
        container: ref,
        seconds,
        grace: given === undefined ? "the default grace period of 30" : `the grace period of ${given}`,
      },
      related:
        given === undefined
          ? []
          : [{ object: pod.owner, at: `${pod.specPath}.terminationGracePeriodSeconds`, note: "the grace period" }],
    });
  },

  examples: {
    bad: {
      "no time left": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          terminationGracePeriodSeconds: 60
          containers:
            - name: a
              image: shop:1.4
              lifecycle:
                preStop:
                  exec:
                    command: [sleep, "60"]   #! long
            - name: b
              image: shop:1.4
              lifecycle:
                preStop:
                  exec:
                    command: ["/bin/sh", "-c", "sleep 120 && nginx -s quit"]   #! long`,
    },
    good: {
      "time enough, or nobody knows": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: a
              image: shop:1.4
              lifecycle: {preStop: {exec: {command: [sleep, "5"]}}}
            - name: b
              image: shop:1.4
              lifecycle: {preStop: {exec: {command: [/drain.sh]}}}`,
    },
  },
});
