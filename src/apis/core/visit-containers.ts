import type { FieldPath } from "../meta/field-path.js";
import type { Container, PodSpec } from "../types/core.v1.generated.js";

/** Every container of a Pod, in the server's order: init containers, containers, ephemeral ones. */
export function visitContainers(
  spec: PodSpec,
  at: FieldPath,
  visit: (container: Container, path: () => FieldPath) => void,
): void {
  for (const list of LISTS) spec[list]?.forEach((container, i) => void visit(container, () => at.child(list).index(i)));
}

const LISTS = ["initContainers", "containers", "ephemeralContainers"] as const;
