import type { CustomTypes } from "./custom-types.js";
import type { Types } from "./decode.js";
import { ServedTypes } from "./served-types.js";

export { type CustomTypes, collectCustomTypes } from "./custom-types.js";
export type { Decoded, KindFacts, Types } from "./decode.js";
export { DEFAULT_MINOR, formatMinor, NEWEST_MINOR, OLDEST_MINOR, parseMinor } from "./kubernetes-version.js";
export { isPlaceholder } from "./placeholder.js";
export { isRefusal, type SchemaProblem, type SchemaProblemCode } from "./schema-problem.js";

/** The types that a cluster of the given minor serves once it has the given custom ones. */
export const loadTypes = (minor: number, customTypes: CustomTypes): Types => new ServedTypes(minor, customTypes);
