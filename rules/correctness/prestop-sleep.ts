import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "prestop-sleep",
  category: "correctness",
  since: "0.1.0",
  each: "container",
  summary: "A `sleep` hook must end within the grace period.",
  why: `\`terminationGracePeriodSeconds\`, 30 where none is given, is all the time a Pod has to stop, hooks included. The
    API server refuses a sleep action that takes longer.`,
  references: [
    "https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/#hook-handler-implementations",
  ],

  messages: {
    long: (d: { container: string; hook: string; seconds: number; grace: string }) => ({
      text: `${d.container} sleeps ${d.seconds} seconds in its ${d.hook} hook, longer than ${d.grace}; the API server refuses it`,
      help: "Raise terminationGracePeriodSeconds above the time that the hook and the container's own shutdown take",
    }),
  },

  check({ pod, path, spec, ref, type }, { report }) {
    if (type === "initContainer") return;
    const given = pod.spec.terminationGracePeriodSeconds;
    const grace = given ?? 30;
    for (const hook of ["postStart", "preStop"] as const) {
      const lifecycle = spec.lifecycle?.[hook] as { readonly sleep?: { readonly seconds?: number } } | undefined;
      const seconds = lifecycle?.sleep?.seconds;
      if (seconds === undefined || seconds <= grace) continue;
      report("long", {
        at: `${path}.lifecycle.${hook}.sleep.seconds`,
        data: {
          container: ref,
          hook,
          seconds,
          grace: given === undefined ? "the grace period, 30 by default" : `the grace period of ${given}`,
        },
        related:
          given === undefined
            ? []
            : [{ object: pod.owner, at: `${pod.specPath}.terminationGracePeriodSeconds`, note: "the grace period" }],
      });
    }
  },

  examples: {
    bad: {
      "a minute, where half a minute is left": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: shop
              image: shop/shop:1.4
              lifecycle:
                preStop:
                  sleep:
                    seconds: 60   #! long`,
    },
    good: {
      "enough time": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          terminationGracePeriodSeconds: 90
          containers:
            - name: shop
              image: shop/shop:1.4
              lifecycle: {preStop: {sleep: {seconds: 60}}}`,
    },
  },
});
