import type { Sender } from "../../apis/index.js";
import type { ApiObject } from "../../apis/kind-rules.js";
import { impersonatedGroups } from "../rbac/escalation.js";
import type { User } from "./authorization.js";
import type { SimulatedCluster } from "./simulated-cluster.js";

/** Who a request is from, and what he may do, as admission policies can ask; nobody given: an administrator. */
export function senderOf(cluster: SimulatedCluster, user: User | undefined): Sender {
  const { name, groups } = user ?? ADMINISTRATOR;
  return {
    user: { name, groups: user === undefined ? groups : impersonatedGroups(name, groups) },
    authorize(sender, { serviceAccount, path, ...request }) {
      const account = serviceAccount && `system:serviceaccount:${serviceAccount.namespace}:${serviceAccount.name}`;
      const requester =
        account === undefined
          ? { user: sender.name, groups: sender.groups }
          : { user: account, groups: impersonatedGroups(account) };
      // Selectors narrow what RBAC does not look at.
      const { verb = "", fieldSelector: _, labelSelector: __, ...target } = request;
      return { allowed: cluster.authorizer.authorize(requester, { ...target, verb, nonResourceURL: path }).allowed };
    },
  };
}

const CONTROLLERS: Readonly<Record<string, string>> = {
  CronJob: "cronjob-controller",
  DaemonSet: "daemon-set-controller",
  Deployment: "deployment-controller",
  Job: "job-controller",
  ReplicaSet: "replicaset-controller",
  ReplicationController: "replication-controller",
  Service: "endpointslice-controller",
  StatefulSet: "statefulset-controller",
};

/**
 * Controllers have a ServiceAccount each, known by what owns the object; none is a member of system:masters.
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#controller-roles
 */
export function controllerOf(cluster: SimulatedCluster, { metadata }: ApiObject): Sender {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller);
  const account = CONTROLLERS[owner?.kind ?? ""] ?? "generic-garbage-collector";
  return senderOf(cluster, { name: `system:serviceaccount:kube-system:${account}`, groups: [] });
}

const ADMINISTRATOR: User = { name: "admin", groups: ["system:masters", "system:authenticated"] };
