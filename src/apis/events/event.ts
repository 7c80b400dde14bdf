import { validateEvent } from "../core/event.js";
import type { KindRules } from "../kind-rules.js";
import { FieldPath } from "../meta/field-path.js";
import { dnsSubdomainFault } from "../meta/names.js";
import { METADATA, validateObjectMeta } from "../meta/object-meta.js";
import { checkGiven } from "../meta/values.js";
import type { Event } from "../types/events.v1.generated.js";

const TYPES = ["Normal", "Warning"];
const SERIES = FieldPath.of("series");

/**
 * Fields that only Events of the core group have are named in answers as they are there.
 * https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/
 */
export const EVENT: KindRules<Event> = {
  validate(event, errors, { old: stored }) {
    const { metadata, eventTime, regarding, reportingController = "", reportingInstance = "" } = event;
    const { action = "", reason = "", note = "", type = "", series } = event;
    validateEvent(
      {
        namespace: metadata.namespace ?? "",
        eventTime,
        objectNamespace: regarding.namespace ?? "",
        reporter: reportingController,
        reporterField: "reportingController",
        reportingInstance,
        action,
        reason,
        message: note,
      },
      errors,
    );
    validateObjectMeta(metadata, true, dnsSubdomainFault, METADATA, errors);
    if (series !== undefined) {
      if (series.count < 2) errors.invalid(SERIES.child("count"), series.count, "is less than 2");
      checkGiven(series.lastObservedTime ?? "", SERIES.child("lastObservedTime"), errors);
    }
    if (eventTime === null && stored === undefined) errors.required(FieldPath.of("eventTime"));
    if (!TYPES.includes(type)) errors.invalid(FieldPath.of("type"), type, `is neither ${TYPES.join(" nor ")}`);
    const { deprecatedSource, deprecatedCount } = event;
    const old = {
      firstTimestamp: event.deprecatedFirstTimestamp,
      lastTimestamp: event.deprecatedLastTimestamp,
      count: deprecatedCount,
      source: deprecatedSource.component ?? deprecatedSource.host,
    };
    for (const [field, value] of Object.entries(old))
      if (value !== null && value !== undefined)
        errors.invalid(FieldPath.of(field), value, "is given, and has no place in an Event of this group");
  },
};
