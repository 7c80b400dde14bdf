import { isOn } from "../feature-gates.js";
import type { KindRules } from "../kind-rules.js";
import { dropField } from "../meta/drop-field.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { checkForm, dns1035LabelFault, dnsSubdomainFault } from "../meta/names.js";
import { METADATA, validateObjectMeta } from "../meta/object-meta.js";
import { checkChoice } from "../meta/values.js";
import { setServiceDefaults, validateReviewVersions, validateWebhookTarget } from "../meta/webhook-targets.js";
import type {
  CustomResourceConversion,
  CustomResourceDefinition,
  CustomResourceDefinitionSpec,
} from "../types/apiextensions.v1.generated.js";
import { setNameDefaults, validateApproval, validateNames } from "./definition-names.js";
import { collectUnknownFormats, validateDefinitionSchema } from "./definition-schema.js";
import {
  validateColumn,
  validateDeprecation,
  validateSelectableFields,
  validateSubresources,
} from "./definition-versions.js";
import { type InternalSpec, internalSpecOf } from "./internal-spec.js";
import { usesUnsupported } from "./structural-schema.js";

const SPEC = FieldPath.of("spec");
const VERSIONS = SPEC.child("versions");
const SCOPES = ["Cluster", "Namespaced"];
const STRATEGIES = ["None", "Webhook"];
/** Formats that do nothing are warned of since this minor. */
const WARNS_OF_FORMATS_FROM = 34;

/** https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/ */
export const CUSTOM_RESOURCE_DEFINITION: KindRules<CustomResourceDefinition> = {
  defaults({ spec }) {
    setNameDefaults(spec.names);
    spec.conversion ??= { strategy: "None" };
    setServiceDefaults(spec.conversion.webhook?.clientConfig?.service);
  },
  prepare({ spec }, { minor }) {
    if (isOn("CustomResourceFieldSelectors", minor)) return;
    for (const version of spec.versions ?? []) dropField(version, "selectableFields");
  },
  validate(definition, errors, { minor }) {
    const { metadata, spec } = definition;
    const own = `${spec.names.plural}.${spec.group}`;
    const nameFault = (name: string): string | undefined =>
      dnsSubdomainFault(name) ?? (name === own ? undefined : `is not ${own}, the plural name and the group`);
    validateObjectMeta(metadata, false, nameFault, METADATA, errors);
    validateSpec(spec, minor, errors);
    validateStoredVersions(spec, errors);
    validateApproval(definition, errors);
  },
  warnings({ spec }, warn, { minor }) {
    if (minor < WARNS_OF_FORMATS_FROM) return;
    const formats = new Set<string>();
    for (const { schema } of spec.versions ?? []) collectUnknownFormats(schema?.openAPIV3Schema ?? {}, minor, formats);
    for (const format of formats) warn(`Format "${format}" is not known, and not checked`);
  },
};

function validateSpec(spec: CustomResourceDefinitionSpec, minor: number, errors: FieldErrors): void {
  const groupAt = SPEC.child("group");
  if (spec.group === "") errors.required(groupAt);
  else if (checkForm(dnsSubdomainFault, spec.group, groupAt, errors) && !spec.group.includes("."))
    errors.invalid(groupAt, spec.group, "has no dot, as the domain that a group is has");
  checkChoice(spec.scope, SCOPES, SPEC.child("scope"), errors, { required: true });
  const internal = internalSpecOf(spec);
  validateVersions(internal, minor, errors);
  validateShared(internal, minor, errors);
  validateNames(spec.names, errors);
  validatePreserving(spec, errors);
  if (spec.conversion !== undefined) validateConversion(spec.conversion, SPEC.child("conversion"), errors);
}

