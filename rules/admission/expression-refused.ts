import { defineRule, wordCause } from "../../src/rule-api.js";

export default defineRule({
  id: "expression-refused",
  category: "admission",
  since: "0.1.0",
  each: "cause",
  families: ["expression"],
  summary: "Expressions in CEL compile.",
  why: `Admission policies, match conditions and the rules of custom schemas hold expressions, which the API server
    compiles when it takes the object. It refuses one that does not compile.`,
  references: ["https://kubernetes.io/docs/reference/using-api/cel/"],

  messages: { refused: wordCause },

  check(cause, { report }) {
    report("refused", { at: cause.at || "metadata.name", on: cause.on, data: cause });
  },

  examples: {
    bad: {
      "a variable that nothing defines": `
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicy
        metadata: {name: replicas}
        spec:
          matchConstraints:
            resourceRules:
              - {apiGroups: [apps], apiVersions: [v1], resources: [deployments], operations: [CREATE]}
          validations:
            - expression: variables.replicas <= 5   #! refused`,
    },
    good: {
      "an expression on the object": `
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicy
        metadata: {name: replicas}
        spec:
          matchConstraints:
            resourceRules:
              - {apiGroups: [apps], apiVersions: [v1], resources: [deployments], operations: [CREATE]}
          validations:
            - expression: object.spec.replicas <= 5`,
    },
  },
});
