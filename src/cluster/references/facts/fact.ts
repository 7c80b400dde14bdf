/** The shape of the tables in this folder: what a row can say, and the short ways to write one. */

export interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

/**
 * Whose field it is: a kind's, of every object, of what every Pod and every template of a workload has, of each of its
 * containers.
 */
export type Scope = "object" | "podSpec" | "container" | GroupKind;

/** What a reference leads to. */
export type Target =
  | GroupKind
  /**
   * The kind that `kind` beside the name gives, its group read from a field beside it; `default` is for where these are
   * not given.
   */
  | {
      readonly groupFrom: "apiVersion" | "apiGroup" | "group";
      readonly defaultGroup: string;
      readonly defaultKind?: string;
    }
  /** The kind that the policy which a binding binds has parameters of. */
  | { readonly parametersOf: "ValidatingAdmissionPolicy" | "MutatingAdmissionPolicy" };

/** A part of the target that is named beside it: the port of a Service, the listener of a Gateway. */
export interface Member {
  /** Pattern below `at`. */
  readonly field: string;
  /** Patterns within the target; any of the values will do. */
  readonly in: readonly string[];
  readonly noun: "port" | "listener";
  /** What counts where the field is absent. */
  readonly otherwise?: number;
}

export interface ReferenceFact {
  readonly from: Scope;
  /** The pattern of the value that holds the reference: `volumes[*].configMap`. */
  readonly at: string;
  /** Below `at`; empty where the value at `at` is the name itself. */
  readonly name: string;
  readonly to: Target;
  /**
   * Where the target is: in the namespace of the referring object, in none (cluster-scoped), in any, or in the one a
   * field beside the name gives (without it, in that of the referring object).
   */
  readonly namespace: "same" | "none" | "any" | { readonly field: string };
  /** How the name is written, where it is more than a name: a host of the cluster's DNS, or `namespace/name`. */
  readonly form?: "host" | "slashed";
  /** Pattern below `at` of the keys of a ConfigMap or Secret that must be there. */
  readonly key?: string;
  /** Keys that must be there although no field names them. */
  readonly needs?: readonly string[];
  /** Below `at`: the field that lets the target be absent; true: it always may be. */
  readonly optional?: string | true;
  /** The reference counts only where a field beside the name has this value; `orAbsent`: or is not there. */
  readonly when?: { readonly field: string; readonly is: string; readonly orAbsent?: true };
  /** Names that mean something else. */
  readonly except?: readonly string[];
  readonly member?: Member;
  /** From the configuration of the user. */
  readonly configured?: true;
  /** Between subject and target: Deployment "api" `mounts` ConfigMap "settings". */
  readonly verb: string;
}

/** A field by which an object selects others by their labels. */
export interface SelectorFact {
  readonly from: Scope;
  /** The pattern of the value that holds the selector and what belongs to it. */
  readonly at: string;
  /** Below `at`; empty where the value is the selector itself. */
  readonly selector: string;
  /** A map of labels, a LabelSelector, or a NodeSelector. */
  readonly form: "labels" | "selector" | "nodeSelector";
  readonly to: "pods" | GroupKind;
  /** Where they are: in the object's namespace, in any, in none, or where fields beside the selector say. */
  readonly namespace:
    | "same"
    | "any"
    | "none"
    | { readonly selector?: string; readonly names?: string; readonly any?: string };
  /** Whether the selector counts only with Pods of its object's namespace in mind, so that none is worth a word. */
  readonly expected?: true;
  readonly verb: string;
}

export type Row = Omit<ReferenceFact, "from">;
export type SelectorRow = Omit<SelectorFact, "from">;

/** Rows of one scope. */
export const rows = (from: Scope, ...list: readonly Row[]): ReferenceFact[] => list.map((row) => ({ from, ...row }));
export const selectors = (from: Scope, ...list: readonly SelectorRow[]): SelectorFact[] =>
  list.map((row) => ({ from, ...row }));

/** A row on an object in the same namespace. */
export const local = (at: string, name: string, to: Target, verb: string, rest: Partial<Row> = {}): Row => ({
  at,
  name,
  to,
  namespace: "same",
  verb,
  ...rest,
});

/** A row on an object of a cluster-scoped kind. */
export const clusterWide = (at: string, name: string, to: Target, verb: string, rest: Partial<Row> = {}): Row =>
  local(at, name, to, verb, { namespace: "none", ...rest });

/** A row on an object whose namespace a field beside the name can give. */
export const anywhere = (at: string, name: string, to: Target, verb: string, rest: Partial<Row> = {}): Row =>
  local(at, name, to, verb, { namespace: OWN_NAMESPACE, ...rest });

export const OWN_NAMESPACE = { field: "namespace" } as const;

export const core = (kind: string): GroupKind => ({ group: "", kind });
export const kindIn =
  (group: string) =>
  (kind: string): GroupKind => ({ group, kind });
export const CONFIG_MAP = core("ConfigMap");
export const SECRET = core("Secret");
export const CLAIM = core("PersistentVolumeClaim");
export const SERVICE = core("Service");
export const SERVICE_ACCOUNT = core("ServiceAccount");
export const NODE = core("Node");
export const NAMESPACE = core("Namespace");
export const storage = kindIn("storage.k8s.io");
export const networking = kindIn("networking.k8s.io");
export const admission = kindIn("admissionregistration.k8s.io");
export const gateway = kindIn("gateway.networking.k8s.io");

/** The port of a Service, by number or name. */
export const servicePort = (field: string, otherwise?: number): Member => ({
  field,
  in: ["spec.ports[*].port", "spec.ports[*].name"],
  noun: "port",
  otherwise,
});

/** `{name, key, optional}`, as core/v1 has it and custom kinds copy it. */
export const secretKey = (at: string, verb = "reads", rest: Partial<Row> = {}): Row =>
  local(at, "name", SECRET, verb, { key: "key", optional: "optional", ...rest });
export const configMapKey = (at: string, verb = "reads", rest: Partial<Row> = {}): Row =>
  local(at, "name", CONFIG_MAP, verb, { key: "key", optional: "optional", ...rest });
