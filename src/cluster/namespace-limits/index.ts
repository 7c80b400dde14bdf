export { type BrokenLimit, limitsBrokenBy, limitsBrokenByClaimOf } from "./broken-limits.js";
export { type PodSecurityRefusal, podSecurityRefusal } from "./pod-security.js";
export { isReplacedFirst, type QuotaDemand, type QuotaRefusal, quotaDemands, quotasThatRefuse } from "./quotas.js";
