import { parseAllDocuments } from "yaml";
import { outcomeOf } from "../../outcome/outcome.js";
import { simulate } from "../../simulation/simulate.js";

/** Flow mappings that the tests break for legibility; lines with a key of their own stay. */
const inOneLine = (text: string): string => text.replace(/\n {4,}/g, " ");

const node = (name: string, more = "", capacity = 'cpu: "4", memory: 8Gi, pods: "110"') => `
apiVersion: v1
kind: Node
metadata: {name: ${name}, labels: {kubernetes.io/hostname: ${name}${more}}}
status: {capacity: {${capacity}}}`;

const pod = (name: string, spec = "", cpu = "100m", labels = "{}") => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: ${labels}}
spec:
  containers: [{name: app, image: "app:1", resources: {requests: {cpu: ${cpu}, memory: 64Mi}}}]
  ${inOneLine(spec)}`;

const deployment = (name: string, replicas: number, spec = "", cpu = "100m") => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers: [{name: app, image: "app:1", resources: {requests: {cpu: ${cpu}, memory: 64Mi}}}]
      ${inOneLine(spec)}`;

const priorityClass = (name: string, value: number, more = "") => `
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: ${name}}
value: ${value}
${more}`;

interface PodEntry {
  readonly count: number;
  readonly name: string;
  readonly node: string | null;
  readonly unscheduled?: { readonly reason: string; readonly message?: string };
  readonly nominatedNode?: string;
}

function run(...documents: string[]) {
  const values = documents.flatMap((text) => parseAllDocuments(text).map((document) => document.toJS() as unknown));
  const outcome = outcomeOf(simulate(values, { minor: 34 }), []);
  expect(outcome.documents?.filter(({ verdict }) => verdict !== "accepted")).toEqual([]);
  return outcome;
}

/** `name@node`, with the count where it is more than one. */
const places = (...documents: string[]) =>
  (run(...documents).pods as unknown as PodEntry[]).map(
    ({ count, name, node: where }) => `${count > 1 ? `${count} ` : ""}${name}@${where ?? "-"}`,
  );

const message = (name: string, ...documents: string[]) =>
  (run(...documents).pods as unknown as PodEntry[]).find((entry) => entry.name === name)?.unscheduled?.message;

test("a node's first reason counts, and all resources that are short", () => {
  const documents = [
    node("small", "", 'cpu: "1", memory: 32Mi, pods: "110"'),
    `${node("tainted")}\nspec: {taints: [{key: a, effect: NoSchedule}]}`,
    `${node("cordoned")}\nspec: {unschedulable: true}`,
    node("full", "", 'cpu: "4", memory: 8Gi, pods: "0"'),
    pod("p", "", "2"),
  ];
  expect(message("p", ...documents)).toBe(
    "0/4 nodes are available: 1 Insufficient cpu, 1 Insufficient memory, 1 Too many pods, " +
      "1 node(s) had untolerated taint(s), 1 node(s) were unschedulable. " +
      "preemption: 0/4 nodes are available: 1 No preemption victims found for incoming pod, " +
      "3 Preemption is not helpful for scheduling.",
  );
});

test("a Pod that waits is tried again when a node comes, in the order of priority", () => {
  const classes = [priorityClass("high", 100)];
  const pods = [pod("first", "", "3"), pod("urgent", "priorityClassName: high", "3")];
  expect(places(...classes, ...pods, node("late"))).toEqual(["first@-", "urgent@late"]);
});

test("a Pod that has ended makes room", () => {
  const ended = pod("done", "restartPolicy: Never", "3").replace(
    "labels: {}",
    'annotations: {simulate.kubeproof.dev/complete: "true"}',
  );
  expect(places(node("n"), ended, pod("next", "", "3"))).toEqual(["done@n", "next@n"]);
});

describe("chance", () => {
  test("what dice decide on is printed as any", () => {
    expect(places(node("a"), node("b"), deployment("web", 3))).toEqual(["3 web-<hash>-*@(any)"]);
  });

  test("what comes to the same whatever they show is printed as it is", () => {
    expect(places(node("a"), node("b"), deployment("web", 2))).toEqual(["web-<hash>-*@a", "web-<hash>-*@b"]);
  });

  test("a Pod that was never at their mercy keeps its node", () => {
    const pinned = pod("pinned", "nodeSelector: {kubernetes.io/hostname: b}");
    expect(places(node("a"), node("b"), deployment("web", 1), pinned)).toEqual(["pinned@b", "web-<hash>-*@(any)"]);
  });
});

describe("scores", () => {
  test("the emptier node is taken", () => {
    const busy = pod("busy", "nodeSelector: {kubernetes.io/hostname: a}", "2");
    expect(places(node("a"), node("b"), busy, pod("p"))).toEqual(["busy@a", "p@b"]);
  });

  test("preferred node affinity outweighs room", () => {
    const busy = pod("busy", "nodeSelector: {kubernetes.io/hostname: a}", "2");
    const prefers = `affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [
      {weight: 1, preference: {matchExpressions: [{key: disk, operator: In, values: [ssd]}]}}]}}`;
    expect(places(node("a", ", disk: ssd"), node("b"), busy, pod("p", prefers))).toEqual(["busy@a", "p@a"]);
  });

  test("the Pods of a Service keep apart without being told", () => {
    const service =
      "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {app: s}, ports: [{port: 80}]}}";
    const [one, two] = [
      pod("one", "nodeSelector: {kubernetes.io/hostname: a}", "100m", "{app: s}"),
      pod("two", "", "100m", "{app: s}"),
    ];
    const room = 'cpu: "1000", memory: 8000Gi, pods: "110"';
    expect(places(service, node("a", "", room), node("b", "", room), one, two)).toEqual(["one@a", "two@b"]);
  });

  test("a preference against other Pods holds in both directions", () => {
    const loner = pod(
      "loner",
      `nodeSelector: {kubernetes.io/hostname: a}
  affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [
        {weight: 100, podAffinityTerm: {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {loud: "yes"}}}}]}}`,
      "1m",
    );
    const busy = pod("busy", "nodeSelector: {kubernetes.io/hostname: b}", "1");
    expect(places(node("a"), node("b"), loner, busy, pod("noise", "", "100m", '{loud: "yes"}'))).toContain("noise@b");
  });
});

