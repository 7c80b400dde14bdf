import { isMapping } from "./describe-value.js";
import type { Definition, FieldType } from "./type-table.js";

/** An object being decoded, and its path. */
export interface Owner {
  readonly definition: Definition;
  readonly path: string;
}

/** How far down an unknown field's place is looked for, and how many types at most. */
const LEVELS = 3;
const MOST_TYPES = 150;
/** Written by the cluster; nobody means these. */
const NOT_MEANT = new Set(["status", "managedFields", "ephemeralContainers"]);

/** Fields that earlier versions of a type had, and where newer ones have what they said. */
const MOVED: Readonly<Record<string, string>> = {
  "CustomResourceDefinitionSpec.validation": "versions[0].schema",
  "CustomResourceDefinitionSpec.version": "versions[0].name",
  "HorizontalPodAutoscalerSpec.targetCPUUtilizationPercentage": "metrics[0].resource.target.averageUtilization",
  "IngressBackend.serviceName": "service.name",
  "IngressBackend.servicePort": "service.port",
  "ResourceMetricSource.targetAverageUtilization": "target.averageUtilization",
  "ResourceMetricSource.targetAverageValue": "target.averageValue",
};

/**
 * The path where a field of this name and a fitting type exists, close by: in an object around (`ports` under
 * `securityContext`), below (`containers` beside `template`), or beside. `owners` runs from the outermost to the object
 * that has the field; `nearest` is a field of that object that is alike.
 */
export function placeOf(
  name: string,
  value: unknown,
  owners: readonly Owner[],
  nearest: string | undefined,
): string | undefined {
  const here = owners.at(-1)!;
  const moved = MOVED[`${here.definition.name}.${name}`];
  if (moved !== undefined) return join(here.path, moved);
  const around = owners.slice(0, -1).reverse();
  for (const owner of around) {
    const field = owner.definition.fields.get(name);
    if (field !== undefined && fits(field.type, value)) return join(owner.path, name);
  }
  const alike = nearest === undefined ? undefined : here.definition.fields.get(nearest);
  if (alike !== undefined && fits(alike.type, value)) return undefined;
  const beside = around[0];
  return placeBelow(here, name, value, LEVELS) ?? (beside && placeBelow(beside, name, value, 1));
}

/** Breadth first, so that the closest place wins. */
function placeBelow(start: Owner, name: string, value: unknown, levels: number): string | undefined {
  const seen = new Set<Definition>([start.definition]);
  let level: Owner[] = [start];
  for (let i = 0; i < levels; i++) {
    const next: Owner[] = [];
    for (const owner of level) {
      for (const field of owner.definition.fields.values()) {
        const below = objectOf(field.type);
        if (below === undefined || NOT_MEANT.has(field.name) || seen.has(below) || seen.size > MOST_TYPES) continue;
        seen.add(below);
        const path = join(owner.path, field.type.code === "list" ? `${field.name}[0]` : field.name);
        const found = below.fields.get(name);
        if (found !== undefined && fits(found.type, value)) return join(path, name);
        next.push({ definition: below, path });
      }
    }
    level = next;
  }
  return undefined;
}

function objectOf(type: FieldType): Definition | undefined {
  if (type.code === "ref") return type.definition;
  return type.code === "list" && type.item.code === "ref" ? type.item.definition : undefined;
}

/** Whether a value could be meant for a field of the type. */
export function fits(type: FieldType, value: unknown): boolean {
  if (value === null) return true;
  switch (type.code) {
    case "ref":
    case "map":
      return isMapping(value);
    case "list":
      return Array.isArray(value);
    case "object":
    case "any":
      return true;
    case "string":
    case "bytes":
    case "Time":
    case "MicroTime":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
    case "int32":
    case "int64":
    case "number":
      return typeof value === "number";
    default:
      return typeof value !== "object";
  }
}

const join = (path: string, name: string): string => (path === "" ? name : `${path}.${name}`);
