import { defineRule, didYouMean, isPlaceholder, list, nearestName, type PodTemplate } from "../../src/rule-api.js";

/** The names a Pod's containers can mount: its volumes, and the claims that a StatefulSet adds to each Pod. */
function volumesOf(pod: PodTemplate): string[] {
  const { volumeClaimTemplates } = (pod.owner.spec ?? {}) as {
    readonly volumeClaimTemplates?: readonly { readonly metadata?: { readonly name?: string } }[];
  };
  return [
    ...(pod.spec.volumes ?? []).map((v) => v.name),
    ...(volumeClaimTemplates ?? []).map((c) => c.metadata?.name),
  ].filter((name): name is string => typeof name === "string");
}

export default defineRule({
  id: "volume-mount-undefined",
  category: "correctness",
  since: "0.1.0",
  each: "container",
  summary: "A container mounts volumes that its Pod defines.",
  why: `The API server refuses a Pod with a volumeMount or volumeDevice whose name is not among its volumes. In a
    StatefulSet the names of volumeClaimTemplates count too; there the controller fails to make the Pods.`,
  references: ["https://kubernetes.io/docs/concepts/storage/volumes/#background"],

  messages: {
    undefined: (d: {
      container: string;
      volume: string;
      owner: string;
      volumes: readonly string[];
      nearest?: string;
    }) => ({
      text: `${d.container} mounts volume "${d.volume}", which ${d.owner} does not define; the API server refuses the Pod`,
      help:
        didYouMean(d.nearest) ??
        (d.volumes.length > 0
          ? `Its volumes are ${list(
              d.volumes.map((name) => `"${name}"`),
              8,
            )}`
          : `Add a volume "${d.volume}" to the Pod spec`),
    }),
  },

  check(container, { report }) {
    const volumes = volumesOf(container.pod);
    // A volume without a name may be the one.
    if (volumes.some(isPlaceholder) || container.pod.spec.volumes?.some(({ name }) => !name)) return;
    for (const field of ["volumeMounts", "volumeDevices"] as const)
      container.spec[field]?.forEach(({ name }, i) => {
        if (!name || volumes.includes(name)) return;
        const at = `${container.path}.${field}[${i}].name`;
        const nearest = nearestName(name, volumes);
        report("undefined", {
          at,
          data: { container: container.ref, volume: name, owner: container.pod.ref, volumes, nearest },
          related:
            container.pod.spec.volumes === undefined
              ? []
              : [{ object: container.pod, at: `${container.pod.specPath}.volumes`, note: "its volumes" }],
          fix:
            nearest === undefined
              ? undefined
              : { description: `Change "${name}" to "${nearest}"`, safe: false, edits: [{ at, value: nearest }] },
        });
      });
  },

  examples: {
    bad: {
      "a slip in the name": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
                - name: web
                  image: "web:1.4"
                  volumeMounts:
                    - {name: conf, mountPath: /etc/web}
                    - {name: cahce, mountPath: /cache}   #! undefined
              volumes:
                - {name: conf, configMap: {name: web}}
                - {name: cache, emptyDir: {}}`,
      "no volumes at all": `
        apiVersion: v1
        kind: Pod
        metadata: {name: db}
        spec:
          containers:
            - name: db
              image: "db:1.4"
              volumeDevices:
                - {name: raw, devicePath: /dev/raw}   #! undefined`,
    },
    good: {
      "a claim template is a volume of every Pod": `
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db}
        spec:
          serviceName: db
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec:
              containers: [{name: db, image: "db:1.4", volumeMounts: [{name: data, mountPath: /data}]}]
          volumeClaimTemplates:
            - metadata: {name: data}
              spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}`,
    },
  },
});
