import { defineRule } from "../../src/rule-api.js";

/** `0` and `0%`; anything that is no number is a mistake of another kind. */
const isNone = (value: string | number | undefined): boolean => value !== undefined && /^0+%?$/.test(String(value));

export default defineRule({
  id: "rolling-update-stuck",
  category: "correctness",
  since: "0.1.0",
  kinds: ["Deployment", "DaemonSet"],
  summary: "A rolling update must be allowed to add a Pod or to take one away.",
  why: `With \`maxSurge\` and \`maxUnavailable\` both 0 no Pod could ever be replaced, so the API server refuses it. A
    DaemonSet takes exactly one of the two: its \`maxUnavailable\` is 1 where none is given, so \`maxSurge\` alone
    is refused as well.`,
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment",
    "https://kubernetes.io/docs/tasks/manage-daemon/update-daemon-set/#performing-a-rolling-update",
  ],

  messages: {
    stuck: (d: { owner: string }) => ({
      text: `${d.owner} lets a rolling update neither add a Pod nor take one away; the API server refuses it`,
      help: "Set maxSurge or maxUnavailable to 1 or more",
    }),
    both: (d: { owner: string; surge: string; unavailable: string }) => ({
      text: `${d.owner} sets maxSurge ${d.surge} with ${d.unavailable}; the API server takes only one of them above 0 in a DaemonSet`,
      help: "Set maxUnavailable to 0",
    }),
  },

  check(owner, { report }) {
    const spec = owner.spec;
    if (!spec) return;
    const field = "strategy" in spec ? "strategy" : "updateStrategy";
    const { type = "RollingUpdate", rollingUpdate } =
      ("strategy" in spec ? spec.strategy : "updateStrategy" in spec ? spec.updateStrategy : undefined) ?? {};
    if (type !== "RollingUpdate" || !rollingUpdate) return;
    const { maxUnavailable, maxSurge } = rollingUpdate;
    const at = `spec.${field}.rollingUpdate`;
    const related = [{ object: owner, at: `${at}.maxSurge`, note: "no Pod may be added" }];
    if (owner.kind === "DaemonSet") {
      if (isNone(maxUnavailable) && (maxSurge === undefined || isNone(maxSurge)))
        report("stuck", { at: `${at}.maxUnavailable`, data: { owner: owner.ref } });
      else if (maxSurge !== undefined && /^[1-9]\d*%?$/.test(String(maxSurge)) && !isNone(maxUnavailable))
        report("both", {
          at: `${at}.maxSurge`,
          data: {
            owner: owner.ref,
            surge: String(maxSurge),
            unavailable:
              maxUnavailable === undefined ? "the default maxUnavailable, 1" : `maxUnavailable ${maxUnavailable}`,
          },
        });
    } else if (isNone(maxUnavailable) && isNone(maxSurge))
      report("stuck", { at: `${at}.maxUnavailable`, data: { owner: owner.ref }, related });
  },

  examples: {
    bad: {
      "no way to go": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: api}
        spec:
          strategy:
            rollingUpdate:
              maxSurge: 0
              maxUnavailable: 0%   #! stuck
          selector: {matchLabels: {app: api}}
          template:
            metadata: {labels: {app: api}}
            spec: {containers: [{name: api, image: "shop/api:1.4"}]}`,
      "a DaemonSet": `
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: agent}
        spec:
          updateStrategy:
            type: RollingUpdate
            rollingUpdate:
              maxUnavailable: 0   #! stuck
          selector: {matchLabels: {app: agent}}
          template:
            metadata: {labels: {app: agent}}
            spec: {containers: [{name: agent, image: "shop/agent:1.4"}]}
        ---
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: collector}
        spec:
          updateStrategy:
            rollingUpdate:
              maxSurge: 1   #! both
          selector: {matchLabels: {app: collector}}
          template:
            metadata: {labels: {app: collector}}
            spec: {containers: [{name: collector, image: "shop/collector:1.4"}]}`,
    },
    good: {
      "one of the two, or another strategy": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: api}
        spec:
          strategy: {rollingUpdate: {maxUnavailable: 0}}
          selector: {matchLabels: {app: api}}
          template:
            metadata: {labels: {app: api}}
            spec: {containers: [{name: api, image: "shop/api:1.4"}]}
        ---
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: agent}
        spec:
          updateStrategy: {rollingUpdate: {maxUnavailable: 0, maxSurge: 10%}}
          selector: {matchLabels: {app: agent}}
          template:
            metadata: {labels: {app: agent}}
            spec: {containers: [{name: agent, image: "shop/agent:1.4"}]}`,
    },
  },
});
