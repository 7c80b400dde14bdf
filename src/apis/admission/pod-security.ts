import type { ApiObject } from "../kind-rules.js";
import type { CronJob } from "../types/batch.v1.generated.js";
import type { Pod, PodTemplate, PodTemplateSpec, ReplicationController } from "../types/core.v1.generated.js";
import type { Fault } from "./denials.js";
import { factsOf, POD_SECURITY_CHECKS, type Violation } from "./pod-security-checks.js";

const LEVELS = ["privileged", "baseline", "restricted"] as const;
type Level = (typeof LEVELS)[number];

/** A level of the standard as of a minor; undefined for the latest. */
interface Policy {
  readonly level: Level;
  readonly version: number | undefined;
}

const PREFIX = "pod-security.kubernetes.io/";

/** What the labels of a namespace ask for: https://kubernetes.io/docs/concepts/security/pod-security-admission/ */
export function policiesOf(labels: Readonly<Record<string, string>>): { enforce: Policy; warn: Policy } {
  const enforce = policyOf(labels, "enforce");
  const warn = policyOf(labels, "warn");
  // Who enforces a level is warned of it, too, unless told otherwise.
  if (labels[`${PREFIX}warn`] !== undefined || enforce.level === "privileged") return { enforce, warn };
  const version = labels[`${PREFIX}warn-version`] === undefined ? enforce.version : warn.version;
  return { enforce, warn: { level: enforce.level, version } };
}

function policyOf(labels: Readonly<Record<string, string>>, mode: string): Policy {
  const level = LEVELS.find((name) => name === labels[PREFIX + mode]) ?? "privileged";
  const version = /^v1\.(\d+)$/.exec(labels[`${PREFIX}${mode}-version`] ?? "");
  return { level, version: version === null ? undefined : Number(version[1]) };
}

/** What a Pod has that a policy does not allow. */
export function violationsOf(template: PodTemplateSpec | Pod, { level, version }: Policy, minor: number): Violation[] {
  if (level === "privileged") return [];
  const asOf = Math.min(version ?? minor, minor);
  const checks = POD_SECURITY_CHECKS.filter(
    ({ from, to = Number.POSITIVE_INFINITY, level: own }) =>
      from <= asOf && asOf < to && LEVELS.indexOf(own) <= LEVELS.indexOf(level),
  );
  const overridden = new Set(checks.flatMap(({ overrides = [] }) => overrides));
  const facts = factsOf(template.spec, template.metadata?.annotations ?? {}, minor);
  return checks.filter(({ id }) => !overridden.has(id)).flatMap(({ find }) => find(facts));
}

/** `baseline`, or `baseline of v1.25`. */
export const describePolicy = ({ level, version }: Policy): string =>
  version === undefined ? level : `${level} of v1.${version}`;

type TemplateOf = (object: ApiObject) => PodTemplateSpec | undefined;
const specTemplate: TemplateOf = (object) => (object as ReplicationController).spec?.template ?? undefined;

/** The resources whose Pod templates are looked at; their Pods are what is refused. */
const TEMPLATES: Readonly<Record<string, TemplateOf>> = {
  "cronjobs.batch": (object) => (object as CronJob).spec?.jobTemplate?.spec?.template as PodTemplateSpec | undefined,
  "daemonsets.apps": specTemplate,
  "deployments.apps": specTemplate,
  "jobs.batch": specTemplate,
  podtemplates: (object) => (object as PodTemplate).template,
  "replicasets.apps": specTemplate,
  replicationcontrollers: specTemplate,
  "statefulsets.apps": specTemplate,
};

/** Warns of what the namespace warns of; gives why a Pod is refused. */
export function askPodSecurity(
  resource: string,
  object: ApiObject,
  labels: Readonly<Record<string, string>>,
  minor: number,
  warn: (text: string) => void,
): Fault[] {
  const isPod = resource === "pods";
  const template = isPod ? (object as Pod) : TEMPLATES[resource]?.(object);
  if (template?.spec === undefined) return [];
  const policies = policiesOf(labels);
  if (isPod) {
    const faults = violationsOf(template, policies.enforce, minor);
    const who = `Pod Security ${describePolicy(policies.enforce)}, which the namespace enforces, does not allow`;
    if (faults.length > 0) return faults.map(({ text, field }) => ({ message: `${who} ${text}`, field }));
  }
  const violations = violationsOf(template, policies.warn, minor);
  if (violations.length > 0)
    warn(
      `Pod Security ${describePolicy(policies.warn)} does not allow ${violations.map(({ text }) => text).join("; ")}`,
    );
  return [];
}
