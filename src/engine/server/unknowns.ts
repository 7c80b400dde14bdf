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
  admission: "object",
};

/**
 * Whether a cause may vanish before the object reaches a server: by what fills in placeholders, by the field that a
 * misspelt one was meant to be, by what a kustomization changes.
 */
export function mayVanish(cluster: Cluster, resource: Resource, family: CauseFamily, place: CausePlace): boolean {
  const { manifest } = resource;
  const reach = REACH[family] ?? "field";
  if (reach === "object" && resource.doubtful.length > 0) return true;
  const name = place.steps.findLast((step) => typeof step === "string");
  const field = typeof name === "string" ? name : "";
  if (
    reach === "field" ? manifest.patches?.some((patch) => patch.includes(field)) : cluster.mayBePatched(resource, field)
  )
    return true;
  if (manifest.selectorsAdded && reach !== "field" && place.steps.some(isSelection)) return true;
  if (manifest.kustomized && reach !== "field" && field === "namespace") return true;
  return hasUnknown(resource, family, reach, place);
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
