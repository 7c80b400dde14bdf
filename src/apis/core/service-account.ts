import type { KindRules } from "../kind-rules.js";
import { dnsSubdomainFault } from "../meta/names.js";
import type { ServiceAccount } from "../types/core.v1.generated.js";

const MOUNTABLE_SECRETS = "kubernetes.io/enforce-mountable-secrets";
const WARNS_FROM = 32;

/** https://kubernetes.io/docs/concepts/security/service-accounts/ */
export const SERVICE_ACCOUNT: KindRules<ServiceAccount> = {
  // Secrets are of the account's own namespace, so that nothing but their names is kept.
  prepare(account) {
    account.secrets = account.secrets?.map(({ name }) => (name === undefined ? {} : { name }));
  },
  nameForm: dnsSubdomainFault,
  warnings({ metadata }, warn, { minor }) {
    if (minor >= WARNS_FROM && metadata.annotations?.[MOUNTABLE_SECRETS] !== undefined)
      warn(`Annotation ${MOUNTABLE_SECRETS} is deprecated; Secrets are kept apart by namespaces`);
  },
};
