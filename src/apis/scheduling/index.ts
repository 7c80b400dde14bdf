import { type KindTable, rulesFor } from "../kind-rules.js";
import { PRIORITY_CLASS } from "./priority-class.js";

export const SCHEDULING: KindTable = { "scheduling.k8s.io/v1 PriorityClass": rulesFor(PRIORITY_CLASS) };
