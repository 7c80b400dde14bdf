import { type KindTable, rulesFor } from "../kind-rules.js";
import { POD_DISRUPTION_BUDGET } from "./pod-disruption-budget.js";

export const POLICY: KindTable = { "policy/v1 PodDisruptionBudget": rulesFor(POD_DISRUPTION_BUDGET) };
