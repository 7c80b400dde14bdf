import { isOn } from "../feature-gates.js";
import type { KindRules } from "../kind-rules.js";
import { FieldPath } from "../meta/field-path.js";
import { dnsSubdomainFault } from "../meta/names.js";
import { METADATA } from "../meta/object-meta.js";
import type { Container, Pod } from "../types/core.v1.generated.js";
import { admitPod, mutatePod } from "./pod-admission.js";
import { validatePodAnnotations } from "./pod-annotations.js";
import { checkProfilesAgree, syncAppArmor } from "./pod-app-armor.js";
import { checkImageBlanks } from "./pod-containers.js";
import { setPodSpecDefaults } from "./pod-defaults.js";
import { setPodLevelDefaults } from "./pod-level-defaults.js";
import { dropDisabledFields, mergeLabelKeys } from "./pod-prepare.js";
import { qosClassOf } from "./pod-qos.js";
import { validatePodSpec } from "./pod-spec.js";
import { warnAboutPod, warnAboutPodName } from "./pod-warnings.js";

const SPEC = FieldPath.of("spec");

/** https://kubernetes.io/docs/concepts/workloads/pods/ */
export const POD: KindRules<Pod> = {
  defaults(pod, { minor }) {
    const { spec } = pod;
    setPodSpecDefaults(spec, minor);
    for (const container of [...(spec.containers ?? []), ...(spec.initContainers ?? [])]) {
      setRequestsFromLimits(container);
      if (spec.hostNetwork) for (const port of container.ports ?? []) port.hostPort ||= port.containerPort;
    }
    if (isOn("PodLevelResources", minor)) setPodLevelDefaults(spec);
    spec.enableServiceLinks ??= true;
  },
  mutate: mutatePod,
  prepare(pod, { minor }, warn) {
    dropDisabledFields(pod.spec, minor);
    syncAppArmor(pod, minor, warn);
    mergeLabelKeys(pod.spec, pod.metadata.labels ?? {}, minor);
    pod.metadata.generation = 1;
    pod.status = { phase: "Pending", qosClass: qosClassOf(pod.spec) };
  },
  nameForm: dnsSubdomainFault,
  validate({ metadata, spec }, errors, { minor, old }) {
    const annotations = metadata.annotations ?? {};
    validatePodAnnotations(annotations, spec, METADATA.child("annotations"), errors);
    validatePodSpec(spec, { minor, pod: { name: metadata.name ?? "" } }, SPEC, errors);
    for (const list of ["containers", "initContainers"] as const)
      spec[list]?.forEach((container, i) => void checkImageBlanks(container, SPEC.child(list).index(i), errors));
    if (old === undefined && spec.ephemeralContainers?.length)
      errors.forbidden(SPEC.child("ephemeralContainers"), "Ephemeral containers are added to a Pod that runs");
    if (old === undefined && spec.nodeName && spec.schedulingGates?.length)
      errors.forbidden(SPEC.child("nodeName"), "A Pod with schedulingGates has no node yet");
    checkProfilesAgree(annotations, spec, SPEC, errors);
  },
  admit: admitPod,
  warnings({ metadata, spec }, warn) {
    warnAboutPodName(metadata.name ?? "", warn);
    warnAboutPod(spec, metadata.annotations ?? {}, undefined, warn);
  },
};

function setRequestsFromLimits({ resources }: Container): void {
  if (resources.limits === undefined) return;
  // Requests that are given win; an empty list of limits still makes an empty list of requests.
  resources.requests = { ...resources.limits, ...resources.requests };
}
