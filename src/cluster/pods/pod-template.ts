import type { Container as ContainerSpec, PodSpec } from "kubernetes-types/core/v1.js";
import type { ObjectMeta } from "kubernetes-types/meta/v1.js";
import { joinPath } from "../../source/field-path.js";
import type { Resource } from "../resource.js";

/** Where each kind keeps the Pod it makes; `""` is the object itself. Group as of today. */
export const POD_TEMPLATE_PATHS: readonly { readonly group: string; readonly kind: string; readonly path: string }[] = [
  { group: "", kind: "Pod", path: "" },
  { group: "", kind: "PodTemplate", path: "template" },
  { group: "", kind: "ReplicationController", path: "spec.template" },
  { group: "apps", kind: "DaemonSet", path: "spec.template" },
  { group: "apps", kind: "Deployment", path: "spec.template" },
  { group: "apps", kind: "ReplicaSet", path: "spec.template" },
  { group: "apps", kind: "StatefulSet", path: "spec.template" },
  { group: "batch", kind: "CronJob", path: "spec.jobTemplate.spec.template" },
  { group: "batch", kind: "Job", path: "spec.template" },
  { group: "argoproj.io", kind: "Rollout", path: "spec.template" },
  { group: "serving.knative.dev", kind: "Service", path: "spec.template" },
];

const PATH_OF = new Map(POD_TEMPLATE_PATHS.map(({ group, kind, path }) => [`${group}/${kind}`, path]));

/** A container with its place. `container` restarts or runs with the Pod, `initContainer` runs before, `sidecar` is an init container that goes on. */
export interface Container {
  readonly type: "container" | "initContainer" | "sidecar" | "ephemeralContainer";
  /** Empty where missing. */
  readonly name: string;
  readonly spec: ContainerSpec;
  /** Within the owner: `spec.template.spec.containers[0]`. */
  readonly path: string;
  readonly pod: PodTemplate;
  /** `Container "app"`. */
  readonly ref: string;
}

/** A Pod as its owner would make it: of a Pod, itself; of a workload, its template. */
export class PodTemplate {
  #containers: readonly Container[] | undefined;

  constructor(
    readonly owner: Resource,
    /** Within the owner: `spec.template`; empty for a Pod. */
    readonly path: string,
    readonly metadata: ObjectMeta,
    readonly spec: PodSpec,
  ) {}

  get labels(): Readonly<Record<string, string>> {
    const { labels } = this.metadata;
    return labels !== null && typeof labels === "object" ? labels : {};
  }

  get namespace(): string {
    return this.owner.namespace;
  }

  /** The owner's: `Deployment "shop"`. */
  get ref(): string {
    return this.owner.ref;
  }

  get specPath(): string {
    return joinPath(this.path, "spec");
  }

  get labelsPath(): string {
    return joinPath(this.path, "metadata.labels");
  }

  /** Init containers first, as they start; then containers, then ephemeral ones. */
  get containers(): readonly Container[] {
    this.#containers ??= [
      ...this.list("initContainers", (c) => (c.restartPolicy === "Always" ? "sidecar" : "initContainer")),
      ...this.list("containers", () => "container"),
      ...this.list("ephemeralContainers", () => "ephemeralContainer"),
    ];
    return this.#containers;
  }

  private list(
    field: "initContainers" | "containers" | "ephemeralContainers",
    typeOf: (spec: ContainerSpec) => Container["type"],
  ): Container[] {
    // A custom kind's template is not decoded: it may hold anything.
    const specs: unknown = this.spec[field];
    if (!Array.isArray(specs)) return [];
    return (specs as ContainerSpec[]).flatMap((spec, i) =>
      spec === null || typeof spec !== "object"
        ? []
        : {
            type: typeOf(spec),
            name: spec.name ?? "",
            spec,
            path: `${this.specPath}.${field}[${i}]`,
            pod: this,
            ref: spec.name ? `Container "${spec.name}"` : `Container ${i + 1}`,
          },
    );
  }
}

/** The Pod template a resource carries; undefined for kinds that make no Pods and where the template is missing. */
export function podTemplateOf(resource: Resource): PodTemplate | undefined {
  const path = PATH_OF.get(`${resource.group}/${resource.kind}`);
  if (path === undefined) return undefined;
  let at: unknown = resource.object;
  if (path) for (const step of path.split(".")) at = (at as Record<string, unknown> | undefined)?.[step];
  const template = at as { metadata?: ObjectMeta; spec?: PodSpec } | undefined;
  if (!template?.spec || typeof template.spec !== "object") return undefined;
  return new PodTemplate(resource, path, template.metadata ?? {}, template.spec);
}
