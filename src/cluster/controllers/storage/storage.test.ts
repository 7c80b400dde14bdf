import { parseAllDocuments } from "yaml";
import { outcomeOf } from "../../outcome/outcome.js";
import { simulate } from "../../simulation/simulate.js";

const volume = (name: string, size: string, spec = "", labels = "{}") => `
apiVersion: v1
kind: PersistentVolume
metadata: {name: ${name}, labels: ${labels}}
spec: {capacity: {storage: ${size}}, accessModes: [ReadWriteOnce], nfs: {server: a, path: /x}${spec}}`;

const claim = (name: string, size: string, spec = "", annotations = "{}") => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: ${name}, annotations: ${annotations}}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: ${size}}}${spec}}`;

const storageClass = (name: string, spec = "{}", annotations = "{}") => `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: ${name}, annotations: ${annotations}}
provisioner: kubernetes.io/no-provisioner
${spec === "{}" ? "" : spec}`;

const IS_DEFAULT = '{storageclass.kubernetes.io/is-default-class: "true"}';
const DELAYED = "volumeBindingMode: WaitForFirstConsumer";

const node = (name: string) => `
apiVersion: v1
kind: Node
metadata: {name: ${name}, labels: {kubernetes.io/hostname: ${name}}}
status: {capacity: {cpu: "4", memory: 8Gi, pods: "110"}}`;

const pod = (name: string, claimName: string) => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}}
spec:
  volumes: [{name: data, persistentVolumeClaim: {claimName: ${claimName}}}]
  containers: [{name: app, image: "app:1"}]`;

const remove = (kind: string, name: string) => `
apiVersion: v1
kind: ${kind}
metadata: {name: ${name}, annotations: {simulate.kubeproof.dev/op: delete}}`;

const on = (name: string) =>
  `, nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [${name}]}]}]}}`;

/** `claim phase volume` and `volume phase claim`. */
function storageAfter(...documents: string[]) {
  const parsed = parseAllDocuments(documents.join("\n---\n")).map((document) => document.toJS());
  const outcome = outcomeOf(simulate(parsed, { minor: 34 }));
  return [
    ...(outcome.persistentVolumeClaims ?? []).map((entry) => `${entry.name} ${entry.phase} ${entry.volume ?? "-"}`),
    ...(outcome.persistentVolumes ?? []).map((entry) => `${entry.name} ${entry.phase} ${entry.claim ?? "-"}`),
    ...(outcome.gone ?? []).map((entry) => `${entry.name} ${entry.terminating ? "going" : "gone"}`),
    ...(outcome.pods ?? []).map((entry) => `${entry.name} on ${entry.node ?? "-"}`),
  ];
}

test("a claim takes the smallest volume of its class that is large enough", () => {
  expect(storageAfter(volume("v9", "9Gi"), volume("v5", "5Gi"), volume("v1", "1Gi"), claim("c", "2Gi"))).toEqual([
    "c Bound v5",
    "v1 Available -",
    "v5 Bound default/c",
    "v9 Available -",
  ]);
});

test("a volume that comes later is bound to a claim that waits", () => {
  expect(storageAfter(claim("big", "9Gi"), claim("c", "2Gi"), volume("v5", "5Gi"))).toEqual([
    "big Pending -",
    "c Bound v5",
    "v5 Bound default/c",
  ]);
});

test("a selector chooses among volumes by their labels", () => {
  const selector = ", selector: {matchLabels: {tier: gold}}";
  expect(storageAfter(volume("a", "1Gi"), volume("b", "5Gi", "", "{tier: gold}"), claim("c", "1Gi", selector))).toEqual(
    ["c Bound b", "a Available -", "b Bound default/c"],
  );
});

