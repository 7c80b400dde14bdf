import type { AdmitContext, KindRules } from "../kind-rules.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { dnsSubdomainFault } from "../meta/names.js";
import { checkChoice, checkNotNegative, checkPositive, checkRange } from "../meta/values.js";
import type {
  ExemptPriorityLevelConfiguration,
  LimitedPriorityLevelConfiguration,
  LimitResponse,
  PriorityLevelConfiguration,
  QueuingConfiguration,
} from "../types/flowcontrol.v1.generated.js";
import type { LimitedPriorityLevelConfiguration as AssuredConfiguration } from "../types/flowcontrol.v1beta2.generated.js";
import { checkMandatorySpec, type MandatorySpecs } from "./mandatory-objects.js";

const SPEC = FieldPath.of("spec");
const TYPES = ["Exempt", "Limited"];
const RESPONSES = ["Queue", "Reject"];
const EXEMPT = "exempt";

/** https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/priority-level-configuration-v1/ */
const DEFAULT_SHARES = 30;
const QUEUING_DEFAULTS = { handSize: 8, queues: 64, queueLengthLimit: 50 } as const;
const MOST_QUEUES = 10_000_000;
/** Queues are dealt from a hash of so many bits. */
const HASH_BITS = 60;
/** Lent and borrowed seats came then, and what exempt levels lend two minors later. */
const LENDS_FROM = 26;
const ZERO_SHARES_FROM = 30;
const KEEPS_ZERO_SHARES = "flowcontrol.k8s.io/v1beta3-preserve-zero-concurrency-shares";

/** Shares have another name in the oldest versions. */
type Limited = LimitedPriorityLevelConfiguration & Partial<AssuredConfiguration>;
type SharesField = "nominalConcurrencyShares" | "assuredConcurrencyShares";

const sharesField = (apiVersion: string): SharesField =>
  /v1beta[12]$/.test(apiVersion) ? "assuredConcurrencyShares" : "nominalConcurrencyShares";

/** https://kubernetes.io/docs/concepts/cluster-administration/flow-control/#prioritylevelconfiguration */
export const PRIORITY_LEVEL_CONFIGURATION: KindRules<PriorityLevelConfiguration> = {
  defaults({ metadata, spec: { limited, exempt } }, context) {
    if (exempt !== undefined) {
      exempt.nominalConcurrencyShares ??= 0;
      exempt.lendablePercent ??= 0;
    }
    if (limited !== undefined)
      setLimitedDefaults(limited, metadata.annotations?.[KEEPS_ZERO_SHARES] !== undefined, context);
  },
  nameForm: dnsSubdomainFault,
  validate({ metadata: { name = "" }, spec }, errors, context) {
    const { type, exempt, limited } = spec;
    if (name === EXEMPT && type !== "Exempt") errors.invalid(SPEC.child("type"), type, "is not the type Exempt");
    if (name !== EXEMPT && type === "Exempt")
      errors.invalid(SPEC.child("type"), type, `is the type of the level "${EXEMPT}" alone`);
    checkChoice(type, TYPES, SPEC.child("type"), errors);
    if (type === "Exempt") {
      if (limited !== undefined) errors.forbidden(SPEC.child("limited"), "A level of type Exempt has no limits");
      if (exempt !== undefined) validateExempt(exempt, errors);
    } else if (type === "Limited") {
      if (exempt !== undefined) errors.forbidden(SPEC.child("exempt"), "A level of type Limited is not exempt");
      if (limited !== undefined) validateLimited(limited, errors, context);
      else errors.required(SPEC.child("limited"), "the type is Limited");
    }
    // What "exempt" lends may be changed.
    checkMandatorySpec(name, name === EXEMPT ? { ...spec, exempt: undefined } : spec, mandatory(context), errors);
  },
};

function setLimitedDefaults(limited: Limited, keepsZero: boolean, { apiVersion, minor }: AdmitContext): void {
  const field = sharesField(apiVersion);
  limited[field] ??= DEFAULT_SHARES;
  if (limited[field] === 0 && !apiVersion.endsWith("/v1") && !keepsZero) limited[field] = DEFAULT_SHARES;
  if (minor >= LENDS_FROM) limited.lendablePercent ??= 0;
  const { queuing } = limited.limitResponse;
  if (queuing === undefined) return;
  for (const name of ["handSize", "queues", "queueLengthLimit"] as const)
    if (queuing[name] === 0) queuing[name] = QUEUING_DEFAULTS[name];
}

function validateExempt(exempt: ExemptPriorityLevelConfiguration, errors: FieldErrors): void {
  const at = SPEC.child(EXEMPT);
  if (exempt.nominalConcurrencyShares !== undefined)
    checkNotNegative(exempt.nominalConcurrencyShares, at.child("nominalConcurrencyShares"), errors);
  checkPercent(exempt.lendablePercent, at, errors);
}

function validateLimited(limited: Limited, errors: FieldErrors, { apiVersion, minor }: AdmitContext): void {
  const at = SPEC.child("limited");
  const field = sharesField(apiVersion);
  const checkShares = minor >= ZERO_SHARES_FROM ? checkNotNegative : checkPositive;
  checkShares(limited[field] ?? DEFAULT_SHARES, at.child(field), errors);
  validateResponse(limited.limitResponse, at.child("limitResponse"), errors);
  checkPercent(limited.lendablePercent, at, errors);
  if (limited.borrowingLimitPercent !== undefined)
    checkNotNegative(limited.borrowingLimitPercent, at.child("borrowingLimitPercent"), errors);
}

function checkPercent(percent: number | undefined, at: FieldPath, errors: FieldErrors): void {
  if (percent !== undefined) checkRange(percent, 0, 100, at.child("lendablePercent"), errors);
}

function validateResponse({ type, queuing }: LimitResponse, at: FieldPath, errors: FieldErrors): void {
  if (!checkChoice(type, RESPONSES, at.child("type"), errors)) return;
  const queuingAt = at.child("queuing");
  if (type === "Reject") {
    if (queuing !== undefined) errors.forbidden(queuingAt, "Requests that are rejected are in no queue");
  } else if (queuing === undefined) errors.required(queuingAt, "the type is Queue");
  else validateQueuing(queuing, queuingAt, errors);
}

function validateQueuing(queuing: QueuingConfiguration, at: FieldPath, errors: FieldErrors): void {
  const { queueLengthLimit, queues, handSize } = queuing;
  checkPositive(queueLengthLimit, at.child("queueLengthLimit"), errors);
  checkRange(queues, 1, MOST_QUEUES, at.child("queues"), errors);
  const handAt = at.child("handSize");
  if (!checkPositive(handSize, handAt, errors)) return;
  if (handSize > queues) errors.invalid(handAt, handSize, `is greater than queues, ${queues}`);
  else if (Math.ceil(Math.log2(queues) * handSize) > HASH_BITS)
    errors.invalid(handAt, handSize, `is more than can be dealt out of ${queues} queues`);
}

const mandatory = ({ apiVersion, minor }: AdmitContext): MandatorySpecs =>
  new Map<string, object>([
    [EXEMPT, { type: "Exempt", exempt: undefined }],
    [
      "catch-all",
      {
        type: "Limited",
        limited: {
          [sharesField(apiVersion)]: 5,
          limitResponse: { type: "Reject" },
          ...(minor >= LENDS_FROM ? { lendablePercent: 0 } : {}),
        },
      },
    ],
  ]);
