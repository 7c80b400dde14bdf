import type {
  CustomResourceColumnDefinition,
  CustomResourceDefinitionSpec,
  CustomResourceDefinitionVersion,
  CustomResourceSubresources,
  CustomResourceValidation,
  SelectableField,
} from "../types/apiextensions.v1.generated.js";

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
  const isShared = (name: keyof CustomResourceDefinitionVersion): boolean => {
    const text = canonicalText(first[name]);
    return versions.every((version) => version === first || canonicalText(version[name]) === text);
  };
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

/** Equal for values that are the same; empty lists and maps are as good as none. */
function canonicalText(value: unknown): string {
  return (
    JSON.stringify(value, (_, item: unknown) => {
      if (typeof item !== "object" || item === null) return item;
      if (Array.isArray(item)) return item.length === 0 ? undefined : item;
      return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
    }) ?? ""
  );
}
