import { type KindTable, rulesFor } from "../kind-rules.js";
import { EVENT } from "./event.js";

export const EVENTS: KindTable = { "events.k8s.io/v1 Event": rulesFor(EVENT) };