function validateVersions({ shared, versions }: InternalSpec, minor: number, errors: FieldErrors): void {
  versions.forEach((version, i) => {
    const at = VERSIONS.index(i);
    const { name, schema, subresources, additionalPrinterColumns, selectableFields } = version;
    if (shared.validation?.openAPIV3Schema === undefined && schema?.openAPIV3Schema === undefined)
      errors.required(at.child("schema").child("openAPIV3Schema"), "every version has a schema");
    checkForm(dns1035LabelFault, name, at.child("name"), errors);
    // The first version's name is the spec's own, too.
    if (i === 0 && name !== "") checkForm(dns1035LabelFault, name, SPEC.child("version"), errors);
    validateDeprecation(
      version.deprecated ?? false,
      version.deprecationWarning,
      at.child("deprecationWarning"),
      errors,
    );
    const own = schema?.openAPIV3Schema;
    if (own !== undefined) {
      const statusSubresource = (shared.subresources ?? subresources)?.status !== undefined;
      validateDefinitionSchema(own, { minor, statusSubresource }, at.child("schema"), errors);
    }
    validateSubresources(subresources, at.child("subresources"), errors);
    additionalPrinterColumns?.forEach((column, j) => {
      validateColumn(column, at.child("additionalPrinterColumns").index(j), errors);
    });
    if (!selectableFields?.length) return;
    const fieldsAt = at.child("selectableFields");
    if (own === undefined) errors.invalid(fieldsAt, undefined, "is for versions with a schema of their own");
    else if (usesUnsupported(own))
      errors.invalid(at.child("schema.openAPIV3Schema"), undefined, "cannot be looked into");
    else validateSelectableFields(selectableFields, own, fieldsAt, errors);
  });
  const names = versions.map(({ name }) => name);
  if (new Set(names).size < names.length) errors.invalid(VERSIONS, undefined, "has two versions of one name");
  if (versions.filter(({ storage }) => storage).length !== 1)
    errors.invalid(VERSIONS, undefined, "has not exactly one version with storage: true");
}

/** What all versions have alike. */
function validateShared({ shared, versions }: InternalSpec, minor: number, errors: FieldErrors): void {
  const { validation, subresources, columns = [], selectableFields = [] } = shared;
  const schema = validation?.openAPIV3Schema;
  if (schema !== undefined) {
    const all = [subresources, ...versions.map((version) => version.subresources)];
    const statusSubresource = all.some((item) => item?.status !== undefined);
    validateDefinitionSchema(schema, { minor, statusSubresource }, SPEC.child("validation"), errors);
  }
  validateSubresources(subresources, SPEC.child("subresources"), errors);
  columns.forEach((column, i) => void validateColumn(column, SPEC.child("additionalPrinterColumns").index(i), errors));
  if (selectableFields.length === 0) return;
  const at = SPEC.child("selectableFields");
  if (validation === undefined) errors.invalid(at, undefined, "is for versions with a schema");
  else if (schema !== undefined && usesUnsupported(schema))
    errors.invalid(SPEC.child("schema.openAPIV3Schema"), undefined, "cannot be looked into");
  else validateSelectableFields(selectableFields, schema ?? {}, at, errors);
}

/** Unknown fields cannot be preserved for all of the resource any more. */
function validatePreserving(spec: CustomResourceDefinitionSpec, errors: FieldErrors): void {
  if (!spec.preserveUnknownFields) return;
  errors.invalid(SPEC.child("preserveUnknownFields"), true, "is not supported; schemas preserve unknown fields");
  if (spec.conversion !== undefined && spec.conversion.strategy !== "None")
    errors.invalid(
      SPEC.child("conversion").child("strategy"),
      spec.conversion.strategy,
      "is not None, and preserveUnknownFields is true",
    );
}

function validateConversion({ strategy, webhook }: CustomResourceConversion, at: FieldPath, errors: FieldErrors): void {
  checkChoice(strategy, STRATEGIES, at.child("strategy"), errors, { required: true });
  const clientAt = at.child("webhookClientConfig");
  const versionsAt = at.child("conversionReviewVersions");
  const client = webhook?.clientConfig;
  const versions = webhook?.conversionReviewVersions ?? null;
  if (strategy === "Webhook") {
    if (client === undefined) errors.required(clientAt, "strategy Webhook calls one");
    else validateWebhookTarget(client, clientAt, errors);
    validateReviewVersions(versions, versionsAt, errors);
    return;
  }
  if (client !== undefined) errors.forbidden(clientAt, "Only strategy Webhook calls one");
  if (versions?.length) errors.forbidden(versionsAt, "Only strategy Webhook has reviews");
}

/**
 * The status of a new definition says which version is stored, the first one with storage; its faults are reported, too.
 * A second version of one name counts as another one.
 */
function validateStoredVersions({ versions }: CustomResourceDefinitionSpec, errors: FieldErrors): void {
  const at = FieldPath.of("status", "storedVersions");
  const stored = versions?.find(({ storage }) => storage)?.name;
  if (stored === undefined) errors.invalid(at, undefined, "is empty, as no version has storage: true");
  let seen = false;
  for (const { name, storage } of versions ?? []) {
    const isStored = name === stored && !seen;
    if (isStored) seen = true;
    else if (storage) errors.invalid(at, name, "is a second version with storage: true");
  }
}
