import { defineRule, isPlaceholder } from "../../src/rule-api.js";

export default defineRule({
  id: "container-name-reused",
  category: "correctness",
  since: "0.1.0",
  each: "podTemplate",
  summary: "The containers, init containers and ephemeral containers of one Pod have different names.",
  why: `Logs, status and probes go by the container's name, so the API server refuses a Pod in which two
    containers share it, also where one is an init container or an ephemeral one.`,
  references: ["https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#detailed-behavior"],

  messages: {
    reused: (d: { owner: string; name: string; ephemeral: boolean }) => ({
      text: `${d.owner} has ${d.ephemeral ? "an ephemeral" : "an init"} container and a container named "${d.name}"; the API server refuses it`,
      help: "Rename one of the two",
    }),
  },

  check(pod, { report }) {
    // Two of one list are duplicate items, which the schema's rules report.
    const running = new Map(pod.containers.filter(({ type }) => type === "container").map((each) => [each.name, each]));
    for (const { type, name, path } of pod.containers) {
      const other = running.get(name);
      if (!other || type === "container" || name === "" || isPlaceholder(name)) continue;
      report("reused", {
        at: `${path}.name`,
        data: { owner: pod.ref, name, ephemeral: type === "ephemeralContainer" },
        related: [{ object: other, at: `${other.path}.name`, note: "the container of that name" }],
      });
    }
  },

  examples: {
    bad: {
      "the init container is a copy": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          initContainers:
            - name: shop          #! reused
              image: shop:1.4
              args: [migrate]
          containers:
            - name: shop
              image: shop:1.4`,
      "a debugging container of the same name": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: shop
              image: shop:1.4
          ephemeralContainers:
            - name: shop          #! reused
              image: busybox:1.37`,
    },
    good: {
      "names of their own": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          initContainers: [{name: migrate, image: "shop:1.4"}]
          containers: [{name: shop, image: "shop:1.4"}]`,
    },
  },
});
