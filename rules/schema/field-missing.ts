import { defineRule, typeWords } from "../../src/rule-api.js";

export default defineRule({
  id: "field-missing",
  category: "schema",
  since: "0.1.0",
  each: "schemaProblem",
  codes: ["missing-field"],
  summary: "Required fields must be there, with a value.",
  why: `The API server refuses the object. To it an empty string, an empty list and a zero are the same as a field that is
    left out.`,
  references: ["https://kubernetes.io/docs/concepts/overview/working-with-objects/#required-fields"],

  // Of the two parts of a reference the server names the other.
  tells: /\.service\.name(space)?$/,

  messages: {
    missing: (d: { field: string; type: string; object: string }) => ({
      text: `Required field "${d.field}" is missing in ${typeWords(d.type)} of ${d.object}`,
    }),
    missingAtRoot: (d: { field: string; object: string; meant?: string }) => ({
      text: `Required field "${d.field}" is missing in ${d.object}`,
      help: d.meant === undefined ? undefined : `Add ${d.field}: ${d.meant}`,
    }),
    empty: (d: { field: string; type: string; object: string }) => ({
      text: `Required field "${d.field}" is empty in ${typeWords(d.type)} of ${d.object}`,
    }),
  },

  check({ path: at, field, parentType: type, empty, meant }, { report, resource }) {
    const object = resource.kind === "" ? "the object" : resource.ref;
    if (empty) report("empty", { at, data: { field, type, object } });
    else if (at === field) report("missingAtRoot", { at, data: { field, object, meant } });
    else report("missing", { at, data: { field, type, object } });
  },

  examples: {
    bad: {
      "a Service port without a number": `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec:
          selector: {app: shop}
          ports:
            - name: http   #! missing`,
      "a container without a name": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - image: shop:1.4
              name: ""   #! empty`,
      "no spec at all": `
        apiVersion: apps/v1   #! missingAtRoot
        kind: Deployment
        metadata: {name: shop}`,
    },
    good: {
      "a misspelt field is one mistake, not two": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          contaners: [{name: shop, image: "shop:1.4"}]`,
    },
  },
});
