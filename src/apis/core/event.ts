import type { KindRules } from "../kind-rules.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { byteLength, checkForm, dnsSubdomainFault, pathSegmentFault, qualifiedNameFault } from "../meta/names.js";
import { METADATA, validateObjectMeta } from "../meta/object-meta.js";
import { checkGiven } from "../meta/values.js";
import type { Event } from "../types/core.v1.generated.js";

const OBJECT_NAMESPACE = FieldPath.of("involvedObject", "namespace");
const LONGEST = 128;
const LONGEST_MESSAGE = 1024;

/** What the Events of both groups have, by the names of the older one. */
export interface EventFacts {
  readonly namespace: string;
  readonly eventTime: string | null;
  readonly objectNamespace: string;
  readonly reporter: string;
  /** What the reporter's field is called. */
  readonly reporterField: string;
  readonly reportingInstance: string;
  readonly action: string;
  readonly reason: string;
  readonly message: string;
}

/** https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/ */
export const EVENT: KindRules<Event> = {
  validate(event, errors) {
    const { metadata, eventTime, involvedObject, reportingComponent, reportingInstance } = event;
    const { action = "", reason = "", message = "" } = event;
    validateEvent(
      {
        namespace: metadata.namespace ?? "",
        eventTime,
        objectNamespace: involvedObject.namespace ?? "",
        reporter: reportingComponent,
        reporterField: "reportingComponent",
        reportingInstance,
        action,
        reason,
        message,
      },
      errors,
    );
    // Old clients name Events as they like.
    if (!errors.any) validateObjectMeta(metadata, true, pathSegmentFault, METADATA, errors, { anyFinalizer: true });
  },
};

/** Events with an eventTime are of the newer form, of which more is asked. */
export function validateEvent(event: EventFacts, errors: FieldErrors): void {
  const { namespace, objectNamespace } = event;
  if (event.eventTime === null) {
    const agrees = objectNamespace === "" ? namespace === "default" : namespace === objectNamespace;
    if (!agrees) errors.invalid(OBJECT_NAMESPACE, objectNamespace, `is not the Event's namespace, "${namespace}"`);
  } else {
    if (objectNamespace === "" && namespace !== "default" && namespace !== "kube-system")
      errors.invalid(OBJECT_NAMESPACE, "", `is not the Event's namespace, "${namespace}"`);
    const reporter = FieldPath.of(event.reporterField);
    checkGiven(event.reporter, reporter, errors);
    checkForm(qualifiedNameFault, event.reporter, reporter, errors);
    for (const field of ["reportingInstance", "action", "reason"] as const) {
      checkGiven(event[field], FieldPath.of(field), errors);
      checkLength(event[field], LONGEST, FieldPath.of(field), errors);
    }
    checkLength(event.message, LONGEST_MESSAGE, FieldPath.of("message"), errors);
  }
  checkForm(dnsSubdomainFault, namespace, FieldPath.of("namespace"), errors);
}

function checkLength(text: string, most: number, at: FieldPath, errors: FieldErrors): void {
  if (byteLength(text) > most) errors.invalid(at, text, `is longer than ${most} bytes`);
}
