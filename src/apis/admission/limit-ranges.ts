import { amountOf, compareAmounts, signOf } from "../meta/amounts.js";
import type {
  Container,
  LimitRange,
  LimitRangeItem,
  PersistentVolumeClaim,
  Pod,
  ResourceRequirements,
} from "../types/core.v1.generated.js";
import type { Fault } from "./denials.js";
import { podTotals } from "./pod-totals.js";

const ANNOTATION = "kubernetes.io/limit-ranger";

/** Gives containers the defaults of the LimitRanges, and says so in an annotation: https://kubernetes.io/docs/concepts/policy/limit-range/ */
export function setLimitDefaults(pod: Pod, limitRanges: readonly LimitRange[]): void {
  for (const { spec } of limitRanges) {
    const defaults: ResourceRequirements = { requests: {}, limits: {} };
    for (const item of spec.limits ?? []) {
      if (item.type !== "Container") continue;
      Object.assign(defaults.requests!, item.defaultRequest);
      Object.assign(defaults.limits!, item.default);
    }
    const done = [
      ...(pod.spec.containers ?? []).flatMap((container) => setDefaults(container, "container", defaults)),
      ...(pod.spec.initContainers ?? []).flatMap((container) => setDefaults(container, "init container", defaults)),
    ];
    if (done.length === 0) continue;
    pod.metadata.annotations ??= {};
    pod.metadata.annotations[ANNOTATION] = `LimitRanger plugin set: ${done.join("; ")}`;
  }
}

function setDefaults({ name, resources }: Container, what: string, defaults: ResourceRequirements): string[] {
  const done: string[] = [];
  for (const part of ["requests", "limits"] as const) {
    const missing = Object.keys(defaults[part] ?? {}).filter((key) => resources[part]?.[key] === undefined);
    if (missing.length === 0) continue;
    resources[part] = { ...resources[part] };
    for (const key of missing) resources[part][key] = defaults[part]![key]!;
    done.push(`${missing.sort().join(", ")} ${part === "requests" ? "request" : "limit"} for ${what} ${name}`);
  }
  return done;
}

/** What of the LimitRanges a Pod breaks; the server goes no further than the first LimitRange that is broken. */
export function limitsBrokenByPod({ spec }: Pod, limitRanges: readonly LimitRange[]): Fault[] {
  for (const limitRange of limitRanges) {
    const broken = (limitRange.spec.limits ?? []).flatMap((item) => {
      if (item.type === "Pod") {
        const totals = { requests: { ...podTotals(spec, "requests") }, limits: { ...podTotals(spec, "limits") } };
        return faultsOf("The Pod", "spec", limitRange, brokenBy(totals, item));
      }
      if (item.type !== "Container") return [];
      return (["containers", "initContainers"] as const).flatMap((list) =>
        (spec[list] ?? []).flatMap(({ name, resources }, i) =>
          faultsOf(`Container "${name}"`, `spec.${list}[${i}].resources`, limitRange, brokenBy(resources, item)),
        ),
      );
    });
    if (broken.length > 0) return broken;
  }
  return [];
}

export function limitsBrokenByClaim({ spec }: PersistentVolumeClaim, limitRanges: readonly LimitRange[]): Fault[] {
  const requests = spec.resources.requests ?? {};
  return limitRanges.flatMap((limitRange) =>
    (limitRange.spec.limits ?? []).flatMap((item) => {
      if (item.type !== "PersistentVolumeClaim") return [];
      // Of a claim only what it requests counts.
      return faultsOf("The claim", "spec.resources.requests", limitRange, [
        ...each(item.min, (name, least) => belowMinimum({ requests }, name, least)),
        ...each(item.max, (name, most) => aboveMaximum({ limits: requests }, name, most)),
      ]);
    }),
  );
}

const faultsOf = (who: string, field: string, { metadata }: LimitRange, texts: readonly string[]): Fault[] =>
  texts.map((text) => ({ message: `${who} ${text}, by LimitRange "${metadata.name}"`, field }));

function brokenBy(resources: ResourceRequirements, item: LimitRangeItem): string[] {
  return [
    ...each(item.min, (name, least) => belowMinimum(resources, name, least)),
    ...each(item.max, (name, most) => aboveMaximum(resources, name, most)),
    ...each(item.maxLimitRequestRatio, (name, ratio) => aboveRatio(resources, name, ratio)),
  ];
}

const each = (
  bounds: Readonly<Record<string, string>> | undefined,
  check: (name: string, bound: string) => string | undefined,
): string[] => Object.entries(bounds ?? {}).flatMap(([name, bound]) => check(name, bound) ?? []);

function belowMinimum({ requests, limits }: ResourceRequirements, name: string, least: string): string | undefined {
  const [request, limit] = [requests?.[name], limits?.[name]];
  if (request === undefined) return `requests no ${name}, and at least ${least} has to be requested`;
  if (compareAmounts(request, least) < 0) return `requests ${request} of ${name}, less than the minimum of ${least}`;
  if (limit !== undefined && compareAmounts(limit, least) < 0)
    return `has a limit of ${limit} of ${name}, less than the minimum of ${least}`;
  return undefined;
}

function aboveMaximum({ requests, limits }: ResourceRequirements, name: string, most: string): string | undefined {
  const [request, limit] = [requests?.[name], limits?.[name]];
  if (limit === undefined) return `has no limit of ${name}, which may be at most ${most}`;
  if (compareAmounts(limit, most) > 0) return `asks for ${limit} of ${name}, more than the maximum of ${most}`;
  if (request !== undefined && compareAmounts(request, most) > 0)
    return `requests ${request} of ${name}, more than the maximum of ${most}`;
  return undefined;
}

function aboveRatio({ requests, limits }: ResourceRequirements, name: string, most: string): string | undefined {
  const [request, limit] = [requests?.[name], limits?.[name]];
  const asked = `and its limit may be at most ${most} times its request`;
  if (request === undefined || signOf(request) === 0) return `requests no ${name}, ${asked}`;
  if (limit === undefined || signOf(limit) === 0) return `has no limit of ${name}, ${asked}`;
  const billion = 10n ** 9n;
  if (amountOf(limit).nano * billion > amountOf(request).nano * amountOf(most).nano)
    return `requests ${request} of ${name} with a limit of ${limit}, ${asked}`;
  return undefined;
}
