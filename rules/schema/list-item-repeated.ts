import { defineRule, fieldWords } from "../../src/rule-api.js";

const listOf = (path: string): string => fieldWords(path.slice(0, path.lastIndexOf("[")));

export default defineRule({
  id: "list-item-repeated",
  category: "schema",
  severity: "warning",
  since: "0.1.0",
  each: "schemaProblem",
  codes: ["duplicate-item"],
  summary: "The items of a list that go by keys differ in them, also where the API server takes both.",
  why: `The API server takes two environment variables of one name, two equal container ports or the same pull secret twice
    on create, but server-side apply refuses them, and of two variables only the last one counts.`,
  references: ["https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy"],

  messages: {
    repeated: (d: { field: string; keys: string }) => ({
      text: `${d.field} has two items with ${d.keys}; server-side apply refuses it`,
      help: "Remove one",
    }),
  },

  check({ path: at, firstPath, keys, refused }, { report, resource }) {
    if (refused) return;
    report("repeated", {
      at,
      data: { field: listOf(at), keys },
      related: [{ object: resource, at: firstPath, note: "the first one" }],
    });
  },

  examples: {
    bad: {
      "a variable set twice": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: shop
              image: shop:1.4
              env:
                - {name: MODE, value: fast}
                - {name: MODE, value: slow}   #! repeated`,
    },
    good: {
      "lists without keys may repeat themselves": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers: [{name: shop, image: "shop:1.4", args: [-v, -v]}]`,
    },
  },
});
