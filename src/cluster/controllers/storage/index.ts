import type { Controller } from "../../simulation/controller.js";
import { ephemeralClaims } from "./ephemeral-claims.js";
import { storageProtection } from "./storage-protection.js";
import { volumeBinder } from "./volume-binder.js";

/** What makes claims of Pods, binds claims, and keeps what is in use. */
export const STORAGE_CONTROLLERS: readonly (() => Controller)[] = [ephemeralClaims, volumeBinder, storageProtection];
