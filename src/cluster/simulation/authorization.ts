import type { ApiObject } from "../../apis/kind-rules.js";
import { impersonatedGroups, type Refusal, refuseGrant, refuseRequest } from "../rbac/escalation.js";
import type { KubernetesObject } from "../resource.js";
import type { Operation } from "./documents.js";
import type { SimulatedCluster } from "./simulated-cluster.js";

/** Who sends a request that is not an administrator's. */
export interface User {
  readonly name: string;
  readonly groups: readonly string[];
}

/** What a request is about. */
export interface Target {
  readonly operation: Operation;
  /** `deployments.apps` */
  readonly resource: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly exists: boolean;
}

/** The verbs that a request has to be allowed: https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb */
const VERBS: Readonly<Record<Operation, readonly string[]>> = {
  create: ["create"],
  update: ["update"],
  apply: ["patch"],
  delete: ["delete"],
};

const requesterOf = ({ name, groups }: User) => ({ user: name, groups: impersonatedGroups(name, groups) });

/** The refusal of a request because its sender may not do such a thing; undefined where he may. */
export function refuseUser(cluster: SimulatedCluster, user: User, target: Target): Refusal | undefined {
  const { operation, namespace, name, exists } = target;
  const [resource = "", ...group] = target.resource.split(".");
  const verbs = operation === "apply" && !exists ? ["patch", "create"] : VERBS[operation];
  for (const verb of verbs) {
    const request = { verb, group: group.join("."), resource, namespace, name: verb === "create" ? undefined : name };
    const refusal = refuseRequest(cluster.authorizer, requesterOf(user), request);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** The refusal of a Role or binding that hands out more than its sender holds. */
export const refuseEscalation = (
  cluster: SimulatedCluster,
  user: User,
  object: unknown,
  existing: ApiObject | undefined,
): Refusal | undefined =>
  refuseGrant(
    cluster.authorizer,
    requesterOf(user),
    object as KubernetesObject,
    "default",
    existing as KubernetesObject | undefined,
  );
