import type { Requester } from "../rbac/authorizer.js";
import type { AccessRequest } from "../rbac/rule-matching.js";
import type { Simulation } from "../simulation/simulate.js";
import type { Entry } from "./outcome.js";

/** A question to the authorizer: a SubjectAccessReview, with its groups as given. */
export type Query = Requester & AccessRequest;

/** The ClusterRoles of the documents that others are aggregated into, with the rules that they end up with. */
export const aggregatedClusterRolesOf = ({ cluster }: Simulation): Entry[] =>
  cluster.authorizer.aggregatedClusterRoles().map((role) => ({ ...role }));

export const queriesOf = ({ cluster }: Simulation, queries: readonly Query[]): Entry[] =>
  queries.map((query) => ({ ...cluster.authorizer.answer(query) }));
