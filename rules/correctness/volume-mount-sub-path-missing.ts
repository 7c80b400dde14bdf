import { defineRule, didYouMean, isPlaceholder, keysReferredTo, nearestName } from "../../src/rule-api.js";

export default defineRule({
  id: "volume-mount-sub-path-missing",
  category: "correctness",
  since: "0.1.0",
  each: "container",
  summary: "The `subPath` of a mounted ConfigMap or Secret is one of its files.",
  why: `The files of the volume are the keys, or the paths that its items list. The kubelet makes a folder where the
    subPath leads to nothing, so that the container finds an empty folder in place of the file, or does not start.`,
  references: ["https://kubernetes.io/docs/concepts/storage/volumes/#using-subpath"],

  messages: {
    missing: (d: { container: string; subPath: string; target: string; nearest?: string }) => ({
      text: `${d.container} mounts "${d.subPath}" of ${d.target}, which has no such file; an empty folder takes its place`,
      help: didYouMean(d.nearest),
    }),
  },

  // An absent ConfigMap or Secret is config-map-missing or secret-missing.
  check(container, { cluster, report }) {
    const { pod } = container;
    container.spec.volumeMounts?.forEach(({ name, subPath }, i) => {
      if (!subPath || isPlaceholder(subPath)) return;
      const wanted = subPath.replace(/^\.\//, "").replace(/\/+$/, "");
      const index = pod.spec.volumes?.findIndex((volume) => volume.name === name) ?? -1;
      const volume = pod.spec.volumes?.[index];
      const source = volume?.configMap ?? volume?.secret;
      if (!source || source.optional) return;
      const at = `${pod.specPath}.volumes[${index}].`;
      const reference = cluster.references.from(pod.owner).find((one) => one.at.startsWith(at));
      const keys = reference && keysReferredTo(cluster, reference);
      if (!reference || !keys) return;
      const files = source.items ? source.items.map((item) => item.path ?? "") : [...keys];
      if (files.some((file) => isPlaceholder(file) || file === wanted || file.startsWith(`${wanted}/`))) return;
      const target = reference.lookup.state === "present" ? reference.lookup.resource : undefined;
      const nearest = nearestName(wanted, files);
      const where = `${container.path}.volumeMounts[${i}].subPath`;
      report("missing", {
        at: where,
        data: { container: container.ref, subPath, target: `${reference.kind} "${reference.name}"`, nearest },
        related: target ? [{ object: target, at: "data", note: "its keys" }] : [],
        fix:
          nearest === undefined
            ? undefined
            : {
                description: `Change "${subPath}" to "${nearest}"`,
                safe: false,
                edits: [{ at: where, value: JSON.stringify(nearest) }],
              },
      });
    });
  },

  examples: {
    bad: {
      "the key is spelled otherwise": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers:
            - name: web
              image: "web:1.4"
              volumeMounts:
                - name: conf
                  mountPath: /etc/nginx/nginx.conf
                  subPath: nginx.cnf   #! missing
          volumes: [{name: conf, configMap: {name: web}}]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: web}
        data: {nginx.conf: "events {}"}`,
    },
    good: {
      "a key, a path of items, a folder of theirs": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers:
            - name: web
              image: "web:1.4"
              volumeMounts:
                - {name: conf, mountPath: /etc/nginx/nginx.conf, subPath: nginx.conf}
                - {name: sites, mountPath: /etc/nginx/sites, subPath: sites}
                - {name: data, mountPath: /data, subPath: web}
          volumes:
            - {name: conf, configMap: {name: web}}
            - {name: sites, configMap: {name: web, items: [{key: shop.conf, path: sites/shop.conf}]}}
            - {name: data, persistentVolumeClaim: {claimName: web}}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: web}
        data: {nginx.conf: "events {}", shop.conf: "server {}"}`,
    },
  },
});
