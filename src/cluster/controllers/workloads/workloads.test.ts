import { type Entry, type Outcome, outcomeOf } from "../../outcome/outcome.js";
import { simulate } from "../../simulation/simulate.js";

type Fields = Record<string, unknown>;

const NEVER_READY = { "simulate.kubeproof.dev/never-ready": "true" };
const COMPLETES = { "simulate.kubeproof.dev/complete": "true" };
const FAILS = { "simulate.kubeproof.dev/fail": "true" };

const node = (name: string, spec: Fields = {}, labels: Fields = {}): Fields => ({
  apiVersion: "v1",
  kind: "Node",
  metadata: { name, labels: { "kubernetes.io/hostname": name, ...labels } },
  spec,
  status: { capacity: { cpu: "16", memory: "64Gi", pods: "200" } },
});
const template = (image: string, annotations?: Fields, spec: Fields = {}): Fields => ({
  metadata: { labels: { app: "web" }, annotations },
  spec: { containers: [{ name: "app", image }], ...spec },
});
const workload = (kind: string, spec: Fields, name = "web"): Fields => ({
  apiVersion: kind === "Job" || kind === "CronJob" ? "batch/v1" : "apps/v1",
  kind,
  metadata: { name, namespace: "default" },
  spec: kind === "Job" || kind === "CronJob" ? spec : { selector: { matchLabels: { app: "web" } }, ...spec },
});
const as = (op: string, { metadata, ...rest }: Fields): Fields => ({
  ...rest,
  metadata: { ...(metadata as Fields), annotations: { "simulate.kubeproof.dev/op": op } },
});
const bare = (name: string, labels: Fields = { app: "web" }): Fields => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, namespace: "default", labels },
  spec: { containers: [{ name: "app", image: "a" }] },
});
const job = (spec: Fields, annotations?: Fields): Fields =>
  workload("Job", {
    template: {
      ...template("a", annotations),
      spec: { containers: [{ name: "app", image: "a" }], restartPolicy: "Never" },
    },
    ...spec,
  });

const play = (...documents: Fields[]): Outcome => outcomeOf(simulate([node("n1"), ...documents], { minor: 34 }));
const only = (entries: readonly Entry[] | undefined): Entry => {
  expect(entries).toHaveLength(1);
  return entries![0]!;
};
const reasons = ({ conditions }: Entry): string[] =>
  ((conditions ?? []) as { type: string; status: string; reason: string }[]).map(
    ({ type, status, reason }) => `${type} ${status} ${reason}`,
  );
const sizes = ({ replicaSets = [] }: Outcome) => replicaSets.map(({ replicas }) => replicas);

