import type { KindRules } from "../kind-rules.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { checkForm, dnsLabelFault, dnsSubdomainFault, type NameCheck } from "../meta/names.js";
import { checkChoice, checkGiven } from "../meta/values.js";
import type {
  FlowSchema,
  FlowSchemaSpec,
  NonResourcePolicyRule,
  PolicyRulesWithSubjects,
  ResourcePolicyRule,
  ServiceAccountSubject,
  Subject,
} from "../types/flowcontrol.v1.generated.js";
import { checkMandatorySpec, MANDATORY_FLOW_SCHEMAS } from "./mandatory-objects.js";

const SPEC = FieldPath.of("spec");
const PRECEDENCE = SPEC.child("matchingPrecedence");
const DEFAULT_PRECEDENCE = 1000;
const LAST_PRECEDENCE = 10_000;
const DISTINGUISHERS = ["ByNamespace", "ByUser"];
const VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "proxy", "update", "watch"];
const ALL = "*";
/** The field that says more about each kind of subject. */
const SUBJECT_FIELDS = { Group: "group", ServiceAccount: "serviceAccount", User: "user" } as const;
const SUBJECT_KINDS = Object.keys(SUBJECT_FIELDS);

/** https://kubernetes.io/docs/concepts/cluster-administration/flow-control/#flowschema */
export const FLOW_SCHEMA: KindRules<FlowSchema> = {
  defaults({ spec }) {
    if (spec.matchingPrecedence === 0) spec.matchingPrecedence = DEFAULT_PRECEDENCE;
  },
  nameForm: dnsSubdomainFault,
  validate({ metadata: { name = "" }, spec }, errors) {
    validatePrecedence(name, spec, errors);
    const { distinguisherMethod, priorityLevelConfiguration, rules = [] } = spec;
    if (distinguisherMethod !== undefined)
      checkChoice(distinguisherMethod.type, DISTINGUISHERS, SPEC.child("distinguisherMethod").child("type"), errors);
    const level = priorityLevelConfiguration.name;
    const levelAt = SPEC.child("priorityLevelConfiguration").child("name");
    if (level === "") errors.required(levelAt, "requests go to some priority level");
    else checkForm(dnsSubdomainFault, level, levelAt, errors);
    rules.forEach((rule, i) => void validateRule(rule, SPEC.child("rules").index(i), errors));
    checkMandatorySpec(name, spec, MANDATORY_FLOW_SCHEMAS, errors);
  },
};

function validatePrecedence(name: string, { matchingPrecedence }: FlowSchemaSpec, errors: FieldErrors): void {
  if (matchingPrecedence <= 0) errors.invalid(PRECEDENCE, matchingPrecedence, "is not greater than zero");
  if (matchingPrecedence > LAST_PRECEDENCE)
    errors.invalid(PRECEDENCE, matchingPrecedence, `is greater than ${LAST_PRECEDENCE}`);
  if (matchingPrecedence === 1 && name !== "exempt")
    errors.invalid(PRECEDENCE, matchingPrecedence, 'is kept for the FlowSchema "exempt"');
}

function validateRule(rule: PolicyRulesWithSubjects, at: FieldPath, errors: FieldErrors): void {
  const { resourceRules = [], nonResourceRules = [] } = rule;
  const subjects = rule.subjects ?? [];
  if (subjects.length === 0) errors.required(at.child("subjects"), "a rule is for somebody's requests");
  subjects.forEach((subject, i) => void validateSubject(subject, at.child("subjects").index(i), errors));
  if (resourceRules.length === 0 && nonResourceRules.length === 0)
    errors.required(at, "a rule has resourceRules or nonResourceRules");
  resourceRules.forEach((item, i) => void validateResourceRule(item, at.child("resourceRules").index(i), errors));
  nonResourceRules.forEach((item, i) => {
    validateNonResourceRule(item, at.child("nonResourceRules").index(i), errors);
  });
}

function validateSubject(subject: Subject, at: FieldPath, errors: FieldErrors): void {
  const { kind } = subject;
  if (!checkChoice(kind, SUBJECT_KINDS, at.child("kind"), errors)) return;
  for (const [other, field] of Object.entries(SUBJECT_FIELDS)) {
    const given = subject[field];
    const fieldAt = at.child(field);
    if (other !== kind) {
      if (given !== undefined) errors.forbidden(fieldAt, `A subject of kind ${kind} has no ${field}`);
    } else if (given === undefined) errors.required(fieldAt, `the subject is of kind ${kind}`);
    else if ("namespace" in given) validateServiceAccount(given, fieldAt, errors);
    else checkGiven(given.name, fieldAt.child("name"), errors);
  }
}

function validateServiceAccount({ name, namespace }: ServiceAccountSubject, at: FieldPath, errors: FieldErrors): void {
  if (checkGiven(name, at.child("name"), errors) && name !== ALL)
    checkForm(dnsSubdomainFault, name, at.child("name"), errors);
  if (namespace === "") errors.required(at.child("namespace"), "a ServiceAccount is in a namespace");
  else checkForm(dnsLabelFault, namespace, at.child("namespace"), errors);
}

function validateNonResourceRule(rule: NonResourcePolicyRule, at: FieldPath, errors: FieldErrors): void {
  validateVerbs(rule.verbs, at.child("verbs"), errors);
  const urlsAt = at.child("nonResourceURLs");
  for (const [i, url] of namedItems(rule.nonResourceURLs, urlsAt, errors))
    checkForm(urlFault, url, urlsAt.index(i), errors);
}

function validateResourceRule(rule: ResourcePolicyRule, at: FieldPath, errors: FieldErrors): void {
  validateVerbs(rule.verbs, at.child("verbs"), errors);
  namedItems(rule.apiGroups, at.child("apiGroups"), errors);
  namedItems(rule.resources, at.child("resources"), errors);
  const namespacesAt = at.child("namespaces");
  if (rule.clusterScope && !rule.namespaces?.length) return;
  for (const [i, namespace] of namedItems(rule.namespaces, namespacesAt, errors))
    checkForm(dnsLabelFault, namespace, namespacesAt.index(i), errors);
}

function validateVerbs(verbs: readonly string[] | null, at: FieldPath, errors: FieldErrors): void {
  const unknown = namedItems(verbs, at, errors).find(([, verb]) => !VERBS.includes(verb));
  if (unknown !== undefined) errors.notSupported(at, unknown[1], VERBS);
}

/** What a list names one by one: nothing where it has the wildcard, which stands alone. */
function namedItems(items: readonly string[] | null, at: FieldPath, errors: FieldErrors): [number, string][] {
  if (!items?.length) errors.required(at, `there is at least one item, or ${ALL} for all`);
  else if (!items.includes(ALL)) return [...items.entries()];
  else if (items.length > 1) errors.invalid(at, undefined, `has ${ALL}, which means all, and others beside it`);
  return [];
}

const urlFault: NameCheck = (path) => {
  if (path === "") return "is no path";
  if (path === "/") return undefined;
  if (!path.startsWith("/")) return "does not start with a slash";
  if (path.includes(" ")) return "has a space";
  if (path.includes("//")) return "has two slashes in a row";
  const star = path.indexOf(ALL);
  if (star < 0 || (star === path.length - 1 && path.endsWith("/*"))) return undefined;
  return `has ${ALL} elsewhere than as its last step`;
};
