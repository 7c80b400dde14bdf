/**
 * What the API server answers to an object, kind by kind: decoding, defaulting, validation, admission, warnings.
 *
 * To add a kind:
 *
 * 1. Make `GROUP/KIND.ts` (`core/config-map.ts` is the simplest, `rbac/role-binding.ts` has shared parts and defaults,
 *    `core/secret.ts` warnings, `scheduling/priority-class.ts` facts of the cluster) with one `KindRules<T>`, where T
 *    comes from `types/GROUP.VERSION.generated.ts`. What the decoder leaves in an object is described at
 *    `decodeObject`: in short, a field of type `T` is always there, one of type `T?` undefined where absent (and for
 *    fields the server holds by value, where zero), lists and maps that are always written `null` where absent.
 * 2. Name it in the group's `index.ts` table, and the table in `kinds.ts`; raise its floor with `UPDATE=1 npx jest src/apis/conformance`.
 *
 * Every step of `KindRules` may be left out. They run in the server's order (see `KindRules`); `validate` reports in the
 * server's order, with its reasons and paths. Paths are `FieldPath`s: a constant for the top (`FieldPath.of("spec")`),
 * then `.child("field")`, `.index(i)`, `.key("k")` on the way down; building them is cheap. Texts are ours: see
 * `FieldErrors`. What several groups need lives in `meta/`: names and their forms, labels, selectors, quantities,
 * addresses, times. Facts that differ between minors ask `context.minor`.
 */

export { ClusterSoFar } from "./admission/cluster-so-far.js";
export type { Sender } from "./admission/policies/cluster-policies.js";
export { type AdmitOptions, admitObject } from "./admit.js";
export { admitDelete } from "./admit-delete.js";
export { admitUpdate, type UpdateOptions } from "./admit-update.js";
export type { Cause, CauseDetail, CauseReason } from "./meta/field-errors.js";
export { EMPTY_CLUSTER, type PriorityClassFacts, type RuntimeClassFacts, type Surroundings } from "./surroundings.js";
export type { Verdict } from "./verdict.js";
