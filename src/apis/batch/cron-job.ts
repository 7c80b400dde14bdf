import { warnAboutPod, warnAboutWorkloadName } from "../core/pod-warnings.js";
import type { KindRules } from "../kind-rules.js";
import { checkSchedule } from "../meta/cron-schedule.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { dnsSubdomainFault } from "../meta/names.js";
import { METADATA } from "../meta/object-meta.js";
import { isTimeZone } from "../meta/time-zones.js";
import { checkChoice, checkNotNegative } from "../meta/values.js";
import type { CronJob, CronJobSpec } from "../types/batch.v1.generated.js";
import { prepareJobSpec, setJobSpecDefaults, validateJobSpec } from "./job-spec.js";

const SPEC = FieldPath.of("spec");
const JOB_SPEC = SPEC.child("jobTemplate").child("spec");
/** Jobs get eleven characters more. */
const LONGEST_NAME = 52;

/** https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ */
export const CRON_JOB: KindRules<CronJob> = {
  defaults({ spec }, { minor }) {
    spec.concurrencyPolicy ??= "Allow";
    spec.suspend ??= false;
    spec.successfulJobsHistoryLimit ??= 3;
    spec.failedJobsHistoryLimit ??= 1;
    setJobSpecDefaults(spec.jobTemplate.spec, minor);
  },
  prepare({ metadata, spec }, { minor }) {
    metadata.generation = 1;
    prepareJobSpec(spec.jobTemplate.spec, minor);
  },
  nameForm: dnsSubdomainFault,
  validate({ metadata, spec }, errors, { minor, old }) {
    const { schedule, timeZone, startingDeadlineSeconds, concurrencyPolicy = "", jobTemplate } = spec;
    if (schedule === "") errors.required(SPEC.child("schedule"));
    else validateSchedule(spec, minor, errors);
    if (startingDeadlineSeconds !== undefined)
      checkNotNegative(startingDeadlineSeconds, SPEC.child("startingDeadlineSeconds"), errors);
    if (timeZone !== undefined && !isTimeZone(timeZone))
      errors.invalid(SPEC.child("timeZone"), timeZone, "is no time zone, such as Europe/Berlin");
    checkChoice(concurrencyPolicy, ["Allow", "Forbid", "Replace"], SPEC.child("concurrencyPolicy"), errors, {
      required: true,
    });
    validateJobSpec(jobTemplate.spec, minor, JOB_SPEC, errors);
    if (jobTemplate.spec.selector !== undefined)
      errors.invalid(JOB_SPEC.child("selector"), undefined, "is generated for each Job");
    if (jobTemplate.spec.manualSelector) errors.notSupported(JOB_SPEC.child("manualSelector"), true, ["false"]);
    for (const field of ["successfulJobsHistoryLimit", "failedJobsHistoryLimit"] as const)
      if (spec[field] !== undefined) checkNotNegative(spec[field], SPEC.child(field), errors);
    const { name = "" } = metadata;
    if (old === undefined && name.length > LONGEST_NAME)
      errors.invalid(METADATA.child("name"), name, `is longer than ${LONGEST_NAME} characters`);
  },
  warnings({ metadata, spec }, warn) {
    warnAboutWorkloadName(metadata.name ?? "", warn);
    if (ZONE.test(spec.schedule))
      warn("spec.schedule names a time zone, which nobody supports; spec.timeZone is for it");
    const { template } = spec.jobTemplate.spec;
    warnAboutPod(template.spec, template.metadata.annotations ?? {}, JOB_SPEC.child("template"), warn);
  },
};

/** Before this minor the server does not mind a time zone in the schedule, where the field for it is empty. */
const REFUSES_ZONES_FROM = 29;
const ZONE = /^(CRON_)?TZ=\S+\s+/;

function validateSchedule({ schedule, timeZone }: CronJobSpec, minor: number, errors: FieldErrors): void {
  const tolerated = minor < REFUSES_ZONES_FROM && timeZone === undefined;
  const found = checkSchedule(tolerated ? schedule.replace(ZONE, "") : schedule);
  if (found !== undefined && !found.never)
    errors.invalid(SPEC.child("schedule"), schedule, `is no schedule, ${found.mistake}`);
}
