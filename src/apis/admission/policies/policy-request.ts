import type { Authorize } from "../../cel/library-authorizer.js";

type Fields = Readonly<Record<string, unknown>>;

/** `apps`, `v1`, `Deployment`, `deployments`. */
export interface RequestedKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly resource: string;
}

/** A request that policies are asked about, in the words of an AdmissionReview. */
export interface PolicyRequest {
  readonly operation: "CREATE" | "UPDATE" | "DELETE" | "CONNECT";
  readonly kind: RequestedKind;
  readonly subresource?: string;
  /** Other versions under which the same objects are served. */
  readonly otherVersions?: readonly string[];
  readonly name?: string;
  /** Undefined for objects of the whole cluster, save for a Namespace: that has its own name. */
  readonly namespace?: string;
  /** As it will be stored; undefined where it is deleted. */
  readonly object?: Fields;
  /** As it is stored; undefined where it is new. */
  readonly oldObject?: Fields;
  /** The namespace of the object. */
  readonly namespaceObject?: Fields;
  readonly user: PolicyUser;
  /** Answers for the user, unless the question names a service account; undefined where nothing is known of it. */
  readonly authorize?: Authorize;
  /** What stands for something that is not known, such as a placeholder. */
  readonly isUnknown?: (value: unknown) => boolean;
}

export const isNamespace = ({ kind: { group, resource } }: PolicyRequest): boolean =>
  group === "" && resource === "namespaces";

export interface PolicyUser {
  readonly name: string;
  readonly uid?: string;
  readonly groups: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

/** The objects of one kind, where policies find their parameters. */
export interface ParameterKind {
  readonly namespaced: boolean;
  /** Of a namespace, or of the whole cluster. */
  objects(namespace: string | undefined): Iterable<Fields>;
}

/** Undefined where there is no such kind. */
export type FindParameters = (apiVersion: string, kind: string) => ParameterKind | undefined;

/** What a policy says against a request. */
export interface PolicyDenial {
  readonly policy: string;
  /** Undefined where the policy itself cannot be used. */
  readonly binding: string | undefined;
  /** The user's words, or the expression. */
  readonly message: string;
  readonly reason: DenialReason;
}

export type DenialReason = "Forbidden" | "Invalid" | "RequestEntityTooLarge" | "Unauthorized";

/** What all policies say to a request. */
export interface Judgement {
  /** The first one is the server's answer. */
  readonly denials: readonly PolicyDenial[];
  readonly warnings: readonly PolicyDenial[];
  /** Annotations of the audit event. */
  readonly audit: Readonly<Record<string, string>>;
  /** Whether something could not be told, so that there may be more. */
  readonly incomplete: boolean;
}
