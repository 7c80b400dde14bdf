import { ADMISSION_REGISTRATION } from "./admissionregistration/index.js";
import { API_EXTENSIONS } from "./apiextensions/index.js";
import { API_REGISTRATION } from "./apiregistration/index.js";
import { APPS } from "./apps/index.js";
import { AUTHENTICATION } from "./authentication/index.js";
import { AUTHORIZATION } from "./authorization/index.js";
import { AUTOSCALING } from "./autoscaling/index.js";
import { BATCH } from "./batch/index.js";
import { CERTIFICATES } from "./certificates/index.js";
import { COORDINATION } from "./coordination/index.js";
import { CORE } from "./core/index.js";
import { DISCOVERY } from "./discovery/index.js";
import { EVENTS } from "./events/index.js";
import { FLOW_CONTROL } from "./flowcontrol/index.js";
import type { KindTable } from "./kind-rules.js";
import { NETWORKING } from "./networking/index.js";
import { NODE } from "./node/index.js";
import { POLICY } from "./policy/index.js";
import { RBAC } from "./rbac/index.js";
import { RESOURCE } from "./resource/index.js";
import { SCHEDULING } from "./scheduling/index.js";
import { STORAGE } from "./storage/index.js";

/** The rules of every built-in kind. Kinds that are not here are decoded, and nothing more is known of them. */
export const KINDS: KindTable = {
  ...ADMISSION_REGISTRATION,
  ...API_EXTENSIONS,
  ...API_REGISTRATION,
  ...APPS,
  ...AUTHENTICATION,
  ...AUTHORIZATION,
  ...AUTOSCALING,
  ...BATCH,
  ...CERTIFICATES,
  ...COORDINATION,
  ...CORE,
  ...DISCOVERY,
  ...EVENTS,
  ...FLOW_CONTROL,
  ...NETWORKING,
  ...NODE,
  ...POLICY,
  ...RBAC,
  ...RESOURCE,
  ...SCHEDULING,
  ...STORAGE,
};
