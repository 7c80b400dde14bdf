import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { byteLength, checkForm, dnsSubdomainFault } from "../meta/names.js";
import { checkChoice } from "../meta/values.js";
import type { PodSpec, WindowsSecurityContextOptions } from "../types/core.v1.generated.js";
import { visitContainers } from "./visit-containers.js";

const MOST_CREDENTIAL_BYTES = 64 * 1024;
/** https://learn.microsoft.com/en-us/troubleshoot/windows-server/active-directory/naming-conventions-for-computer-domain-site-ou */
const NETBIOS_DOMAIN = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;
const DNS_LABEL = /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/;
const LONGEST_DOMAIN = 255;
const LONGEST_USER = 104;
const OPERATING_SYSTEMS = ["linux", "windows"];

/** https://kubernetes.io/docs/tasks/configure-pod-container/configure-gmsa/ */
export function validateWindowsOptions(
  options: WindowsSecurityContextOptions | undefined,
  at: FieldPath,
  errors: FieldErrors,
): void {
  if (options === undefined) return;
  const { gmsaCredentialSpecName, gmsaCredentialSpec, runAsUserName } = options;
  if (gmsaCredentialSpecName !== undefined)
    checkForm(dnsSubdomainFault, gmsaCredentialSpecName, at.child("gmsaCredentialSpecName"), errors);
  if (gmsaCredentialSpec === "") errors.invalid(at.child("gmsaCredentialSpec"), "", "is no credential specification");
  else if (gmsaCredentialSpec !== undefined && byteLength(gmsaCredentialSpec) > MOST_CREDENTIAL_BYTES)
    errors.invalid(at.child("gmsaCredentialSpec"), undefined, "is longer than 64 KiB");
  if (runAsUserName !== undefined)
    for (const why of userNameFaults(runAsUserName)) errors.invalid(at.child("runAsUserName"), runAsUserName, why);
}

/** `user` or `DOMAIN\user`. */
function userNameFaults(text: string): string[] {
  if (text === "") return ["is no user"];
  if (/[\x00-\x1f\x7f]/.test(text)) return ["has control characters"];
  const parts = text.split("\\");
  if (parts.length > 2) return ["has more than one backslash"];
  const user = parts.at(-1)!;
  const domain = parts.length === 2 ? parts[0]! : undefined;
  const faults: string[] = [];
  if (domain !== undefined) {
    if (byteLength(domain) > LONGEST_DOMAIN) faults.push(`has a domain longer than ${LONGEST_DOMAIN} characters`);
    const isDns = domain.split(".").every((label) => DNS_LABEL.test(label));
    if (!NETBIOS_DOMAIN.test(domain) && !isDns) faults.push("has a domain that is neither a NetBIOS nor a DNS name");
  }
  if (user === "") faults.push("names no user");
  else if (byteLength(user) > LONGEST_USER) faults.push(`has a user longer than ${LONGEST_USER} characters`);
  if (/^[. ]+$/.test(user)) faults.push("has a user of dots and blanks alone");
  if (/["/\\:;|=,+*?<>@[\]]/.test(user)) faults.push("has a user with a character that Windows does not allow there");
  return faults;
}

/** https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/ */
export function validateHostProcess(spec: PodSpec, at: FieldPath, errors: FieldErrors): void {
  const ofPod = spec.securityContext?.windowsOptions?.hostProcess;
  let [all, hosts] = [0, 0];
  visitContainers(spec, at, (container, path) => {
    const own = container.securityContext?.windowsOptions?.hostProcess;
    if (ofPod !== undefined && own !== undefined && ofPod !== own)
      errors.invalid(
        path().child("securityContext").child("windowsOptions").child("hostProcess"),
        own,
        `is not the Pod's value, ${ofPod}`,
      );
    all++;
    if (own ?? ofPod) hosts++;
  });
  if (hosts === 0) return;
  if (hosts !== all) errors.invalid(at, undefined, "has containers that are hostProcess and others that are not");
  if (!spec.hostNetwork) errors.invalid(at.child("hostNetwork"), false, "is not true, as hostProcess containers need");
}

const POD_LINUX_FIELDS = [
  "appArmorProfile",
  "seLinuxOptions",
  "seccompProfile",
  "fsGroup",
  "fsGroupChangePolicy",
  "sysctls",
  "runAsUser",
  "runAsGroup",
  "supplementalGroups",
  "supplementalGroupsPolicy",
  "seLinuxChangePolicy",
] as const;
const CONTAINER_LINUX_FIELDS = [
  "appArmorProfile",
  "seLinuxOptions",
  "seccompProfile",
  "capabilities",
  "readOnlyRootFilesystem",
  "privileged",
  "allowPrivilegeEscalation",
  "procMount",
  "runAsUser",
  "runAsGroup",
] as const;

/** What the other operating system has not: https://kubernetes.io/docs/concepts/windows/intro/#compatibility-linux-similarities */
export function validateOperatingSystem(spec: PodSpec, at: FieldPath, errors: FieldErrors): void {
  if (spec.os === undefined) return;
  const { name } = spec.os;
  if (name === "") errors.required(at.child("os").child("name"));
  else if (!checkChoice(name, OPERATING_SYSTEMS, at.child("os"), errors)) return;
  else if (name === "windows") validateWindowsPod(spec, at, errors);
  else validateLinuxPod(spec, at, errors);
}

function validateLinuxPod(spec: PodSpec, at: FieldPath, errors: FieldErrors): void {
  const refuse = (path: FieldPath) =>
    errors.forbidden(path.child("securityContext").child("windowsOptions"), "A Pod for Linux has no windowsOptions");
  if (spec.securityContext?.windowsOptions !== undefined) refuse(at);
  visitContainers(spec, at, (container, path) => {
    if (container.securityContext?.windowsOptions !== undefined) refuse(path());
  });
}

function validateWindowsPod(spec: PodSpec, at: FieldPath, errors: FieldErrors): void {
  const refuse = (path: FieldPath, field: string) =>
    errors.forbidden(path.child(field), `A Pod for Windows has no ${field}`);
  const context = spec.securityContext;
  if (context !== undefined) {
    for (const field of ["hostUsers", "shareProcessNamespace"] as const)
      if (spec[field] !== undefined) refuse(at, field);
    for (const field of ["hostPID", "hostIPC"] as const) if (spec[field]) refuse(at, field);
    for (const field of POD_LINUX_FIELDS) {
      const value = context[field];
      if (value !== undefined && !(field === "sysctls" && context.sysctls?.length === 0))
        refuse(at.child("securityContext"), field);
    }
  }
  visitContainers(spec, at, (container, path) => {
    for (const field of CONTAINER_LINUX_FIELDS)
      if (container.securityContext?.[field] !== undefined) refuse(path().child("securityContext"), field);
  });
}
