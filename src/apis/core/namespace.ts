import type { KindRules } from "../kind-rules.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { checkForm, dnsLabelFault, type NameCheck, qualifiedNameFault } from "../meta/names.js";
import { METADATA, OWN_FINALIZERS } from "../meta/object-meta.js";
import { isNameGenerated } from "../meta/system-fields.js";
import type { Namespace } from "../types/core.v1.generated.js";
import type { ObjectMeta } from "../types/meta.v1.generated.js";

const FINALIZERS = FieldPath.of("spec", "finalizers");
const LABELS = METADATA.child("labels");
const NAME_LABEL = "kubernetes.io/metadata.name";
const POD_SECURITY = "pod-security.kubernetes.io";
const POD_SECURITY_MODES = ["enforce", "audit", "warn"];
const POD_SECURITY_LEVELS = ["privileged", "baseline", "restricted"];
const POD_SECURITY_VERSION = /^v1\.(0|[1-9][0-9]{0,8})$/;

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/ */
export const NAMESPACE: KindRules<Namespace> = {
  // A name that is made up gets its label once it is known to be one.
  defaults({ metadata }) {
    if (metadata.name && !isNameGenerated(metadata)) labelWithName(metadata);
  },
  prepare({ spec }) {
    spec.finalizers ??= [];
    if (!spec.finalizers.includes("kubernetes")) spec.finalizers.push("kubernetes");
  },
  nameForm: dnsLabelFault,
  validate({ metadata, spec }, errors) {
    for (const finalizer of spec.finalizers ?? []) checkForm(finalizerFault, finalizer, FINALIZERS, errors);
    if (!errors.any) validatePodSecurityLabels(metadata.labels ?? {}, errors);
  },
  admit({ metadata }) {
    labelWithName(metadata);
    return undefined;
  },
};

function labelWithName(metadata: ObjectMeta): void {
  metadata.labels ??= {};
  metadata.labels[NAME_LABEL] = metadata.name!;
}

const finalizerFault: NameCheck = (finalizer) => {
  const fault = qualifiedNameFault(finalizer);
  if (fault !== undefined || finalizer.includes("/") || OWN_FINALIZERS.has(finalizer)) return fault;
  return "has no prefix, as example.com/name has, and is none of Kubernetes' own";
};

/** https://kubernetes.io/docs/concepts/security/pod-security-admission/ */
function validatePodSecurityLabels(labels: Readonly<Record<string, string>>, errors: FieldErrors): void {
  for (const mode of POD_SECURITY_MODES) {
    const levelLabel = `${POD_SECURITY}/${mode}`;
    const level = labels[levelLabel];
    if (level !== undefined && !POD_SECURITY_LEVELS.includes(level))
      errors.invalid(LABELS.key(levelLabel), level, `is not one of ${POD_SECURITY_LEVELS.join(", ")}`);
    const versionLabel = `${levelLabel}-version`;
    const version = labels[versionLabel];
    if (version !== undefined && version !== "latest" && !POD_SECURITY_VERSION.test(version))
      errors.invalid(LABELS.key(versionLabel), version, 'is neither "latest" nor a minor such as v1.34');
  }
}
