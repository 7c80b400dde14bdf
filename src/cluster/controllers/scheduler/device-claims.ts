import type { Pod } from "../../../apis/types/core.v1.generated.js";
import type { SimulatedCluster } from "../../simulation/simulated-cluster.js";

const CLAIMS = "resourceclaims.resource.k8s.io";
const TEMPLATES = "resourceclaimtemplates.resource.k8s.io";
const SLICES = "resourceslices.resource.k8s.io";

/**
 * Whether the devices a Pod claims can be had: `absent` where a claim is not there, and the scheduler does not look at the
 * Pod; `unallocated` where no driver offers devices at all. Which of the offered devices suit is not worked out.
 * https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/
 */
export function deviceClaims(
  { metadata, spec }: Pod,
  { objects }: SimulatedCluster,
): "fine" | "absent" | "unallocated" {
  const claims = spec.resourceClaims ?? [];
  if (claims.length === 0) return "fine";
  const isThere = claims.every(({ resourceClaimName, resourceClaimTemplateName }) =>
    resourceClaimName === undefined
      ? objects.get(TEMPLATES, metadata.namespace, resourceClaimTemplateName ?? "") !== undefined
      : objects.get(CLAIMS, metadata.namespace, resourceClaimName) !== undefined,
  );
  if (!isThere) return "absent";
  return objects.list(SLICES).next().done ? "unallocated" : "fine";
}
