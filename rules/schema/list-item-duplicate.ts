import { defineRule, fieldWords } from "../../src/rule-api.js";

const listOf = (path: string): string => fieldWords(path.slice(0, path.lastIndexOf("[")));

export default defineRule({
  id: "list-item-duplicate",
  category: "schema",
  since: "0.1.0",
  each: "schemaProblem",
  codes: ["duplicate-item"],
  summary: "The items of a list that go by keys must differ in them.",
  why: `Containers, volumes, mounts and ports are told apart by a few of their fields, and the API server refuses an object
    with two that are the same.`,
  references: ["https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy"],

  // The server names the first of the two.
  tells: /\.topologySpreadConstraints\[\d+\]$/,

  messages: {
    duplicate: (d: { field: string; keys: string }) => ({
      text: `${d.field} has two items with ${d.keys}; the API server refuses it`,
      help: "Remove one, or tell them apart",
    }),
  },

  check({ path: at, firstPath, keys, refused }, { report, resource }) {
    // Where the server takes both: list-item-repeated.
    if (!refused) return;
    report("duplicate", {
      at,
      data: { field: listOf(at), keys },
      related: [{ object: resource, at: firstPath, note: "the first one" }],
    });
  },

  examples: {
    bad: {
      "two containers of one name, two mounts in one place": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: shop
              image: shop:1.4
              volumeMounts:
                - {name: data, mountPath: /data}
                - {name: cache, mountPath: /data}   #! duplicate
            - name: shop   #! duplicate
              image: cache:7
          volumes: [{name: data, emptyDir: {}}, {name: cache, emptyDir: {}}]`,
    },
    good: {
      "one port, two protocols": `
        apiVersion: v1
        kind: Service
        metadata: {name: dns}
        spec:
          selector: {app: dns}
          ports:
            - {name: dns, port: 53, protocol: UDP}
            - {name: dns-tcp, port: 53, protocol: TCP}`,
    },
  },
});