describe("a volume that is named", () => {
  test.each([
    [
      "is taken, whatever the selector",
      volume("v", "5Gi"),
      ", volumeName: v, selector: {matchLabels: {a: b}}",
      "c Bound v",
    ],
    ["is not taken where it is too small", volume("v", "500Mi"), ", volumeName: v", "c Pending v"],
    [
      "is not taken where it is of another class",
      volume("v", "5Gi", ", storageClassName: x"),
      ", volumeName: v",
      "c Pending v",
    ],
    ["is waited for", volume("w", "5Gi"), ", volumeName: v", "c Pending v"],
  ])("%s", (_, volumes, spec, expected) => {
    expect(storageAfter(volumes, claim("c", "1Gi", spec))).toContain(expected);
  });

  test("is another's where the volume names that one", () => {
    const reserved = volume("v", "5Gi", ", claimRef: {name: other, namespace: default}");
    expect(storageAfter(reserved, claim("c", "1Gi", ", volumeName: v"), claim("other", "1Gi"))).toEqual([
      "c Pending v",
      "other Bound v",
      "v Bound default/other",
    ]);
  });
});

test("a volume that is reserved for a claim is given to no other, and to it whatever the class", () => {
  const reserved = volume("v", "1Gi", ", storageClassName: x, claimRef: {name: mine, namespace: default}");
  expect(storageAfter(reserved, claim("c", "1Gi", ", storageClassName: x"))).toContain("v Available default/mine");
  expect(storageAfter(reserved, claim("mine", "1Gi"))).toContain("mine Bound v");
});

describe("classes", () => {
  test("a class that becomes the default is given to claims that wait without one", () => {
    const documents = [
      claim("c", "1Gi"),
      claim("none", "1Gi", ', storageClassName: ""'),
      storageClass("std", "{}", IS_DEFAULT),
    ];
    expect(storageAfter(...documents, volume("v", "1Gi", ", storageClassName: std"))).toEqual([
      "c Bound v",
      "none Pending -",
      "v Bound default/c",
    ]);
  });

  test("a claim that waits for its first consumer gets a volume on that one's node", () => {
    const documents = [
      storageClass("late", DELAYED),
      node("n1"),
      volume("v", "1Gi", `, storageClassName: late${on("n1")}`),
      claim("c", "1Gi", ", storageClassName: late"),
    ];
    expect(storageAfter(...documents)).toEqual(["c Pending -", "v Available -"]);
    expect(storageAfter(...documents, pod("p", "c"))).toEqual(["c Bound v", "v Bound default/c", "p on n1"]);
    const [, , elsewhere] = storageAfter(...documents.with(1, node("n2")), pod("p", "c"));
    expect(elsewhere).toBe("p on -");
  });
});

describe("what is deleted", () => {
  test.each([
    ["Retain", "", "v Released default/c"],
    ["Delete", "Delete", "v Failed default/c"],
  ])("leaves a volume that is to be %s", (_, policy, expected) => {
    const spec = policy && `, persistentVolumeReclaimPolicy: ${policy}`;
    const documents = [volume("v", "1Gi", spec), claim("c", "1Gi"), remove("PersistentVolumeClaim", "c")];
    expect(storageAfter(...documents, claim("c2", "1Gi"))).toEqual(["c2 Pending -", expected, "c gone"]);
  });

  test("stays while Pods use it", () => {
    const documents = [
      node("n1"),
      volume("v", "1Gi"),
      claim("c", "1Gi"),
      pod("p", "c"),
      remove("PersistentVolumeClaim", "c"),
    ];
    expect(storageAfter(...documents)).toContain("c going");
    expect(storageAfter(...documents, remove("Pod", "p"))).toContain("c gone");
  });

  test("is lost to a claim, when it was its volume and is gone for good", () => {
    expect(storageAfter(volume("v", "1Gi"), claim("c", "1Gi"), remove("PersistentVolume", "v"))).toEqual([
      "c Bound v",
      "v Bound default/c",
      "v going",
    ]);
  });
});

test("a generic ephemeral volume gets its claim", () => {
  const ephemeral = `
apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  volumes:
    - name: scratch
      ephemeral: {volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}}
  containers: [{name: app, image: "app:1"}]`;
  expect(storageAfter(node("n1"), volume("v", "1Gi"), ephemeral)).toEqual([
    "p-scratch Bound v",
    "v Bound default/p-scratch",
    "p on n1",
  ]);
});
