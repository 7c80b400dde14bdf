import { areAppliedTogether, defineRule } from "../../src/rule-api.js";

const MARKS: Readonly<Record<string, string>> = {
  IngressClass: "ingressclass.kubernetes.io/is-default-class",
  StorageClass: "storageclass.kubernetes.io/is-default-class",
};

export default defineRule({
  id: "default-class-ambiguous",
  category: "reliability",
  since: "0.1.0",
  each: "cluster",
  summary: "One StorageClass and one IngressClass at most are marked as the default.",
  why: `Claims and Ingresses that name no class get the default one. Of several, API servers take the newest, whichever that
    happens to be after a restore or in another cluster; old ones refuse the claim or the Ingress.`,
  references: [
    "https://kubernetes.io/docs/concepts/storage/storage-classes/#default-storageclass",
    "https://kubernetes.io/docs/concepts/services-networking/ingress/#default-ingress-class",
  ],

  messages: {
    several: (d: { second: string; first: string }) => ({
      text: `${d.second} is marked as the default, as ${d.first} is, and which of them counts depends on when they were created`,
      help: "Leave the mark to one of them",
    }),
  },

  check(cluster, { report }) {
    for (const [kind, mark] of Object.entries(MARKS)) {
      const classes = cluster.ofKind(kind as "IngressClass" | "StorageClass");
      const [first, ...others] = classes.filter(({ annotations }) => annotations[mark] === "true");
      for (const second of others)
        if (second.name !== first!.name && areAppliedTogether(cluster, first!, second))
          report("several", {
            object: second,
            at: `metadata.annotations[${mark}]`,
            data: { second: second.ref, first: first!.ref },
            related: [{ object: first!, at: `metadata.annotations[${mark}]`, note: "the other default" }],
          });
    }
  },

  examples: {
    bad: {
      "two defaults": `
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata:
          name: fast
          annotations: {storageclass.kubernetes.io/is-default-class: "true"}
        provisioner: csi.example.com
        ---
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata:
          name: slow
          annotations:
            storageclass.kubernetes.io/is-default-class: "true"   #! several
        provisioner: csi.example.com`,
    },
    good: {
      "one of each kind": `
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata:
          name: fast
          annotations: {storageclass.kubernetes.io/is-default-class: "true"}
        provisioner: csi.example.com
        ---
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata:
          name: slow
          annotations: {storageclass.kubernetes.io/is-default-class: "false"}
        provisioner: csi.example.com
        ---
        apiVersion: networking.k8s.io/v1
        kind: IngressClass
        metadata:
          name: nginx
          annotations: {ingressclass.kubernetes.io/is-default-class: "true"}
        spec: {controller: k8s.io/ingress-nginx}`,
    },
  },
});
