import { outcomeOf } from "../../outcome/outcome.js";
import { simulate } from "../../simulation/simulate.js";

const namespace = (annotations?: object) => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name: "shop", annotations },
});
const DELETED = namespace({ "simulate.kubeproof.dev/op": "delete" });
const configMap = (name: string, more: object = {}) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: "shop", ...more },
});
const play = (...documents: object[]) => outcomeOf(simulate(documents, { minor: 34 }));

test("a namespace has its default account, again where it was deleted", () => {
  const account = {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name: "default", namespace: "shop", annotations: { "simulate.kubeproof.dev/op": "delete" } },
  };
  expect(play(namespace(), account).namespaces).toEqual([
    { name: "shop", phase: "Active", conditions: undefined, serviceAccounts: ["default"] },
  ]);
});

test("a deleted namespace goes with all that is in it", () => {
  const { namespaces, gone } = play(namespace(), configMap("a"), DELETED);
  expect(namespaces).toBeUndefined();
  expect(gone?.map(({ kind, name }) => `${kind} ${name}`)).toEqual(["Namespace shop", "ConfigMap a"]);
});

test("what has finalizers holds it back, and nothing new comes into it", () => {
  const { documents, namespaces, gone } = play(
    namespace(),
    configMap("held", { finalizers: ["example.com/hold"] }),
    DELETED,
    configMap("late"),
  );
  expect(documents?.[3]).toMatchObject({
    verdict: "rejected",
    code: 403,
    causes: [{ reason: "NamespaceTerminating", field: "metadata.namespace" }],
  });
  expect(gone).toContainEqual({
    kind: "ConfigMap",
    namespace: "shop",
    name: "held",
    terminating: true,
    finalizers: ["example.com/hold"],
  });
  expect(namespaces).toMatchObject([
    {
      name: "shop",
      phase: "Terminating",
      conditions: expect.arrayContaining([
        expect.objectContaining({ type: "NamespaceContentRemaining", status: "True" }),
      ]),
    },
  ]);
});
