import type { ApiObject } from "../../../apis/kind-rules.js";
import type { OwnerReference } from "../../../apis/types/meta.v1.generated.js";
import { outcomeOf } from "../../outcome/outcome.js";
import { simulate } from "../../simulation/simulate.js";
import { SimulatedCluster } from "../../simulation/simulated-cluster.js";
import { garbageCollector } from "./garbage-collector.js";

const configMap = (name: string, ownerReferences?: readonly Partial<OwnerReference>[], finalizers?: string[]) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: "default", ownerReferences, finalizers },
});
const owner = (name: string, more: Partial<OwnerReference> = {}) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  name,
  uid: `${name}-uid`,
  ...more,
});
const gone = (...documents: object[]) => outcomeOf(simulate(documents, { minor: 34 })).gone ?? [];

test.each([
  ["a missing owner", [owner("ghost")], true],
  ["an owner of another uid", [owner("there")], true],
  ["owners of which none is there", [owner("ghost"), owner("ghost2")], true],
  ["an owner of a kind that is not served", [owner("x", { apiVersion: "example.com/v1", kind: "Thing" })], false],
  ["a missing owner that is cluster-wide", [owner("x", { kind: "Node" })], true],
])("%s", (_, owners, goes) => {
  const names = gone(configMap("there"), configMap("owned", owners)).map(({ name }) => name);
  expect(names).toEqual(goes ? ["owned"] : []);
});

test("what has finalizers stays, and is told as going", () => {
  expect(gone(configMap("held", [owner("ghost")], ["example.com/hold"]))).toEqual([
    expect.objectContaining({ name: "held", terminating: true, finalizers: ["example.com/hold"] }),
  ]);
});

describe("policies", () => {
  const start = () => {
    const cluster = new SimulatedCluster(34, [garbageCollector()]);
    const put = (name: string, owners?: readonly Partial<OwnerReference>[], finalizers?: string[]) => {
      const object = configMap(name, owners, finalizers) as ApiObject;
      object.metadata.uid = `${name}-uid`;
      cluster.objects.put("configmaps", object as never);
      return object;
    };
    const names = () => [...cluster.objects.list("configmaps")].map(({ metadata }) => metadata.name);
    return { cluster, put, names };
  };

  test("orphaning keeps the dependents, without their owner", () => {
    const { cluster, put, names } = start();
    const top = put("top");
    put("below", [owner("top")]);
    cluster.delete("configmaps", top, "Orphan");
    cluster.settle();
    expect(names()).toEqual(["below"]);
    expect(cluster.objects.get("configmaps", "default", "below")?.metadata.ownerReferences).toBeUndefined();
  });

  test.each([
    [true, ["top", "held"]],
    [false, ["held"]],
  ])("in the foreground, dependents that block are waited for: %s", (blockOwnerDeletion, left) => {
    const { cluster, put, names } = start();
    const top = put("top");
    put("below", [owner("top", { blockOwnerDeletion })]);
    put("held", [owner("top", { blockOwnerDeletion })], ["example.com/hold"]);
    cluster.delete("configmaps", top, "Foreground");
    cluster.settle();
    expect(names()).toEqual(left);
  });

  test("a dependent with another owner only loses the one that is gone", () => {
    const { cluster, put, names } = start();
    const top = put("top");
    put("other");
    put("below", [owner("top"), owner("other")]);
    cluster.delete("configmaps", top);
    cluster.settle();
    expect(names()).toEqual(["other", "below"]);
    expect(cluster.objects.get("configmaps", "default", "below")?.metadata.ownerReferences).toEqual([owner("other")]);
  });
});