describe("Deployment", () => {
  const deployment = (spec: Fields) => workload("Deployment", spec);
  const before = { replicas: 4, template: template("a:1") };

  test("a good update goes all the way and keeps the old ReplicaSet", () => {
    const outcome = play(deployment(before), as("update", deployment({ ...before, template: template("a:2") })));
    expect(only(outcome.deployments).status).toEqual({
      replicas: 4,
      updated: 4,
      ready: 4,
      available: 4,
      unavailable: 0,
    });
    expect(reasons(only(outcome.deployments)).sort()).toEqual([
      "Available True MinimumReplicasAvailable",
      "Progressing True NewReplicaSetAvailable",
    ]);
    expect(sizes(outcome)).toEqual([0, 4]);
  });

  test.each([
    ["defaults", undefined, { replicas: 5, updated: 2, ready: 3, available: 3, unavailable: 2 }, [2, 3]],
    [
      "no surge",
      { maxSurge: 0, maxUnavailable: 1 },
      { replicas: 4, updated: 1, ready: 3, available: 3, unavailable: 1 },
      [1, 3],
    ],
    [
      "no gap",
      { maxSurge: 2, maxUnavailable: 0 },
      { replicas: 6, updated: 2, ready: 4, available: 4, unavailable: 2 },
      [2, 4],
    ],
    [
      "all at once",
      { maxSurge: "100%", maxUnavailable: "100%" },
      { replicas: 4, updated: 4, ready: 0, available: 0, unavailable: 4 },
      [0, 4],
    ],
  ])("an update whose Pods never get ready stops: %s", (_, rollingUpdate, status, expected) => {
    const strategy = { type: "RollingUpdate", rollingUpdate };
    const after = { ...before, strategy, template: template("a:2", NEVER_READY) };
    const outcome = play(deployment({ ...before, strategy }), as("update", deployment(after)));
    expect(only(outcome.deployments).status).toEqual(status);
    expect(sizes(outcome)).toEqual(expected);
  });

  test("going back takes the old ReplicaSet up again", () => {
    const broken = { ...before, template: template("a:2", NEVER_READY) };
    const outcome = play(deployment(before), as("update", deployment(broken)), as("update", deployment(before)));
    expect(sizes(outcome)).toEqual([0, 4]);
    expect(only(outcome.deployments).status).toMatchObject({ updated: 4, available: 4 });
  });

  test("scaled in the middle of an update, both ReplicaSets grow by their part", () => {
    const broken = { ...before, replicas: 10, template: template("a:2", NEVER_READY) };
    const outcome = play(
      deployment({ ...before, replicas: 10 }),
      as("update", deployment(broken)),
      as("update", deployment({ ...broken, replicas: 15 })),
    );
    // 8 old and 5 new of at most 13 become parts of at most 19.
    expect(sizes(outcome)).toEqual([7, 12]);
  });

  test("history beyond its limit goes", () => {
    const outcome = play(
      deployment({ ...before, revisionHistoryLimit: 1 }),
      ...["a:2", "a:3", "a:4"].map((image) =>
        as("update", deployment({ ...before, revisionHistoryLimit: 1, template: template(image) })),
      ),
    );
    expect(sizes(outcome)).toEqual([0, 4]);
  });

  test("a paused one is scaled, but not updated", () => {
    const outcome = play(
      deployment(before),
      as("update", deployment({ ...before, replicas: 2, paused: true, template: template("a:2") })),
    );
    expect(sizes(outcome)).toEqual([2]);
    expect(only(outcome.deployments).status).toMatchObject({ replicas: 2, updated: 0, available: 2 });
    expect(reasons(only(outcome.deployments))).toContain("Progressing Unknown DeploymentPaused");
  });

  test("a quota leaves it with fewer Pods and says why", () => {
    const quota = {
      apiVersion: "v1",
      kind: "ResourceQuota",
      metadata: { name: "q", namespace: "default" },
      spec: { hard: { pods: "3" } },
    };
    const outcome = play(quota, deployment(before));
    expect(only(outcome.deployments).status).toMatchObject({ replicas: 3, available: 3, unavailable: 1 });
    expect(reasons(only(outcome.deployments))).toContain("ReplicaFailure True FailedCreate");
    expect(reasons(only(outcome.replicaSets))).toEqual(["ReplicaFailure True FailedCreate"]);
  });

  test("without a ReplicaSet, it is told why there is none, and nothing else", () => {
    const quota = {
      apiVersion: "v1",
      kind: "ResourceQuota",
      metadata: { name: "q", namespace: "default" },
      spec: { hard: { "count/replicasets.apps": "0" } },
    };
    const outcome = play(quota, deployment(before));
    expect(reasons(only(outcome.deployments))).toEqual(["Progressing False ReplicaSetCreateError"]);
    expect(outcome.replicaSets).toBeUndefined();
  });

  test("a huge number of replicas ends", () => {
    const outcome = play(deployment({ replicas: 2_000_000_000, template: template("a:1") }));
    expect(only(outcome.deployments).replicas).toBe(2_000_000_000);
  }, 60_000);
});

describe("ReplicaSet", () => {
  const set = (spec: Fields) => workload("ReplicaSet", spec);

  test("adopts what matches, releases what no longer does", () => {
    const outcome = play(bare("one"), bare("other", { app: "api" }), set({ replicas: 2, template: template("a") }));
    expect(outcome.pods?.map(({ name, owner }) => `${name} ${owner ?? ""}`)).toEqual([
      "one ReplicaSet/web",
      "other ",
      "web-* ReplicaSet/web",
    ]);
    const released = play(
      bare("one"),
      set({ replicas: 1, template: template("a") }),
      as("apply", bare("one", { app: "x" })),
    );
    expect(released.pods?.map(({ name, owner }) => `${name} ${owner ?? ""}`)).toEqual(["one ", "web-* ReplicaSet/web"]);
  });

  test("deletes what is not ready first when it shrinks", () => {
    const weak = bare("weak");
    (weak.metadata as Fields).annotations = NEVER_READY;
    const outcome = play(weak, bare("strong"), set({ replicas: 1, template: template("a") }));
    expect(outcome.pods?.map(({ name }) => name)).toEqual(["strong"]);
    expect(outcome.gone?.map(({ name }) => name)).toEqual(["weak"]);
  });

  test("minReadySeconds keeps ready Pods from being available", () => {
    const outcome = play(set({ replicas: 2, minReadySeconds: 600, template: template("a") }));
    expect(only(outcome.replicaSets).status).toEqual({ replicas: 2, fullyLabeled: 2, ready: 2, available: 0 });
  });
});

