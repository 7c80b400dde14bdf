import { type Cluster, defineRule } from "../../src/rule-api.js";

const SCALED = new WeakMap<Cluster, ReadonlySet<string>>();

/** The names of Deployments that an autoscaler of the input scales, of whatever namespace. */
function scaledDeployments(cluster: Cluster): ReadonlySet<string> {
  const known = SCALED.get(cluster);
  if (known) return known;
  const names = new Set<string>();
  for (const { spec } of cluster.ofGroupKind("autoscaling", "HorizontalPodAutoscaler")) {
    const target = (spec as { scaleTargetRef?: { kind?: string; name?: string } } | undefined)?.scaleTargetRef;
    if (target?.kind === "Deployment" && target.name) names.add(target.name);
  }
  SCALED.set(cluster, names);
  return names;
}

export default defineRule({
  id: "min-replicas",
  category: "reliability",
  since: "0.1.0",
  preset: "strict",
  kinds: ["Deployment"],
  summary: "A Deployment must run enough replicas to do without one.",
  why: `With a single replica every drained node and every crash is an outage. A Deployment without \`replicas\` runs one,
    unless a HorizontalPodAutoscaler scales it: then its minReplicas counts. Zero is off on purpose and left alone.`,
  references: ["https://kubernetes.io/docs/concepts/workloads/pods/disruptions/"],

  options: {
    replicas: { summary: "The smallest number of replicas.", default: 2, minimum: 1 },
  },

  messages: {
    few: (d: { owner: string; replicas: number; least: number }) => ({
      text: `${d.owner} runs ${d.replicas === 1 ? "1 replica" : `${d.replicas} replicas`}, fewer than ${d.least}`,
      help: `Set replicas to ${d.least} or more`,
    }),
  },

  check(deployment, { cluster, options, report }) {
    const { replicas = 1, strategy } = deployment.spec ?? {};
    // Recreate says that two of them cannot run side by side.
    if (replicas === 0 || replicas >= options.replicas || strategy?.type === "Recreate") return;
    if (scaledDeployments(cluster).has(deployment.name)) return;
    report("few", { at: "spec.replicas", data: { owner: deployment.ref, replicas, least: options.replicas } });
  },

  examples: {
    bad: {
      "one by default, too few for the option": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:   #! few
          selector: {matchLabels: {app: shop}}
          template: {metadata: {labels: {app: shop}}, spec: {containers: [{name: shop, image: "shop:1.4"}]}}`,
      "an option": {
        options: { replicas: 3 },
        manifests: `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          replicas: 2   #! few
          selector: {matchLabels: {app: shop}}
          template: {metadata: {labels: {app: shop}}, spec: {containers: [{name: shop, image: "shop:1.4"}]}}`,
      },
    },
    good: {
      "two, scaled, off, or one at a time": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: a}
        spec: {replicas: 2}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: b}
        spec: {}
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: b}
        spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: b}, minReplicas: 2, maxReplicas: 5}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: c}
        spec: {replicas: 0}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: d}
        spec: {strategy: {type: Recreate}}`,
    },
  },
});
