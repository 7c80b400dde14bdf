import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { checkRelativePath } from "../meta/file-paths.js";
import { byteLength } from "../meta/names.js";
import { checkChoice } from "../meta/values.js";
import type {
  AppArmorProfile,
  PodSecurityContext,
  PodSpec,
  SeccompProfile,
  SecurityContext,
  Sysctl,
} from "../types/core.v1.generated.js";
import type { PodOptions } from "./pod-options.js";
import { validateWindowsOptions } from "./pod-windows.js";

const MOST_ID = 2 ** 31 - 1;
const PROFILE_TYPES = ["Localhost", "RuntimeDefault", "Unconfined"];
const GROUP_POLICIES = ["Merge", "Strict"];
const OWNERSHIP_POLICIES = ["Always", "OnRootMismatch"];
const LABEL_POLICIES = ["MountOption", "Recursive"];
const LONGEST_PROFILE = 4095;

/** https://kubernetes.io/docs/tasks/configure-pod-container/security-context/ */
export function validatePodSecurity(spec: PodSpec, at: FieldPath, errors: FieldErrors): void {
  const context = spec.securityContext;
  if (context === undefined) return;
  for (const field of ["fsGroup", "runAsUser", "runAsGroup"] as const) checkId(context[field], at.child(field), errors);
  context.supplementalGroups?.forEach(
    (group, i) => void checkId(group, at.child("supplementalGroups").index(i), errors),
  );
  if (spec.shareProcessNamespace && spec.hostPID)
    errors.invalid(at.child("shareProcessNamespace"), true, "cannot be set together with hostPID");
  if (context.sysctls) validateSysctls(context.sysctls, spec, at.child("sysctls"), errors);
  for (const [field, allowed] of POLICIES) {
    const policy = context[field];
    if (policy !== undefined) checkChoice(policy, allowed, at.child(field), errors);
  }
  validateSeccomp(context.seccompProfile, at.child("seccompProfile"), errors);
  validateWindowsOptions(context.windowsOptions, at.child("windowsOptions"), errors);
  validateAppArmor(context.appArmorProfile, at.child("appArmorProfile"), errors);
}

const POLICIES = [
  ["fsGroupChangePolicy", OWNERSHIP_POLICIES],
  ["supplementalGroupsPolicy", GROUP_POLICIES],
  ["seLinuxChangePolicy", LABEL_POLICIES],
] as const satisfies readonly (readonly [keyof PodSecurityContext, readonly string[]])[];

/** Of a container. */
export function validateSecurityContext(
  context: SecurityContext,
  options: PodOptions,
  at: FieldPath,
  errors: FieldErrors,
): void {
  for (const field of ["runAsUser", "runAsGroup"] as const) checkId(context[field], at.child(field), errors);
  const { procMount, allowPrivilegeEscalation, privileged, capabilities } = context;
  if (procMount !== undefined) {
    checkChoice(procMount, ["Default", "Unmasked"], at.child("procMount"), errors);
    if (procMount === "Unmasked" && options.hostUsers)
      errors.invalid(at.child("procMount"), procMount, "needs hostUsers: false");
  }
  validateSeccomp(context.seccompProfile, at.child("seccompProfile"), errors);
  if (allowPrivilegeEscalation === false) {
    if (privileged) errors.invalid(at, undefined, "has privileged: true, which allows privilege escalation");
    for (const capability of capabilities?.add ?? [])
      if (capability === "CAP_SYS_ADMIN")
        errors.invalid(at, undefined, "adds CAP_SYS_ADMIN, which allows privilege escalation");
  }
  validateWindowsOptions(context.windowsOptions, at.child("windowsOptions"), errors);
  validateAppArmor(context.appArmorProfile, at.child("appArmorProfile"), errors);
}

function checkId(id: number | undefined, at: FieldPath, errors: FieldErrors): void {
  if (id !== undefined && (id < 0 || id > MOST_ID)) errors.invalid(at, id, `is not between 0 and ${MOST_ID}`);
}

/** https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/ */
function validateSysctls(sysctls: readonly Sysctl[], spec: PodSpec, at: FieldPath, errors: FieldErrors): void {
  const names = new Set<string>();
  sysctls.forEach(({ name }, i) => {
    const path = at.index(i).child("name");
    if (name === "") errors.required(path);
    else if (!isSysctlName(name)) errors.invalid(path, name, "is no name of a sysctl");
    else if (names.has(name)) errors.duplicate(path, name);
    const dotted = normalised(name);
    if (spec.hostNetwork && dotted.startsWith("net."))
      errors.invalid(path, name, "is the node's with hostNetwork: true, and not the Pod's to set");
    else if (spec.hostIPC && IPC_SYSCTL.test(dotted))
      errors.invalid(path, name, "is the node's with hostIPC: true, and not the Pod's to set");
    names.add(name);
  });
}

const IPC_SYSCTL = /^(kernel\.(sem$|shm|msg)|fs\.mqueue\.)/;
const SYSCTL_SEGMENT = /^[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/;

const isSysctlName = (name: string): boolean =>
  name.length <= 253 && name.split(/[./]/).every((segment) => SYSCTL_SEGMENT.test(segment));

/** Names may be written with slashes; where the first separator is one, dots belong to segments. */
function normalised(name: string): string {
  const first = /[./]/.exec(name)?.[0];
  if (first !== "/") return name;
  return name.replace(/[./]/g, (c) => (c === "/" ? "." : "/"));
}

/** https://kubernetes.io/docs/tutorials/security/seccomp/ */
function validateSeccomp(profile: SeccompProfile | undefined, at: FieldPath, errors: FieldErrors): void {
  if (profile === undefined) return;
  checkChoice(profile.type, PROFILE_TYPES, at.child("type"), errors, { required: true });
  const { localhostProfile } = profile;
  const path = at.child("localhostProfile");
  if (profile.type !== "Localhost") {
    if (localhostProfile !== undefined) errors.invalid(path, localhostProfile, "is only for type Localhost");
  } else if (localhostProfile === undefined) errors.required(path, "type Localhost names a profile");
  else checkRelativePath(localhostProfile, path, errors);
}

/** https://kubernetes.io/docs/tutorials/security/apparmor/ */
function validateAppArmor(profile: AppArmorProfile | undefined, at: FieldPath, errors: FieldErrors): void {
  if (profile === undefined) return;
  const { localhostProfile } = profile;
  const path = at.child("localhostProfile");
  if (!checkChoice(profile.type, PROFILE_TYPES, at.child("type"), errors, { required: true })) return;
  if (profile.type !== "Localhost") {
    if (localhostProfile !== undefined) errors.invalid(path, localhostProfile, "is only for type Localhost");
    return;
  }
  if (localhostProfile === undefined || localhostProfile === "")
    errors.required(path, "type Localhost names a profile");
  else if (localhostProfile !== localhostProfile.trim())
    errors.invalid(path, localhostProfile, "begins or ends with blanks");
  if (localhostProfile !== undefined && byteLength(localhostProfile) > LONGEST_PROFILE)
    errors.tooLong(path, LONGEST_PROFILE);
}
