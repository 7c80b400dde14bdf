import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { checkRelativePath } from "../meta/file-paths.js";
import type { AppArmorProfile, Pod, PodSpec, SeccompProfile } from "../types/core.v1.generated.js";
import { visitContainers } from "./visit-containers.js";

/**
 * Profiles were annotations before they were fields; where both are given they have to agree.
 * https://kubernetes.io/docs/tutorials/security/apparmor/
 */
export const APP_ARMOR_PREFIX = "container.apparmor.security.beta.kubernetes.io/";
export const SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod";
export const SECCOMP_CONTAINER_PREFIX = "container.seccomp.security.alpha.kubernetes.io/";
const PROFILE_PREFIXES = [APP_ARMOR_PREFIX, SECCOMP_POD, SECCOMP_CONTAINER_PREFIX];
const LOCALHOST = "localhost/";
const SPEC = FieldPath.of("spec");

type Annotations = Readonly<Record<string, string>>;

/** The annotation that says what the field says. */
function annotationOf(profile: AppArmorProfile | undefined): string | undefined {
  if (profile?.type === "Unconfined") return "unconfined";
  if (profile?.type === "RuntimeDefault") return "runtime/default";
  if (profile?.type !== "Localhost" || !profile.localhostProfile?.trim()) return undefined;
  return LOCALHOST + profile.localhostProfile;
}

function profileOf(annotation: string): AppArmorProfile | undefined {
  if (annotation === "unconfined") return { type: "Unconfined" };
  if (annotation === "runtime/default") return { type: "RuntimeDefault" };
  const localhostProfile = annotation.slice(LOCALHOST.length);
  return annotation.startsWith(LOCALHOST) && localhostProfile !== ""
    ? { type: "Localhost", localhostProfile }
    : undefined;
}

/** Until 1.33 the fields are written as annotations, too, for kubelets that know nothing else. */
const LAST_WRITING_ANNOTATIONS = 33;

/** Writes each profile the other way, so that older and newer readers see it. */
export function syncAppArmor({ metadata, spec }: Pod, minor: number, warn: (text: string) => void): void {
  if (spec.os?.name === "windows") return;
  const ofPod = spec.securityContext?.appArmorProfile;
  visitContainers(spec, SPEC, (container) => {
    const key = APP_ARMOR_PREFIX + container.name;
    const annotation = metadata.annotations?.[key];
    const own = container.securityContext?.appArmorProfile;
    if (annotation === undefined) {
      const text = annotationOf(own ?? ofPod);
      if (text === undefined || minor > LAST_WRITING_ANNOTATIONS) return;
      metadata.annotations ??= {};
      metadata.annotations[key] = text;
    } else if (own === undefined) {
      const profile = profileOf(annotation);
      const same = profile?.type === ofPod?.type && profile?.localhostProfile === ofPod?.localhostProfile;
      if (profile !== undefined && same) return;
      warn(`metadata.annotations[${key}] is deprecated; appArmorProfile takes its place`);
      if (profile === undefined) return;
      container.securityContext ??= {};
      container.securityContext.appArmorProfile = profile;
    }
  });
}

/** The values of the annotations themselves. */
export function validateProfileAnnotations(
  annotations: Annotations,
  spec: PodSpec,
  at: FieldPath,
  errors: FieldErrors,
): void {
  for (const key in annotations) {
    const value = annotations[key]!;
    if (key === SECCOMP_POD || key.startsWith(SECCOMP_CONTAINER_PREFIX)) {
      if (value === "runtime/default" || value === "docker/default" || value === "unconfined") continue;
      if (value.startsWith(LOCALHOST)) checkRelativePath(value.slice(LOCALHOST.length), at.child(key), errors);
      else errors.invalid(at.child(key), value, "is no seccomp profile");
    } else if (key.startsWith(APP_ARMOR_PREFIX)) {
      const name = key.slice(APP_ARMOR_PREFIX.length);
      let found = false;
      visitContainers(spec, SPEC, (container) => {
        found ||= container.name === name;
      });
      if (!found) errors.invalid(at.key(key), name, "is no container of the Pod");
      const known = ["", "runtime/default", "unconfined"].includes(value) || value.startsWith(LOCALHOST);
      if (!known) errors.invalid(at.key(key), value, "is no AppArmor profile");
    }
  }
}

/** Whether any annotation is about a profile; few Pods have one. */
export function mentionsProfiles(annotations: Annotations): boolean {
  for (const key in annotations) if (PROFILE_PREFIXES.some((prefix) => key.startsWith(prefix))) return true;
  return false;
}

/** Whether annotations and fields agree, once both are there. */
export function checkProfilesAgree(annotations: Annotations, spec: PodSpec, at: FieldPath, errors: FieldErrors): void {
  if (!mentionsProfiles(annotations)) return;
  const ofPod = spec.securityContext;
  const podSeccomp = annotations[SECCOMP_POD];
  if (ofPod?.seccompProfile && podSeccomp !== undefined)
    compare(podSeccomp, ofPod.seccompProfile, at.child("securityContext").child("seccompProfile"), errors);
  visitContainers(spec, at, (container, path) => {
    const profile = container.securityContext?.seccompProfile;
    const annotation = annotations[SECCOMP_CONTAINER_PREFIX + container.name];
    if (profile && annotation !== undefined)
      compare(annotation, profile, path().child("securityContext").child("seccompProfile"), errors);
  });
  if (spec.os?.name === "windows") return;
  visitContainers(spec, at, (container, path) => {
    const profile = container.securityContext?.appArmorProfile ?? ofPod?.appArmorProfile;
    const annotation = annotations[APP_ARMOR_PREFIX + container.name];
    if (profile && annotation !== undefined)
      compare(annotation, profile, path().child("securityContext").child("appArmorProfile"), errors);
  });
}

function compare(
  annotation: string,
  profile: SeccompProfile | AppArmorProfile,
  at: FieldPath,
  errors: FieldErrors,
): void {
  const why = "The annotation names another profile than the field";
  if (profile.type === "Unconfined" && annotation !== "unconfined") errors.forbidden(at.child("type"), why);
  if (profile.type === "RuntimeDefault" && annotation !== "runtime/default" && annotation !== "docker/default")
    errors.forbidden(at.child("type"), why);
  if (profile.type !== "Localhost") return;
  if (!annotation.startsWith(LOCALHOST)) errors.forbidden(at.child("type"), why);
  else if (annotation.slice(LOCALHOST.length) !== profile.localhostProfile)
    errors.forbidden(at.child("localhostProfile"), why);
}
