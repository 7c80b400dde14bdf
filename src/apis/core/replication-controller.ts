import type { KindRules } from "../kind-rules.js";
import { FieldPath } from "../meta/field-path.js";
import { dnsSubdomainFault } from "../meta/names.js";
import { checkNotNegative } from "../meta/values.js";
import type { ReplicationController } from "../types/core.v1.generated.js";
import { preparePodTemplate, setPodTemplateDefaults, validatePodTemplate } from "./pod-template.js";
import { warnAboutPod, warnAboutWorkloadName } from "./pod-warnings.js";

const SPEC = FieldPath.of("spec");
const TEMPLATE = SPEC.child("template");

/** https://kubernetes.io/docs/concepts/workloads/controllers/replicationcontroller/ */
export const REPLICATION_CONTROLLER: KindRules<ReplicationController> = {
  defaults({ metadata, spec }, { minor }) {
    spec.replicas ??= 1;
    if (spec.template === undefined) return;
    setPodTemplateDefaults(spec.template, minor);
    const { labels } = spec.template.metadata;
    if (labels === undefined) return;
    if (Object.keys(spec.selector ?? {}).length === 0) spec.selector = { ...labels };
    if (Object.keys(metadata.labels ?? {}).length === 0) metadata.labels = { ...labels };
  },
  prepare({ metadata, spec }, { minor }) {
    metadata.generation = 1;
    if (spec.template) preparePodTemplate(spec.template, minor);
  },
  nameForm: dnsSubdomainFault,
  validate({ spec }, errors, { minor }) {
    const { selector = {}, template, replicas = 0, minReadySeconds = 0 } = spec;
    checkNotNegative(minReadySeconds, SPEC.child("minReadySeconds"), errors);
    const empty = Object.keys(selector).length === 0;
    if (empty) errors.required(SPEC.child("selector"), "neither it nor the template's labels are given");
    checkNotNegative(replicas, SPEC.child("replicas"), errors);
    if (template === undefined) {
      errors.required(TEMPLATE);
      return;
    }
    const { labels = {} } = template.metadata;
    if (!empty && !Object.entries(selector).every(([name, value]) => labels[name] === value))
      errors.invalid(TEMPLATE.child("metadata").child("labels"), undefined, "is not what the selector selects");
    validatePodTemplate(template, minor, TEMPLATE, errors);
    const { restartPolicy, activeDeadlineSeconds, volumes = [] } = template.spec;
    if (replicas > 1)
      volumes.forEach(({ gcePersistentDisk }, i) => {
        const at = TEMPLATE.child("spec").child("volumes").index(i).child("gcePersistentDisk").child("readOnly");
        if (gcePersistentDisk && !gcePersistentDisk.readOnly)
          errors.invalid(at, false, "is not true, as several Pods cannot write to one disk");
      });
    if (restartPolicy !== "Always")
      errors.notSupported(TEMPLATE.child("spec").child("restartPolicy"), restartPolicy, ["Always"]);
    if (activeDeadlineSeconds !== undefined)
      errors.forbidden(
        TEMPLATE.child("spec").child("activeDeadlineSeconds"),
        "Pods that are kept running have no deadline",
      );
  },
  warnings({ metadata, spec }, warn) {
    warnAboutWorkloadName(metadata.name ?? "", warn);
    if (spec.template) warnAboutPod(spec.template.spec, spec.template.metadata.annotations ?? {}, TEMPLATE, warn);
  },
};
