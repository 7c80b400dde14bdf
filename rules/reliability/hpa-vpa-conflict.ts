import {
  defineRule,
  list,
  mayShareNamespace,
  type Resource,
  scaleTargetOf,
  utilizationMetrics,
} from "../../src/rule-api.js";

/** What of a VerticalPodAutoscaler matters here: https://github.com/kubernetes/autoscaler/tree/master/vertical-pod-autoscaler */
interface VerticalSpec {
  readonly targetRef?: { readonly kind?: unknown; readonly name?: unknown };
  readonly updatePolicy?: { readonly updateMode?: unknown };
  readonly resourcePolicy?: {
    readonly containerPolicies?: readonly { readonly mode?: unknown; readonly controlledResources?: unknown }[];
  };
}

const verticalSpec = (vpa: Resource): VerticalSpec => (vpa.object as { readonly spec?: VerticalSpec }).spec ?? {};

/** Of autoscalers for targets of one name, so many are looked at. */
const MOST_ALIKE = 20;

/** The resources of which it changes the requests; none where that is not so for every container. */
function changedResources({ updatePolicy, resourcePolicy }: VerticalSpec): readonly unknown[] {
  const { updateMode = "Auto" } = updatePolicy ?? {};
  if (!["Auto", "Recreate", "InPlaceOrRecreate"].includes(updateMode as string)) return [];
  const policies = Array.isArray(resourcePolicy?.containerPolicies) ? resourcePolicy.containerPolicies : [];
  if (policies.length > 1 || policies.some((policy) => policy?.mode === "Off")) return [];
  const controlled: unknown = policies[0]?.controlledResources ?? ["cpu", "memory"];
  return Array.isArray(controlled) ? controlled : [];
}

export default defineRule({
  id: "hpa-vpa-conflict",
  category: "reliability",
  since: "0.1.0",
  each: "cluster",
  summary: "A horizontal and a vertical autoscaler do not act on one resource of one workload.",
  why: `The vertical autoscaler changes the requests, which are what the horizontal one takes its percentage of: each answers to what the
    other does, and both move without end. They go together where the horizontal one scales by other metrics, or the
    vertical one only recommends.`,
  references: [
    "https://github.com/kubernetes/autoscaler/blob/master/vertical-pod-autoscaler/docs/known-limitations.md",
  ],

  messages: {
    both: (d: { hpa: string; vpa: string; target: string; resources: string[] }) => ({
      text: `${d.hpa} scales ${d.target} by its use of ${list(d.resources)}, whose requests ${d.vpa} changes`,
      help: 'Scale by another metric, or set updateMode: "Off" in the VerticalPodAutoscaler',
    }),
  },

  check(cluster, { report }) {
    const verticals = new Map<string, Resource[]>();
    for (const vpa of cluster.ofGroupKind("autoscaling.k8s.io", "VerticalPodAutoscaler")) {
      const { kind, name } = verticalSpec(vpa).targetRef ?? {};
      const key = `${kind}/${name}`;
      verticals.set(key, [...(verticals.get(key)?.slice(0, MOST_ALIKE) ?? []), vpa]);
    }
    if (verticals.size === 0) return;
    for (const hpa of cluster.ofKind("HorizontalPodAutoscaler")) {
      const target = scaleTargetOf(hpa);
      if (target === undefined) continue;
      const vpa = verticals
        .get(`${target.kind}/${target.name}`)
        ?.find(({ namespace }) => mayShareNamespace(namespace, hpa.namespace));
      if (vpa === undefined) continue;
      const changed = changedResources(verticalSpec(vpa));
      const resources = utilizationMetrics(hpa).flatMap(({ resource }) => (changed.includes(resource) ? resource : []));
      if (resources.length === 0) continue;
      report("both", {
        object: hpa,
        at: "spec.scaleTargetRef",
        data: {
          hpa: hpa.ref,
          vpa: vpa.ref,
          target: `${target.kind} "${target.name}"`,
          resources: [...new Set(resources)],
        },
        related: [{ object: vpa, at: "spec.targetRef", note: "the vertical autoscaler" }],
      });
    }
  },

  examples: {
    bad: {
      "both go by CPU": `
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: web}
        spec:
          maxReplicas: 5
          scaleTargetRef:   #! both
            apiVersion: apps/v1
            kind: Deployment
            name: web
          metrics:
            - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}
        ---
        apiVersion: autoscaling.k8s.io/v1
        kind: VerticalPodAutoscaler
        metadata: {name: web}
        spec:
          targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}`,
    },
    good: {
      "one only recommends; each has a resource of its own": `
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: web}
        spec:
          maxReplicas: 5
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
          metrics:
            - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}
        ---
        apiVersion: autoscaling.k8s.io/v1
        kind: VerticalPodAutoscaler
        metadata: {name: web}
        spec:
          targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
          updatePolicy: {updateMode: "Off"}
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: worker}
        spec:
          maxReplicas: 5
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: worker}
          metrics:
            - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}
        ---
        apiVersion: autoscaling.k8s.io/v1
        kind: VerticalPodAutoscaler
        metadata: {name: worker}
        spec:
          targetRef: {apiVersion: apps/v1, kind: Deployment, name: worker}
          resourcePolicy: {containerPolicies: [{containerName: "*", controlledResources: [memory]}]}`,
    },
  },
});
