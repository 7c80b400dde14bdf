import { CONTROLLERS } from "../controllers/index.js";
import { countQuotas } from "../quota/quota-status.js";
import { Chance, groupsByChance } from "../scheduling/chance.js";
import { startCluster } from "./beginnings.js";
import { answerRequest, type DocumentAnswer, requestOf } from "./documents.js";
import { SimulatedCluster } from "./simulated-cluster.js";

/** How long after the last document the cluster is watched at most, in seconds. */
const WATCHED_FOR = 40;
/** When nothing has changed for so long, it has come to rest: what is put off for longer (failed Jobs: 10 s) does not count. */
const AT_REST_AFTER = 8;

export interface SimulationOptions {
  /** The target: 34 for 1.34. */
  readonly minor: number;
}

/** What became of the documents. */
export interface Simulation {
  readonly cluster: SimulatedCluster;
  readonly answers: readonly DocumentAnswer[];
  /** False where controllers never came to rest. */
  readonly settled: boolean;
}

/** With more Pods than this, what dice were thrown for is taken to depend on them, without a second throw. */
const MOST_PODS_TRIED_TWICE = 500;

/**
 * Sends the documents one by one to a new cluster, each when the one before has had its effect. Where the scheduler throws
 * dice, it is done twice, to tell what depends on them.
 */
export function simulate(documents: Iterable<unknown>, options: SimulationOptions): Simulation {
  const all = [...documents];
  const simulation = play(all, options, new Chance("first"));
  const { chance, objects } = simulation.cluster;
  if (chance.decided.size === 0) return simulation;
  const pods = [...objects.list("pods")];
  if (pods.length > MOST_PODS_TRIED_TWICE) {
    simulation.cluster.anywhere = chance.decided;
    return simulation;
  }
  const { cluster: other } = play(all, options, new Chance("last"));
  simulation.cluster.anywhere = groupsByChance(
    { pods, chance },
    { pods: other.objects.list("pods"), chance: other.chance },
  );
  return simulation;
}

function play(documents: readonly unknown[], { minor }: SimulationOptions, chance: Chance): Simulation {
  const cluster = new SimulatedCluster(
    minor,
    CONTROLLERS.map((start) => start()),
    chance,
  );
  startCluster(cluster);
  let settled = cluster.settle();
  const answers: DocumentAnswer[] = [];
  for (const document of documents) {
    const request = requestOf(document);
    if (request.wait > 0) settled = pass(cluster, request.wait) && settled;
    const answer = answerRequest(cluster, request, answers.length);
    answers.push(answer);
    cluster.loop.retryAll();
    settled = cluster.settle() && settled;
    settled = pass(cluster, secondsToSettle(answer)) && settled;
  }
  cluster.loop.retryAll({ inTheEnd: true });
  settled = pass(cluster, WATCHED_FOR, AT_REST_AFTER) && settled;
  countQuotas(cluster);
  return { cluster, answers, settled };
}

/** How long a document is given to have its effect. Creation times have whole seconds, so it matters which share one. */
function secondsToSettle({ kind, allowed }: DocumentAnswer): number {
  if (!allowed) return 0;
  return SETTLING_SECONDS[kind] ?? 0.7;
}

const SETTLING_SECONDS: Readonly<Record<string, number>> = {
  ConfigMap: 0.2,
  Secret: 0.2,
  PersistentVolume: 1.7,
  PersistentVolumeClaim: 1.7,
  StorageClass: 0.2,
  IngressClass: 0.2,
  PriorityClass: 0.2,
  RuntimeClass: 0.2,
  Role: 0.2,
  RoleBinding: 0.2,
  ClusterRole: 0.2,
  ClusterRoleBinding: 0.2,
  ValidatingAdmissionPolicy: 2.5,
  ValidatingAdmissionPolicyBinding: 2.5,
  ValidatingWebhookConfiguration: 2.5,
  MutatingWebhookConfiguration: 2.5,
};

/** Lets time pass, with what falls due in it; not longer than until nothing has changed for so many seconds. */
function pass(cluster: SimulatedCluster, seconds: number, quiet = Number.POSITIVE_INFINITY): boolean {
  const end = cluster.now + seconds;
  cluster.loop.retryAll();
  let settled = cluster.settle();
  let [changes, changed] = [cluster.loop.changes, cluster.now];
  for (;;) {
    const due = cluster.loop.nextTimer;
    if (due === undefined || due > end || due - changed > quiet) break;
    cluster.advanceTo(due);
    cluster.loop.ring(cluster.now);
    cluster.loop.retryAll();
    settled = cluster.settle() && settled;
    if (!settled) break;
    if (cluster.loop.changes !== changes) [changes, changed] = [cluster.loop.changes, cluster.now];
  }
  cluster.advanceTo(end);
  return settled;
}
