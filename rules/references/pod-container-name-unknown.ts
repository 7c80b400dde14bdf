import { absentContainerNames, defineRule, didYouMean, list, nearestName } from "../../src/rule-api.js";

export default defineRule({
  id: "pod-container-name-unknown",
  category: "references",
  since: "0.2.0",
  each: "podTemplate",
  summary: "Fields and annotations that name a container of the Pod must name one it has.",
  why: `A resource field reference to a container that is not there keeps the Pod from starting. An annotation for one is
    refused (AppArmor) or without effect: kubectl exec and logs fall back on the first container.`,
  references: [
    "https://kubernetes.io/docs/concepts/workloads/pods/downward-api/",
    "https://kubernetes.io/docs/reference/labels-annotations-taints/#kubectl-kubernetes-io-default-container",
  ],

  messages: {
    field: (d: { subject: string; name: string; containers: string[] }) => ({
      text: `${d.subject} asks for the resources of container "${d.name}", which it does not have`,
      help: offer(d),
    }),
    annotation: (d: { subject: string; name: string; annotation: string; containers: string[] }) => ({
      text: `${d.subject} has annotation "${d.annotation}" for container "${d.name}", which it does not have`,
      help: offer(d),
    }),
  },

  check(pod, { cluster, report }) {
    const containers = pod.containers.map(({ name }) => name);
    // A mesh adds containers to Pods as they are made.
    if (cluster.mayBePatched(pod.owner, "containers")) return;
    for (const { name, at, by, annotation } of absentContainerNames(pod)) {
      const data = { subject: pod.ref, name, containers };
      if (by === "annotation") report("annotation", { at, data: { ...data, annotation } });
      else report("field", { at, data });
    }
  },

  examples: {
    bad: {
      "in a variable, a volume and annotations": `
        apiVersion: v1
        kind: Pod
        metadata:
          name: api
          annotations:
            kubectl.kubernetes.io/default-container: app   #! annotation
            container.apparmor.security.beta.kubernetes.io/apii: runtime/default   #! annotation
        spec:
          containers:
            - name: api
              image: "api:1.4"
              env:
                - name: CPU
                  valueFrom: {resourceFieldRef: {containerName: aip, resource: limits.cpu}}   #! field
          volumes:
            - name: info
              downwardAPI:
                items:
                  - path: memory
                    resourceFieldRef: {containerName: worker, resource: limits.memory}   #! field`,
    },
    good: {
      "init containers count, and none named is the container itself": `
        apiVersion: v1
        kind: Pod
        metadata:
          name: api
          annotations: {kubectl.kubernetes.io/default-container: migrate}
        spec:
          initContainers: [{name: migrate, image: "migrate:1.4"}]
          containers:
            - name: api
              image: "api:1.4"
              env: [{name: CPU, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}]`,
    },
  },
});

const offer = (d: { name: string; containers: string[] }): string =>
  didYouMean(nearestName(d.name, d.containers)) ??
  `It has ${list(
    d.containers.map((name) => `"${name}"`),
    8,
  )}`;
