import type { ObjectMeta } from "kubernetes-types/meta/v1.js";
import type { Manifest } from "../input/index.js";
import type { KindFacts } from "../schema/decode.js";
import { isPlaceholder } from "../schema/placeholder.js";
import { BUILT_IN_KINDS, type BuiltInKind, type BuiltInKinds, currentGroup, isBuiltInKind } from "./kinds.js";
import { isOpenNamespace } from "./namespaces.js";

/** What any object has. */
export interface KubernetesObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: ObjectMeta;
}

type SpecOf<T> = T extends { spec?: infer S } ? S : undefined;

/** One object of the input: its identity, its plain value, and the manifest it stands in. */
export class Resource<T extends KubernetesObject = KubernetesObject> {
  /** As of today: a Deployment of `extensions/v1beta1` is in `apps`. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Empty where the object has none (`generateName`, or a mistake). */
  readonly name: string;
  /** As written; empty where none is given or the kind is cluster-scoped. */
  readonly namespace: string;

  constructor(
    /** The plain value, typed as `kubernetes-types` has it; doubtful fields are taken out. */
    readonly object: T,
    readonly manifest: Manifest,
    /** What the target version or a CRD of the input says of the kind; undefined for an unseen CRD. */
    readonly facts: KindFacts | undefined,
    /** Paths that decoding took out: see `Decoded.doubtful`. */
    readonly doubtful: readonly string[] = [],
  ) {
    const apiVersion = text(object.apiVersion);
    const slash = apiVersion.indexOf("/");
    this.kind = text(object.kind);
    this.group = currentGroup(slash < 0 ? "" : apiVersion.slice(0, slash), this.kind);
    this.version = apiVersion.slice(slash + 1);
    this.name = text(object.metadata?.name);
    this.namespace = facts && !facts.namespaced ? "" : text(object.metadata?.namespace);
  }

  get apiVersion(): string {
    return text(this.object.apiVersion);
  }

  get metadata(): ObjectMeta {
    return this.object.metadata ?? {};
  }

  get spec(): SpecOf<T> {
    return (this.object as { spec?: unknown }).spec as SpecOf<T>;
  }

  get labels(): Readonly<Record<string, string>> {
    return this.metadata.labels ?? {};
  }

  get annotations(): Readonly<Record<string, string>> {
    return this.metadata.annotations ?? {};
  }

  /** How messages name it: `Deployment "shop"`. */
  get ref(): string {
    if (this.name) return `${this.kind} "${this.name}"`;
    const prefix = this.metadata.generateName;
    return prefix ? `${this.kind} "${prefix}*"` : `${this.kind} without a name`;
  }

  /** True where the object has the kind's group and one of the shapes rules are written for. */
  is<K extends BuiltInKind>(kind: K): this is Resource<BuiltInKinds[K]> {
    return (
      this.kind === kind &&
      this.group === BUILT_IN_KINDS[kind].group &&
      BUILT_IN_KINDS[kind].versions.includes(this.version)
    );
  }

  /** The built-in kind whose shape the object has; undefined for custom kinds and shapes of long ago. */
  get builtInKind(): BuiltInKind | undefined {
    return isBuiltInKind(this.kind) && this.is(this.kind) ? this.kind : undefined;
  }
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Whether an object's name and namespace say which object of a cluster it is. */
export const isIdentified = (resource: Resource): boolean =>
  resource.name !== "" &&
  !isPlaceholder(resource.name) &&
  (resource.namespace === "" || !isOpenNamespace(resource.namespace));

/** The folder that a manifest's file lies in. */
export const folderOf = ({ manifest }: Pick<Resource, "manifest">): string => {
  const { path } = manifest.source;
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
};