describe("StatefulSet", () => {
  const set = (spec: Fields) => workload("StatefulSet", { serviceName: "web", ...spec });
  const before = { replicas: 3, template: template("a:1") };

  test("in order, a Pod that is not ready holds up all after it", () => {
    const outcome = play(set({ replicas: 3, template: template("a", NEVER_READY) }));
    expect(only(outcome.statefulSets).ordinals).toEqual([0]);
    const parallel = play(set({ replicas: 3, podManagementPolicy: "Parallel", template: template("a", NEVER_READY) }));
    expect(only(parallel.statefulSets).ordinals).toEqual([0, 1, 2]);
  });

  test("a partition keeps lower ordinals at the old revision", () => {
    const updateStrategy = { type: "RollingUpdate", rollingUpdate: { partition: 2 } };
    const outcome = play(
      set({ ...before, updateStrategy }),
      as("update", set({ replicas: 3, updateStrategy, template: template("a:2") })),
    );
    expect(only(outcome.statefulSets).status).toEqual({ replicas: 3, current: 2, updated: 1, ready: 3, available: 3 });
  });

  test("a broken update stops at the largest ordinal", () => {
    const outcome = play(set(before), as("update", set({ replicas: 3, template: template("a:2", NEVER_READY) })));
    expect(only(outcome.statefulSets).status).toEqual({ replicas: 3, current: 2, updated: 1, ready: 2, available: 2 });
  });

  test("and is not mended by going back, for the broken Pod is waited for", () => {
    const outcome = play(
      set(before),
      as("update", set({ replicas: 3, template: template("a:2", NEVER_READY) })),
      as("update", set(before)),
    );
    expect(only(outcome.statefulSets).status).toMatchObject({ ready: 2 });
  });

  test("OnDelete leaves Pods as they are", () => {
    const updateStrategy = { type: "OnDelete" };
    const outcome = play(
      set({ ...before, updateStrategy }),
      as("update", set({ replicas: 3, updateStrategy, template: template("a:2") })),
    );
    expect(only(outcome.statefulSets).status).toMatchObject({ current: 3, updated: 0, ready: 3 });
  });

  test("is scaled down from the largest ordinal", () => {
    const outcome = play(
      set({ ...before, ordinals: { start: 3 } }),
      as("update", set({ ...before, replicas: 1, ordinals: { start: 3 } })),
    );
    expect(only(outcome.statefulSets).ordinals).toEqual([3]);
  });
});

describe("DaemonSet", () => {
  const set = (spec: Fields) => workload("DaemonSet", spec);
  const status = (...documents: Fields[]) => only(play(...documents).daemonSets).status;

  test("an update replaces as many Pods as may be unavailable", () => {
    const nodes = [node("n2"), node("n3"), node("n4")];
    const broken = as("update", set({ template: template("a:2", NEVER_READY) }));
    expect(status(...nodes, set({ template: template("a:1") }), broken)).toEqual({
      desired: 4,
      current: 4,
      misscheduled: 0,
      ready: 3,
      updated: 1,
      available: 3,
      unavailable: 1,
    });
    const good = as("update", set({ template: template("a:2") }));
    expect(status(...nodes, set({ template: template("a:1") }), good)).toMatchObject({ updated: 4, available: 4 });
  });

  test("with a surge, the old Pod stays until the new one is available", () => {
    const updateStrategy = { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } };
    const broken = as("update", set({ updateStrategy, template: template("a:2", NEVER_READY) }));
    const outcome = play(node("n2"), set({ updateStrategy, template: template("a:1") }), broken);
    expect(only(outcome.daemonSets).status).toMatchObject({ desired: 2, ready: 2, updated: 0 });
    expect(outcome.pods?.reduce((sum, { count }) => sum + (count as number), 0)).toBe(3);
  });

  test("a taint that only keeps new Pods off leaves the Pod, as misscheduled", () => {
    const tainted = as("update", node("n1", { taints: [{ key: "a", effect: "NoSchedule" }] }));
    expect(status(set({ template: template("a") }), tainted)).toMatchObject({
      desired: 0,
      current: 0,
      misscheduled: 1,
    });
  });
});

