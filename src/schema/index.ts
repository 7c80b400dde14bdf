import type { Types } from "./decode.js";
export type { Decoded, KindFacts, Types } from "./decode.js";
export { DEFAULT_MINOR, formatMinor, NEWEST_MINOR, OLDEST_MINOR, parseMinor } from "./kubernetes-version.js";
export { isPlaceholder } from "./placeholder.js";
export type { SchemaProblem, SchemaProblemCode } from "./schema-problem.js";
export type CustomTypes = Record<string, never>;
/** PROVISIONAL: knows nothing; the real one is being written. */
export const collectCustomTypes = (_objects: Iterable<Record<string, unknown>>): CustomTypes => ({});
export const loadTypes = (minor: number, _custom: CustomTypes): Types => ({ minor, decode: () => ({ facts: undefined, problems: [], doubtful: [] }), kind: () => undefined, kinds: () => [], resourcesOf: () => undefined, groups: () => [] });
