import { isOn } from "../feature-gates.js";
import type { KindRules } from "../kind-rules.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { dnsSubdomainFault } from "../meta/names.js";
import { checkChoice } from "../meta/values.js";
import type { CSIDriver, TokenRequest } from "../types/storage.v1.generated.js";

const SPEC = FieldPath.of("spec");
const GROUP_POLICIES = ["File", "None", "ReadWriteOnceWithFSType"];
const LIFECYCLE_MODES = ["Persistent", "Ephemeral"];
const SHORTEST_TOKEN_SECONDS = 600;
const LONGEST_TOKEN_SECONDS = 2 ** 32;
const SHORTEST_UPDATE_SECONDS = 10;

/** https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/csi-driver-v1/ */
export const CSI_DRIVER: KindRules<CSIDriver> = {
  defaults({ spec }, { minor }) {
    spec.attachRequired ??= true;
    spec.podInfoOnMount ??= false;
    spec.storageCapacity ??= false;
    spec.fsGroupPolicy ??= "ReadWriteOnceWithFSType";
    spec.requiresRepublish ??= false;
    if (isOn("SELinuxMountReadWriteOncePod", minor)) spec.seLinuxMount ??= false;
    if (!spec.volumeLifecycleModes?.length) spec.volumeLifecycleModes = ["Persistent"];
  },
  prepare({ spec }, { minor }) {
    if (!isOn("SELinuxMountReadWriteOncePod", minor)) delete spec.seLinuxMount;
    if (!isOn("MutableCSINodeAllocatableCount", minor)) delete spec.nodeAllocatableUpdatePeriodSeconds;
    if (!isOn("CSIServiceAccountTokenSecrets", minor)) delete spec.serviceAccountTokenInSecrets;
  },
  nameForm: dnsSubdomainFault,
  validate({ spec }, errors) {
    const { fsGroupPolicy, tokenRequests = [], nodeAllocatableUpdatePeriodSeconds: period } = spec;
    if (fsGroupPolicy !== undefined) checkChoice(fsGroupPolicy, GROUP_POLICIES, SPEC.child("fsGroupPolicy"), errors);
    validateTokens(tokenRequests, errors);
    for (const mode of spec.volumeLifecycleModes ?? [])
      checkChoice(mode, LIFECYCLE_MODES, SPEC.child("volumeLifecycleModes"), errors);
    if (period !== undefined && period < SHORTEST_UPDATE_SECONDS)
      errors.invalid(
        SPEC.child("nodeAllocatableUpdatePeriodSeconds"),
        period,
        `is less than ${SHORTEST_UPDATE_SECONDS}`,
      );
    if (spec.serviceAccountTokenInSecrets !== undefined && tokenRequests.length === 0)
      errors.invalid(
        SPEC.child("serviceAccountTokenInSecrets"),
        spec.serviceAccountTokenInSecrets,
        "is given, and tokenRequests asks for no token",
      );
  },
};

/** One token for an audience. */
function validateTokens(requests: readonly TokenRequest[], errors: FieldErrors): void {
  const audiences = new Set<string>();
  requests.forEach(({ audience, expirationSeconds }, i) => {
    const at = SPEC.child("tokenRequests").index(i);
    if (audiences.has(audience)) {
      errors.duplicate(at.child("audience"), audience);
      return;
    }
    audiences.add(audience);
    if (expirationSeconds === undefined) return;
    const expiryAt = at.child("expirationSeconds");
    if (expirationSeconds < SHORTEST_TOKEN_SECONDS) errors.invalid(expiryAt, expirationSeconds, "is under ten minutes");
    if (expirationSeconds > LONGEST_TOKEN_SECONDS) errors.invalid(expiryAt, expirationSeconds, "is more than 2^32");
  });
}