describe("Job", () => {
  const status = (...documents: Fields[]) => only(play(...documents).jobs);

  test.each([
    [{ completions: 5, parallelism: 2 }, COMPLETES, { succeeded: 5, active: 0 }, "Complete True CompletionsReached"],
    [{ parallelism: 3 }, COMPLETES, { succeeded: 3, active: 0 }, "Complete True CompletionsReached"],
    [{ backoffLimit: 1, parallelism: 3, completions: 3 }, FAILS, { failed: 3 }, "Failed True BackoffLimitExceeded"],
    [
      { completionMode: "Indexed", completions: 4, parallelism: 4, backoffLimitPerIndex: 0, maxFailedIndexes: 1 },
      FAILS,
      { failed: 4, failedIndexes: "0-3" },
      "Failed True MaxFailedIndexesExceeded",
    ],
    [
      {
        podFailurePolicy: {
          rules: [{ action: "FailJob", onExitCodes: { operator: "NotIn", values: [2, 3] } }],
        },
      },
      FAILS,
      { failed: 1 },
      "Failed True PodFailurePolicy",
    ],
    [
      {
        completionMode: "Indexed",
        completions: 4,
        parallelism: 4,
        successPolicy: { rules: [{ succeededCount: 2, succeededIndexes: "1-3" }] },
      },
      COMPLETES,
      { succeeded: 4 },
      "Complete True SuccessPolicy",
    ],
  ])("%j ends", (spec, annotations, expected, condition) => {
    const entry = status(job(spec, annotations));
    expect(entry.status).toMatchObject(expected);
    expect(reasons(entry)).toContain(condition);
  });

  test("failures are tried again after 10 seconds and more, which is not waited for", () => {
    const entry = status(job({}, FAILS));
    expect(entry.status).toMatchObject({ active: 0, failed: 1 });
    expect(entry.conditions).toBeUndefined();
    const later = status(job({}, FAILS), {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "c", namespace: "default", annotations: { "simulate.kubeproof.dev/wait": "32" } },
    });
    expect(later.status).toMatchObject({ failed: 3 });
  });

  test("an index that waits to be tried again is not counted yet", () => {
    const spec = { completionMode: "Indexed", completions: 2, parallelism: 2, backoffLimitPerIndex: 1 };
    expect(status(job(spec, FAILS)).status).toMatchObject({ active: 0, failed: 0 });
  });

  test("failures that a policy ignores are not counted", () => {
    const podFailurePolicy = { rules: [{ action: "Ignore", onExitCodes: { operator: "In", values: [1] } }] };
    expect(status(job({ backoffLimit: 0, podFailurePolicy }, FAILS)).status).toMatchObject({ failed: 0 });
  });

  test("suspended it has no Pods, and gives up those it had", () => {
    const entry = status(job({ parallelism: 2 }), as("apply", job({ parallelism: 2, suspend: true })));
    expect(entry.status).toMatchObject({ active: 0, failed: 0 });
    expect(reasons(entry)).toEqual(["Suspended True JobSuspended"]);
  });

  test("somebody else's is left alone", () => {
    expect(status(job({ managedBy: "example.com/queue" })).status).toMatchObject({ active: 0, started: false });
  });

  test("deleted, its Pods go, too", () => {
    const outcome = play(job({ parallelism: 2 }), as("delete", job({})));
    expect(outcome.pods).toBeUndefined();
  });
});

test("a CronJob starts what is due, unless the run before goes on", () => {
  const cronJob = (concurrencyPolicy: string) =>
    workload("CronJob", { schedule: "@every 4s", concurrencyPolicy, jobTemplate: { spec: job({}).spec } });
  const wait = {
    ...bare("late"),
    metadata: { name: "late", namespace: "default", annotations: { "simulate.kubeproof.dev/wait": "9" } },
  };
  const forbidden = play(cronJob("Forbid"), wait);
  expect(forbidden.jobs).toHaveLength(1);
  expect(only(forbidden.cronJobs)).toMatchObject({ active: 1, scheduled: true });
});
