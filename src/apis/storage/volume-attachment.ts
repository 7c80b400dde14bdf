import { setInlineVolumeDefaults, validateVolumeSpec } from "../core/persistent-volume.js";
import { checkDriverName } from "../core/volume-sources.js";
import { isOn } from "../feature-gates.js";
import type { KindRules } from "../kind-rules.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { checkForm, dnsSubdomainFault } from "../meta/names.js";
import type { VolumeAttachment, VolumeAttachmentSource } from "../types/storage.v1.generated.js";

const SPEC = FieldPath.of("spec");
const SOURCE = SPEC.child("source");
const VOLUME_NAME = SOURCE.child("persistentVolumeName");

/** https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/volume-attachment-v1/ */
export const VOLUME_ATTACHMENT: KindRules<VolumeAttachment> = {
  defaults({ spec }) {
    if (spec.source.inlineVolumeSpec) setInlineVolumeDefaults(spec.source.inlineVolumeSpec);
  },
  prepare({ spec }, { minor }) {
    if (!isOn("VolumeAttributesClass", minor)) delete spec.source.inlineVolumeSpec?.volumeAttributesClassName;
  },
  nameForm: dnsSubdomainFault,
  validate({ spec: { attacher, source, nodeName } }, errors) {
    validateSource(source, errors);
    checkForm(dnsSubdomainFault, nodeName, SPEC.child("nodeName"), errors);
    checkDriverName(attacher, SPEC.child("attacher"), errors);
    const { persistentVolumeName: name } = source;
    if (name !== undefined) checkForm(dnsSubdomainFault, name, VOLUME_NAME, errors);
  },
};

function validateSource(source: VolumeAttachmentSource, errors: FieldErrors): void {
  const { inlineVolumeSpec: spec, persistentVolumeName: name } = source;
  if (spec === undefined && name === undefined)
    errors.required(SOURCE, "a volume is named by persistentVolumeName or given by inlineVolumeSpec");
  else if (spec !== undefined && name !== undefined)
    errors.forbidden(SOURCE, "There is one of inlineVolumeSpec and persistentVolumeName, not both");
  else if (spec !== undefined) validateVolumeSpec(spec, "", "inline", SOURCE.child("inlineVolumeSpec"), errors);
  else if (name === "") errors.required(VOLUME_NAME);
}