describe("affinity", () => {
  const near = (app: string) => `affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [
    {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: ${app}}}}]}}`;

  test("the first of a group that wants to be together starts it", () => {
    expect(places(node("a"), node("b"), deployment("web", 3, near("web")))).toEqual(["3 web-<hash>-*@(any)"]);
  });

  test("nobody to be near to", () => {
    expect(message("p", node("a"), pod("p", near("db")))).toMatch(/1 node\(s\) didn't match pod affinity rules/);
  });

  test("who is waited for may come later", () => {
    const db = pod("db", "nodeSelector: {kubernetes.io/hostname: b}", "100m", "{app: db}");
    expect(places(node("a"), node("b"), pod("p", near("db")), db)).toEqual(["db@b", "p@b"]);
  });
});

describe("topology spread", () => {
  const spread = (more = "") => `topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone,
    whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}${more}}]`;
  const nodes = [node("a", ", zone: a"), `${node("b", ", zone: b")}\nspec: {taints: [{key: x, effect: NoSchedule}]}`];

  test("a domain that taints close still counts", () => {
    expect(places(...nodes, deployment("web", 3, spread()))).toEqual(["web-<hash>-*@a", "2 web-<hash>-*@-"]);
  });

  test("unless taints are honoured", () => {
    expect(places(...nodes, deployment("web", 3, spread(", nodeTaintsPolicy: Honor")))).toEqual(["3 web-<hash>-*@a"]);
  });

  test("a node without the key takes none", () => {
    expect(message("p", node("a"), pod("p", spread()))).toMatch(/\(missing required label\)/);
  });
});

describe("preemption", () => {
  const classes = [
    priorityClass("low", 10),
    priorityClass("high", 1000),
    priorityClass("polite", 1000, "preemptionPolicy: Never"),
  ];
  const of = (name: string) => `priorityClassName: ${name}`;

  test("the node with the lowest victims is chosen, and the Pod waits for no one", () => {
    const on = (name: string, where: string) => pod(name, `nodeSelector: {kubernetes.io/hostname: ${where}}`, "3");
    const lower = pod("lower", "nodeSelector: {kubernetes.io/hostname: b}\n  priorityClassName: low", "3");
    const outcome = run(...classes, node("a"), node("b"), lower, on("lowest", "a"), pod("boss", of("high"), "3"));
    expect(outcome.gone).toEqual([{ kind: "Pod", namespace: "default", name: "lowest" }]);
    expect(outcome.pods).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: "boss", node: "a", nominatedNode: "a" })]),
    );
  });

  test("no more Pods go than have to, the lowest first", () => {
    const crowd = [pod("one", of("low"), "2"), pod("two", "", "1"), pod("three", "", "1")];
    expect(places(...classes, node("n"), ...crowd, pod("boss", of("high"), "2"))).toEqual(["boss@n", "one@n"]);
  });

  test("polite Pods wait", () => {
    expect(places(...classes, node("n"), pod("p", of("low"), "3"), pod("boss", of("polite"), "3"))).toEqual([
      "boss@-",
      "p@n",
    ]);
  });

  test("driven out replicas come back and wait", () => {
    expect(places(...classes, node("n"), deployment("web", 3, "", "1"), pod("boss", of("high"), "2"))).toEqual([
      "boss@n",
      "2 web-<hash>-*@n",
      "web-<hash>-*@-",
    ]);
  });
});

describe("volumes", () => {
  const storageClass = (name: string, provisioner: string) => `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: ${name}}
provisioner: ${provisioner}
volumeBindingMode: WaitForFirstConsumer`;
  const claim = (name: string, className: string) => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: ${name}}
spec: {accessModes: [ReadWriteOnce], storageClassName: ${className}, resources: {requests: {storage: 1Gi}}}`;
  const using = (name: string) => pod("p", `volumes: [{name: v, persistentVolumeClaim: {claimName: ${name}}}]`);

  test("a claim that is not there keeps its Pod off all nodes", () => {
    expect(message("p", node("n"), using("data"))).toBe(
      '0/1 nodes are available: persistentvolumeclaim "data" not found.',
    );
  });

  test("without a provisioner there must be a volume", () => {
    const local = storageClass("local", "kubernetes.io/no-provisioner");
    expect(message("p", node("n"), local, claim("data", "local"), using("data"))).toMatch(
      /1 node\(s\) didn't find available persistent volumes to bind/,
    );
  });

  test("a Pod whose volume is being provisioned has its room, and no word is said of it", () => {
    const documents = [node("n"), storageClass("cloud", "example.com/disk"), claim("data", "cloud"), using("data")];
    const { pods } = run(...documents, pod("large", "", "3950m"));
    expect(
      (pods as unknown as PodEntry[]).map(({ name, node: where, unscheduled }) => [name, where, unscheduled?.reason]),
    ).toEqual([
      ["large", null, "Unschedulable"],
      ["p", null, "(no condition)"],
    ]);
  });
});

test("hundreds of replicas of an impossible Pod are refused together", () => {
  const started = performance.now();
  expect(places(node("n"), deployment("web", 500, "nodeSelector: {no: where}"))).toEqual(["500 web-<hash>-*@-"]);
  expect(performance.now() - started).toBeLessThan(5000);
});
