import { podTotalsWithOverhead } from "../../apis/admission/pod-totals.js";
import { amountOf } from "../../apis/meta/amounts.js";
import { thousandths, wholeUnits } from "../../apis/meta/quantity.js";
import type { Container, PodSpec } from "../../apis/types/core.v1.generated.js";

/** Amounts by resource: CPU in thousandths of a core, all else in whole units. */
export type Numbers = Readonly<Record<string, number>>;

/**
 * Amounts as numbers, rounded up as the scheduler does.
 * Beyond 2^53 bytes (8 Pi) they are not exact; no node is that large.
 */
export function numbersOf(amounts: Readonly<Record<string, string>> = {}): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const [name, amount] of Object.entries(amounts)) {
    const quantity = amountOf(amount);
    numbers[name] = Number(name === "cpu" ? thousandths(quantity) : wholeUnits(quantity));
  }
  return numbers;
}

/** What a Pod takes of a node. */
export const podRequests = (spec: PodSpec): Numbers => numbersOf(podTotalsWithOverhead(spec, "requests"));

/** What a container that asks for nothing is taken to use, when nodes are compared. */
const ASSUMED = { cpu: "100m", memory: "200Mi" };

/** The requests that count when nodes are compared: containers that ask for nothing count all the same. */
export const assumedRequests = (spec: PodSpec): Numbers =>
  numbersOf(
    podTotalsWithOverhead(
      {
        ...spec,
        containers: (spec.containers ?? []).map(withAssumed),
        initContainers: spec.initContainers?.map(withAssumed),
      },
      "requests",
    ),
  );

const withAssumed = (container: Container): Container => ({
  ...container,
  resources: { ...container.resources, requests: { ...ASSUMED, ...container.resources.requests } },
});
