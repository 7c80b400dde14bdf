import type { KindRules } from "../kind-rules.js";
import { dnsSubdomainFault } from "../meta/names.js";
import type { HorizontalPodAutoscaler } from "../types/autoscaling.v2.generated.js";
import { dropDisabled, setSpecDefaults, validateSpec } from "./autoscaler-spec.js";
import { dropCarried } from "./carried-annotations.js";

/** https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/ */
export const HORIZONTAL_POD_AUTOSCALER: KindRules<HorizontalPodAutoscaler> = {
  defaults: ({ spec }) => setSpecDefaults(spec),
  prepare({ metadata, spec }, { minor }) {
    dropCarried(metadata);
    dropDisabled(spec, minor);
  },
  nameForm: dnsSubdomainFault,
  validate: ({ spec }, errors, { minor }) => validateSpec(spec, errors, minor),
};
