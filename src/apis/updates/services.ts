import { SERVICE } from "../core/service.js";
import { isHeadless, settleAddresses } from "../core/service-addresses.js";
import { needsHealthCheck } from "../core/service-ports.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { isSameValue } from "../meta/same-value.js";
import type { Service, ServiceSpec } from "../types/core.v1.generated.js";
import type { UpdateRules } from "./update-rules.js";

const SPEC = FieldPath.of("spec");

const needsAddress = ({ type }: ServiceSpec): boolean => type !== "ExternalName";
const hasNodePorts = ({ type }: ServiceSpec): boolean => type === "NodePort" || type === "LoadBalancer";
const isBalanced = ({ type }: ServiceSpec): boolean => type === "LoadBalancer";
const isReachedFromOutside = (spec: ServiceSpec): boolean =>
  hasNodePorts(spec) || (spec.type === "ClusterIP" && (spec.externalIPs?.length ?? 0) > 0);

/** What a type needs that another does not: it goes when the type changes, unless it is given anew. */
const OF_TYPES: readonly (readonly [(spec: ServiceSpec) => boolean, readonly (keyof ServiceSpec)[]])[] = [
  [needsAddress, ["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"]],
  [needsHealthCheck, ["healthCheckNodePort"]],
  [isBalanced, ["allocateLoadBalancerNodePorts", "loadBalancerClass"]],
  [isReachedFromOutside, ["externalTrafficPolicy"]],
];

/** https://kubernetes.io/docs/concepts/services-networking/service/ */
export const SERVICE_UPDATE: UpdateRules<Service> = {
  prepare(service, old, context, warn) {
    SERVICE.prepare?.(service, context, warn);
    const { spec } = service;
    // Who changes the one of the two that people write, means both.
    if (spec.clusterIP !== old.spec.clusterIP && isSameValue(spec.clusterIPs, old.spec.clusterIPs))
      spec.clusterIPs = spec.clusterIP ? [spec.clusterIP] : undefined;
    dropFieldsOfType(spec, old.spec);
    keepAllocated(spec, old.spec);
  },
  take({ spec }, { spec: old }, errors) {
    settleAddresses(spec, errors, old);
    if (errors.any || !hasNodePorts(spec)) return;
    const taken = new Set<string>();
    spec.ports?.forEach(({ protocol, nodePort }, i) => {
      const key = `${protocol} ${nodePort}`;
      if (nodePort !== undefined && taken.has(key))
        errors.internal(
          SPEC.child("ports").index(i).child("nodePort"),
          `Node port ${nodePort} is there twice for ${protocol}`,
        );
      taken.add(key);
    });
  },
  // What is absent from what is stored, the server has chosen: who leaves it out keeps it, who names a value may name it.
  validate({ spec }, { spec: old }, errors) {
    if (needsAddress(spec) && needsAddress(old) && !(isHeadless(spec) && isHeadless(old))) {
      checkList(spec, old, "clusterIPs", errors);
      checkList(spec, old, "ipFamilies", errors);
    }
    if (isBalanced(spec) && isBalanced(old) && spec.loadBalancerClass !== old.loadBalancerClass)
      errors.invalid(
        SPEC.child("loadBalancerClass"),
        spec.loadBalancerClass,
        "is not what is stored, and cannot change",
      );
    const port = needsHealthCheck(old) ? old.healthCheckNodePort : undefined;
    if (needsHealthCheck(spec) && port !== undefined && spec.healthCheckNodePort !== port)
      errors.invalid(SPEC.child("healthCheckNodePort"), spec.healthCheckNodePort, "cannot change");
  },
};

/** What the server has chosen is absent from what is stored, and any value may be it. */
const CHOSEN: ReadonlySet<keyof ServiceSpec> = new Set(["clusterIP", "clusterIPs", "healthCheckNodePort"]);

function dropFieldsOfType(spec: ServiceSpec, old: ServiceSpec): void {
  const headless = isHeadless(spec);
  const maybeStored = (field: keyof ServiceSpec) =>
    isSameValue(spec[field], old[field]) || (!headless && CHOSEN.has(field) && isSameValue(old[field], undefined));
  for (const [needs, fields] of OF_TYPES)
    if (needs(old) && !needs(spec)) for (const field of fields) if (maybeStored(field)) delete spec[field];
  if (!hasNodePorts(old) || hasNodePorts(spec)) return;
  const stored = new Set((old.ports ?? []).map(({ nodePort }) => nodePort));
  if (
    stored.has(undefined) ||
    (spec.ports ?? []).every(({ nodePort }) => nodePort === undefined || stored.has(nodePort))
  )
    for (const port of spec.ports ?? []) delete port.nodePort;
}

/** Who replaces a Service need not know what the server has chosen for it. */
function keepAllocated(spec: ServiceSpec, old: ServiceSpec): void {
  if (needsAddress(spec) && needsAddress(old)) {
    if (!spec.clusterIPs?.length && old.clusterIPs?.length) spec.clusterIPs = old.clusterIPs;
    const address = old.clusterIP ?? spec.clusterIPs?.[0];
    if (address !== undefined) spec.clusterIP ??= address;
  }
  if (hasNodePorts(spec) && hasNodePorts(old)) {
    const taken = new Set((spec.ports ?? []).map(({ nodePort }) => nodePort));
    const stored = new Map((old.ports ?? []).map(({ name, nodePort }) => [name, nodePort]));
    for (const port of spec.ports ?? []) {
      const nodePort = stored.get(port.name);
      if (port.nodePort === undefined && nodePort !== undefined && !taken.has(nodePort)) port.nodePort = nodePort;
    }
  }
  if (needsHealthCheck(spec) && needsHealthCheck(old) && old.healthCheckNodePort !== undefined)
    spec.healthCheckNodePort ??= old.healthCheckNodePort;
}

/** The first address and family stay; a second one may come and go: https://kubernetes.io/docs/concepts/services-networking/dual-stack/ */
function checkList(spec: ServiceSpec, old: ServiceSpec, field: "clusterIPs" | "ipFamilies", errors: FieldErrors): void {
  const at = SPEC.child(field);
  const [now, before] = [spec[field] ?? [], old[field] ?? []];
  const why = "is not what is stored, and cannot change";
  if (before.length === 0) {
    if (field === "clusterIPs" && isHeadless(spec)) errors.invalid(at.index(0), now[0], why);
    return;
  }
  if (now.length === 0 && before.length > 0) errors.invalid(at.index(0), undefined, "is taken away, and cannot be");
  else if (now.length === before.length)
    now.forEach((value, i) => {
      if (value !== before[i]) errors.invalid(at.index(i), value, why);
    });
  else if (now[0] !== before[0]) errors.invalid(at.index(0), now[0], why);
  if (now.length === 1 && before.length === 2 && spec.ipFamilyPolicy !== "SingleStack")
    errors.invalid(
      SPEC.child("ipFamilyPolicy"),
      spec.ipFamilyPolicy,
      "is not SingleStack, and one of two families goes",
    );
}
