import type { Cause } from "../../apis/index.js";
import type { Cluster, Resource } from "../../cluster/index.js";
import { isMapping } from "../../input/plain-values.js";
import { isPlaceholder } from "../../schema/placeholder.js";
import type { PathStep } from "../../source/field-path.js";
import type { CauseFamily } from "./cause-families.js";
import type { CausePlace } from "./cause-place.js";

/** What a cause of each family depends on beside the field itself. */
type Reach = "field" | "siblings" | "object";

const REACH: Partial<Readonly<Record<CauseFamily, Reach>>> = {
  missing: "siblings",
  forbidden: "siblings",
  amount: "siblings",
  duplicate: "siblings",
  "undefined-name": "object",
  combination: "object",
  "custom-rule": "object",
  admission: "object",
};

/**
 * Whether a cause may vanish before the object reaches a server: by what fills in placeholders, by the field that a
 * misspelt one was meant to be, by what a kustomization changes, or by how the cluster is set up.
 */
export function mayVanish(
  cluster: Cluster,
  resource: Resource,
  { detail }: Cause,
  family: CauseFamily,
  place: CausePlace,
): boolean {
  if (detail?.bySetup || isPlaceholder(detail?.value)) return true;
  if (FILLED_IN_FAMILIES.has(family) && FILLED_IN.test(String(detail?.value)) && !/Expr$/.test(place.path)) return true;
  const reach = REACH[family] ?? "field";
  if (reach === "object" && resource.doubtful.length > 0) return true;
  return isChangedLater(cluster, resource, reach, place) || hasUnknown(resource, family, reach, place);
}

/** What no name or value holds, and scripts and kustomizations replace: `web-$NAME`, `$(NAME)`, `job_ID_`, `_`. */
const FILLED_IN = /\$[({]?[A-Za-z_]|<[^<>]*>|(^|[^A-Z0-9])_[A-Z][A-Z0-9]*_|^_+$/;
/** Whether a value as written is to be filled in. */
export function isFilledIn(object: unknown, { steps, depth }: CausePlace): boolean {
  if (depth < steps.length) return false;
  const value = steps.reduce((node, step) => (node as Record<PathStep, unknown>)[step], object);
  return typeof value === "string" && (isPlaceholder(value) || FILLED_IN.test(value));
}

const FILLED_IN_FAMILIES: ReadonlySet<CauseFamily> = new Set(["name", "label", "choice", "form"]);

/** By a kustomization, or by what patches the manifests of a folder of patches are for. */
function isChangedLater(cluster: Cluster, resource: Resource, reach: Reach, { steps }: CausePlace): boolean {
  const { patches, selectorsAdded, kustomized, source } = resource.manifest;
  const field = steps.findLast((step): step is string => typeof step === "string") ?? "";
  if (reach === "field") return patches?.some((patch) => patch.includes(field)) ?? false;
  if (cluster.mayBePatched(resource, field) || /(^|\/)patch(es)?\//.test(source.path)) return true;
  return (selectorsAdded === true && steps.some(isSelection)) || (kustomized === true && field === "namespace");
}

const isSelection = (step: PathStep): boolean => step === "selector" || step === "labels" || step === "matchLabels";

function hasUnknown({ object }: Resource, family: CauseFamily, reach: Reach, { steps, depth }: CausePlace): boolean {
  if (reach === "object") return holdsPlaceholder(object);
  let node: unknown = object;
  let parent: unknown;
  for (const step of steps.slice(0, depth)) {
    parent = node;
    node = (node as Record<PathStep, unknown>)[step];
  }
  // What is missing may come under a key, or be of no need beside a value, of the mapping that lacks it.
  const missing = depth < steps.length;
  if (missing ? isBesidePlaceholder(node) : family !== "forbidden" && holdsPlaceholder(node)) return true;
  return reach === "siblings" && !missing && isBesidePlaceholder(parent);
}

const isBesidePlaceholder = (mapping: unknown): boolean =>
  isMapping(mapping) && Object.entries(mapping).some((entry) => entry.some(isPlaceholder));

/** Texts on which nothing else in an object depends, often with shell variables. */
const FREE_TEXTS: ReadonlySet<string> = new Set(["annotations", "args", "command", "data", "image", "stringData"]);

/** Whether anything below is to be filled in later, keys included. */
function holdsPlaceholder(node: unknown): boolean {
  if (typeof node === "string") return isPlaceholder(node);
  if (Array.isArray(node)) return node.some(holdsPlaceholder);
  if (!isMapping(node)) return false;
  return Object.entries(node).some(
    ([key, value]) => isPlaceholder(key) || (!FREE_TEXTS.has(key) && holdsPlaceholder(value)),
  );
}
