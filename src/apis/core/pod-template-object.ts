import type { KindRules } from "../kind-rules.js";
import { FieldPath } from "../meta/field-path.js";
import { dnsSubdomainFault } from "../meta/names.js";
import type { PodTemplate } from "../types/core.v1.generated.js";
import { preparePodTemplate, setPodTemplateDefaults, validatePodTemplate } from "./pod-template.js";
import { warnAboutPod } from "./pod-warnings.js";

const TEMPLATE = FieldPath.of("template");

/** https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-template-v1/ */
export const POD_TEMPLATE: KindRules<PodTemplate> = {
  defaults: ({ template }, { minor }) => setPodTemplateDefaults(template, minor),
  prepare({ metadata, template }, { minor }) {
    metadata.generation = 1;
    preparePodTemplate(template, minor);
  },
  nameForm: dnsSubdomainFault,
  validate: ({ template }, errors, { minor }) => validatePodTemplate(template, minor, TEMPLATE, errors),
  warnings: ({ template }, warn) => warnAboutPod(template.spec, template.metadata.annotations ?? {}, TEMPLATE, warn),
};
