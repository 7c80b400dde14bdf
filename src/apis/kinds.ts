import { CORE } from "./core/index.js";
import type { KindTable } from "./kind-rules.js";
import { RBAC } from "./rbac/index.js";
import { SCHEDULING } from "./scheduling/index.js";

/** The rules of every built-in kind. Kinds that are not here are decoded, and nothing more is known of them. */
export const KINDS: KindTable = { ...CORE, ...RBAC, ...SCHEDULING };
