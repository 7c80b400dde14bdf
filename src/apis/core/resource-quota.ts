import { isOn } from "../feature-gates.js";
import type { AdmitContext, KindRules } from "../kind-rules.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { dnsSubdomainFault } from "../meta/names.js";
import type {
  ResourceQuota,
  ResourceQuotaSpec,
  ScopedResourceSelectorRequirement,
} from "../types/core.v1.generated.js";
import { roundAmounts } from "./pod-defaults.js";
import { checkResourceAmount, checkResourceName, isStandardResource } from "./resource-names.js";

const HARD = FieldPath.of("spec", "hard");
const SCOPES_FIELD = FieldPath.of("spec", "scopes");
/** The server names no index in the path. */
const REQUIREMENTS = FieldPath.of("spec", "scopeSelector", "matchExpressions");

const PODS = ["pods"];
const PODS_AND_COMPUTE = [...PODS, "cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory"];

interface Scope {
  /** Of the standard resources, those of which the scope can choose a part. */
  readonly counts: ReadonlySet<string>;
  /** A scope that an object is in or not, without a value to compare. */
  readonly onlyExists?: boolean;
}

/** https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-scopes */
const SCOPES: ReadonlyMap<string, Scope> = new Map([
  ["Terminating", { counts: new Set(PODS_AND_COMPUTE), onlyExists: true }],
  ["NotTerminating", { counts: new Set(PODS_AND_COMPUTE), onlyExists: true }],
  ["BestEffort", { counts: new Set(PODS), onlyExists: true }],
  ["NotBestEffort", { counts: new Set(PODS_AND_COMPUTE), onlyExists: true }],
  ["PriorityClass", { counts: new Set(PODS_AND_COMPUTE) }],
  ["CrossNamespacePodAffinity", { counts: new Set(PODS_AND_COMPUTE), onlyExists: true }],
  ["VolumeAttributesClass", { counts: new Set(["persistentvolumeclaims", "requests.storage"]) }],
]);
/** The scopes known to a cluster; one of them came later. */
const scopeOf = (name: string, minor: number): Scope | undefined =>
  name === "VolumeAttributesClass" && !isOn("VolumeAttributesClass", minor) ? undefined : SCOPES.get(name);

/** No object is in both. */
const CONFLICTS = [
  ["BestEffort", "NotBestEffort"],
  ["Terminating", "NotTerminating"],
] as const;

/** https://kubernetes.io/docs/concepts/policy/resource-quotas/ */
export const RESOURCE_QUOTA: KindRules<ResourceQuota> = {
  defaults({ spec }) {
    roundAmounts(spec.hard);
  },
  nameForm: dnsSubdomainFault,
  validate({ spec }, errors, context) {
    for (const [name, amount] of Object.entries(spec.hard ?? {})) {
      const at = HARD.key(name);
      checkResourceName(name, at, errors);
      if (!name.includes("/") && !isStandardForQuotas(name))
        errors.invalid(at, name, "is no standard resource of quotas");
      checkResourceAmount(name, amount, at, errors);
    }
    validateScopes(spec, errors, context);
    validateSelector(spec, errors, context);
  },
};

/** Storage is limited as requests.storage. */
const isStandardForQuotas = (name: string): boolean => name !== "storage" && isStandardResource(name);

function validateScopes(spec: ResourceQuotaSpec, errors: FieldErrors, { minor }: AdmitContext): void {
  const { scopes = [] } = spec;
  for (const name of scopes) {
    const scope = scopeOf(name, minor);
    if (scope === undefined) errors.invalid(SCOPES_FIELD, name, `is not one of ${[...SCOPES.keys()].join(", ")}`);
    else checkCounted(spec, name, scope, SCOPES_FIELD, errors);
  }
  checkConflicts(scopes, SCOPES_FIELD, errors);
}

/** A scope goes with the resources that objects in it have. */
function checkCounted(
  { hard = {} }: ResourceQuotaSpec,
  name: string,
  { counts }: Scope,
  at: FieldPath,
  errors: FieldErrors,
): void {
  for (const resource of Object.keys(hard))
    if (isStandardForQuotas(resource) && !counts.has(resource))
      errors.invalid(at, name, `does not go with resource ${resource} of hard`);
}

function checkConflicts(scopes: readonly string[], at: FieldPath, errors: FieldErrors): void {
  for (const [one, other] of CONFLICTS)
    if (scopes.includes(one) && scopes.includes(other))
      errors.invalid(at, undefined, `has both ${one} and ${other}, and nothing is in both`);
}

function validateSelector(spec: ResourceQuotaSpec, errors: FieldErrors, { minor }: AdmitContext): void {
  const requirements = spec.scopeSelector?.matchExpressions ?? [];
  for (const requirement of requirements) {
    const { scopeName, operator } = requirement;
    const scope = scopeOf(scopeName, minor);
    if (scope === undefined)
      errors.invalid(REQUIREMENTS.child("scopeName"), scopeName, `is not one of ${[...SCOPES.keys()].join(", ")}`);
    else {
      checkCounted(spec, scopeName, scope, REQUIREMENTS, errors);
      if (scope.onlyExists && operator !== "Exists")
        errors.invalid(REQUIREMENTS.child("operator"), operator, `is not Exists, the one operator of ${scopeName}`);
    }
    validateOperator(requirement, errors);
  }
  const names = requirements.map(({ scopeName }) => scopeName);
  checkConflicts(names, REQUIREMENTS, errors);
}

function validateOperator({ operator, values = [] }: ScopedResourceSelectorRequirement, errors: FieldErrors): void {
  const at = REQUIREMENTS.child("values");
  if (operator === "In" || operator === "NotIn") {
    if (values.length === 0) errors.required(at, `operator ${operator} compares with values`);
  } else if (operator === "Exists" || operator === "DoesNotExist") {
    if (values.length > 0) errors.invalid(at, undefined, `is given, and operator ${operator} takes no values`);
  } else errors.invalid(REQUIREMENTS.child("operator"), operator, "is not one of In, NotIn, Exists, DoesNotExist");
}
