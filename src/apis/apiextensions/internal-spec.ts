import { isMapping } from "../decode/is-mapping.js";
import type {
  CustomResourceColumnDefinition,
  CustomResourceDefinitionSpec,
  CustomResourceDefinitionVersion,
  CustomResourceSubresources,
  CustomResourceValidation,
  SelectableField,
} from "../types/apiextensions.v1.generated.js";

/** What is deeper is taken as different. */
const DEEPEST_COMPARED = 1000;

/** What all versions have alike. */
interface SharedParts {
  readonly validation?: CustomResourceValidation;
  readonly subresources?: CustomResourceSubresources;
  readonly columns?: readonly CustomResourceColumnDefinition[];
  readonly selectableFields?: readonly SelectableField[];
}

/**
 * The spec as the server validates it: what all versions have alike stands in the spec itself and no longer in the
 * versions, and so do its faults (`spec.validation`, `spec.subresources`, ...).
 */
export interface InternalSpec {
  readonly shared: SharedParts;
  readonly versions: readonly CustomResourceDefinitionVersion[];
}

export function internalSpecOf(spec: CustomResourceDefinitionSpec): InternalSpec {
  const versions = spec.versions ?? [];
  const [first] = versions;
  if (first === undefined) return { shared: {}, versions };
  const isShared = (name: keyof CustomResourceDefinitionVersion): boolean =>
    versions.every((version) => version === first || isSame(version[name], first[name]));
  const hidden: Partial<Record<keyof CustomResourceDefinitionVersion, undefined>> = {};
  const take = <K extends keyof CustomResourceDefinitionVersion>(
    name: K,
  ): CustomResourceDefinitionVersion[K] | undefined => {
    if (!isShared(name)) return undefined;
    hidden[name] = undefined;
    return first[name];
  };
  const shared: SharedParts = {
    validation: take("schema"),
    subresources: take("subresources"),
    columns: take("additionalPrinterColumns"),
    selectableFields: take("selectableFields"),
  };
  return { shared, versions: versions.map((version) => ({ ...version, ...hidden })) };
}

/** Whether two values of JSON are the same; empty lists are as good as none. */
function isSame(one: unknown, other: unknown, depth = 0): boolean {
  const [a, b] = [presentOf(one), presentOf(other)];
  if (a === b) return true;
  if (depth > DEEPEST_COMPARED || typeof a !== "object" || typeof b !== "object" || a === null || b === null)
    return false;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => isSame(item, b[i], depth + 1));
  if (!isMapping(a) || !isMapping(b)) return false;
  for (const name in a) if (!isSame(a[name], Object.hasOwn(b, name) ? b[name] : undefined, depth + 1)) return false;
  for (const name in b) if (presentOf(b[name]) !== undefined && !Object.hasOwn(a, name)) return false;
  return true;
}

const presentOf = (value: unknown): unknown => (Array.isArray(value) && value.length === 0 ? undefined : value);
