import type { CustomResourceDefinition } from "../../apis/types/apiextensions.v1.generated.js";
import type { ConfigMap, Secret } from "../../apis/types/core.v1.generated.js";
import { type Field, table, text } from "./description.js";
import { conditionField } from "./pod-fields.js";

const bytes = (size: number): string => `${size} ${size === 1 ? "byte" : "bytes"}`;
const LONGEST_VALUE = 200;

export const configMapFields = ({ data, binaryData, immutable }: ConfigMap): Field[] => [
  ...text("Immutable", immutable || undefined),
  ...Object.keys(data ?? {})
    .sort()
    .map((key): Field => ({ label: key, lines: clip(data![key]!) })),
  ...table(
    "Binary Data",
    ["KEY", "SIZE"],
    Object.keys(binaryData ?? {}).map((key) => [key, bytes(decodedSize(binaryData![key]))]),
  ),
];

/** A few lines of a long value. */
function clip(value: string): string[] {
  const all = value.replace(/\n$/, "").split("\n");
  const shown = all
    .slice(0, MOST_LINES)
    .map((line) => (line.length > LONGEST_VALUE ? `${line.slice(0, LONGEST_VALUE)}...` : line));
  return all.length > MOST_LINES ? [...shown, `... (${all.length - MOST_LINES} more lines)`] : shown;
}

const MOST_LINES = 12;

/** Keys and sizes; the values of Secrets are never told. */
export const secretFields = ({ data, type, immutable }: Secret): Field[] => [
  ...text("Type", type || "Opaque"),
  ...text("Immutable", immutable || undefined),
  ...table(
    "Data",
    ["KEY", "SIZE"],
    Object.keys(data ?? {})
      .sort()
      .map((key) => [key, bytes(decodedSize(data![key]))]),
  ),
];

const decodedSize = (value: unknown): number =>
  typeof value === "string" ? Math.floor((value.replace(/[\s=]/g, "").length * 3) / 4) : 0;

export const definitionFields = ({ spec, status }: CustomResourceDefinition): Field[] => [
  ...text("Group", spec.group),
  ...text("Names", [spec.names.kind, spec.names.plural, ...(spec.names.shortNames ?? [])].join(", ")),
  ...text("Scope", spec.scope),
  ...table(
    "Versions",
    ["NAME", "SERVED", "STORED"],
    (spec.versions ?? []).map(({ name, served, storage }) => [name, served ? "yes" : "no", storage ? "yes" : "no"]),
  ),
  ...conditionField(status?.conditions ?? undefined),
];
