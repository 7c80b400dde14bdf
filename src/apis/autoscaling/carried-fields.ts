import { decodeObject } from "../decode/decode-object.js";
import { isMapping } from "../decode/is-mapping.js";
import { shapesOf } from "../decode/shapes.js";
import type {
  HorizontalPodAutoscalerBehavior,
  HPAScalingRules,
  MetricSpec,
} from "../types/autoscaling.v2.generated.js";

/**
 * What annotations of the first version carry: metrics in the form of that version, which names the amounts of each
 * source differently, and the behavior with capitalised fields. What cannot be read counts as absent.
 */
type Json = Record<string, unknown>;

/** Fields of a source in the first version, in the order in which they are written, and where they are in the newest. */
const SOURCE_FIELDS: Readonly<Record<string, readonly (readonly [carried: string, ...path: string[]])[]>> = {
  object: [
    ["target", "describedObject"],
    ["metricName", "metric", "name"],
    ["targetValue", "target", "value"],
    ["selector", "metric", "selector"],
    ["averageValue", "target", "averageValue"],
  ],
  pods: [
    ["metricName", "metric", "name"],
    ["targetAverageValue", "target", "averageValue"],
    ["selector", "metric", "selector"],
  ],
  resource: [
    ["name", "name"],
    ["targetAverageUtilization", "target", "averageUtilization"],
    ["targetAverageValue", "target", "averageValue"],
  ],
  containerResource: [
    ["name", "name"],
    ["targetAverageUtilization", "target", "averageUtilization"],
    ["targetAverageValue", "target", "averageValue"],
    ["container", "container"],
  ],
  external: [
    ["metricName", "metric", "name"],
    ["metricSelector", "metric", "selector"],
    ["targetValue", "target", "value"],
    ["targetAverageValue", "target", "averageValue"],
  ],
};
/** Amounts that the first version has even where they are not given. */
const ZERO_AMOUNTS: Readonly<Record<string, string>> = { object: "value", pods: "averageValue" };

const TARGET_TYPE: Readonly<Record<string, (target: Json) => string>> = {
  object: ({ averageValue }) => (averageValue === undefined ? "Value" : "AverageValue"),
  pods: () => "AverageValue",
  resource: utilizationOrValue,
  containerResource: utilizationOrValue,
  external: ({ value }) => (value === undefined ? "AverageValue" : "Value"),
};

function utilizationOrValue({ averageUtilization }: Json): string {
  return averageUtilization === undefined ? "AverageValue" : "Utilization";
}

export function readMetrics(text: string | undefined, minor: number): MetricSpec[] {
  const values = parse(text);
  if (!Array.isArray(values) || !values.every((value) => value === null || isMapping(value))) return [];
  const metrics = values.map((value) => decode<MetricSpec>("MetricSpec", upgradeMetric(value ?? {}), minor));
  return metrics.includes(undefined) ? [] : (metrics as MetricSpec[]);
}

function upgradeMetric(carried: Json): Json {
  const metric: Json = { type: carried.type };
  for (const [field, places] of Object.entries(SOURCE_FIELDS)) {
    const source = carried[field];
    if (source === undefined || source === null) continue;
    metric[field] = isMapping(source) ? upgradeSource(field, source, places) : source;
  }
  return metric;
}

function upgradeSource(field: string, source: Json, places: readonly (readonly [string, ...string[]])[]): Json {
  const target: Json = {};
  const metric: Json = {};
  const upgraded: Json = { target };
  if (places.some(([, part]) => part === "metric")) upgraded.metric = metric;
  for (const [name, part, inner] of places) {
    const value = source[name] ?? undefined;
    if (value === undefined) continue;
    if (inner === undefined) upgraded[part!] = value;
    else if (part === "target") target[inner] = value;
    else metric[inner] = value;
  }
  const always = ZERO_AMOUNTS[field];
  if (always !== undefined) target[always] ??= "0";
  target.type = TARGET_TYPE[field]!(target);
  return upgraded;
}

export const writeMetrics = (metrics: readonly MetricSpec[]): string =>
  JSON.stringify(
    metrics.map((metric) => {
      const sources = Object.entries(SOURCE_FIELDS).filter(
        ([field]) => metric[field as keyof MetricSpec] !== undefined,
      );
      return Object.fromEntries([
        ["type", metric.type],
        ...sources.map(([field, places]) => [field, downgradeSource(field, metric as unknown as Json, places)]),
      ]);
    }),
  );

function downgradeSource(field: string, metric: Json, places: readonly (readonly [string, ...string[]])[]): Json {
  const source = metric[field] as Json;
  const carried: Json = {};
  for (const [name, ...path] of places) {
    let value: unknown = source;
    for (const step of path) value = (value as Json | undefined)?.[step];
    if (value === undefined && path.length > 1 && path[1] === ZERO_AMOUNTS[field]) value = "0";
    if (value !== undefined) carried[name] = name === "target" ? inReferenceOrder(value as Json) : value;
  }
  return carried;
}

const inReferenceOrder = ({ kind, name, apiVersion }: Json): Json => ({ kind, name, apiVersion });

/** Rules for neither direction are as good as none. */
export function readBehavior(text: string | undefined, minor: number): HorizontalPodAutoscalerBehavior | undefined {
  const value = parse(text);
  if (!isMapping(value)) return undefined;
  const fields = uncapitalise(value) as Json;
  const behavior = decode<HorizontalPodAutoscalerBehavior>("HorizontalPodAutoscalerBehavior", fields, minor);
  return behavior?.scaleUp === undefined && behavior?.scaleDown === undefined ? undefined : behavior;
}

/** Behavior, rules, list of policies, policy. */
const BEHAVIOR_DEPTH = 4;

function uncapitalise(value: unknown, depth = 0): unknown {
  if (depth > BEHAVIOR_DEPTH) return value;
  if (Array.isArray(value)) return value.map((item) => uncapitalise(item, depth + 1));
  if (!isMapping(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name.slice(0, 1).toLowerCase() + name.slice(1),
      uncapitalise(item, depth + 1),
    ]),
  );
}

/** Rules have a tolerance from here on. */
const TOLERANCE_SINCE = 33;

export function writeBehavior({ scaleUp, scaleDown }: HorizontalPodAutoscalerBehavior, minor: number): string {
  const write = (rules: HPAScalingRules | undefined) =>
    rules === undefined
      ? null
      : {
          StabilizationWindowSeconds: rules.stabilizationWindowSeconds ?? null,
          SelectPolicy: rules.selectPolicy ?? null,
          Policies:
            rules.policies?.map(({ type, value, periodSeconds }) => ({
              Type: type,
              Value: value,
              PeriodSeconds: periodSeconds,
            })) ?? null,
          ...(minor < TOLERANCE_SINCE ? {} : { Tolerance: rules.tolerance ?? null }),
        };
  return JSON.stringify({ ScaleUp: write(scaleUp), ScaleDown: write(scaleDown) });
}

function decode<T>(type: string, value: Json, minor: number): T | undefined {
  const shapes = shapesOf(minor);
  const { object, mismatch } = decodeObject(shapes, shapes.find(`autoscaling.v2.${type}`), value);
  return mismatch === undefined ? (object as T) : undefined;
}

function parse(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
