import { visitContainers } from "../core/visit-containers.js";
import { FieldPath } from "../meta/field-path.js";
import type {
  AppArmorProfile,
  Container,
  LifecycleHandler,
  PodSpec,
  Probe,
  SELinuxOptions,
  SeccompProfile,
  SecurityContext,
  Volume,
} from "../types/core.v1.generated.js";

/** What a check looks at; only as much of metadata as matters. */
export interface PodFacts {
  /** The server's; some lists have grown for all versions of the standard. */
  readonly minor: number;
  readonly spec: PodSpec;
  readonly annotations: Readonly<Record<string, string>>;
  readonly containers: readonly { readonly container: Container; readonly at: () => string }[];
}

/** What a Pod has that it may not have, in words, and where. */
export interface Violation {
  readonly text: string;
  readonly field: string;
}

/** One control of the Pod Security Standards. */
export interface PodSecurityCheck {
  readonly id: string;
  readonly level: "baseline" | "restricted";
  /** The minor of the standard from which it holds. */
  readonly from: number;
  /** The first minor of the standard in which another check has taken its place. */
  readonly to?: number;
  /** Baseline checks that need not be asked where this one is. */
  readonly overrides?: readonly string[];
  find(pod: PodFacts): readonly Violation[];
}

const quoted = (names: readonly string[]): string => names.map((name) => JSON.stringify(name)).join(", ");

const CONTEXT = "spec.securityContext";

/** `containers "a", "b" with ...`, at the first of them; nothing where there are none. */
function containersThat(
  { containers }: PodFacts,
  having: string,
  test: (container: Container, context: SecurityContext) => unknown,
  field = "securityContext",
): Violation[] {
  const found = containers.filter(({ container }) => test(container, container.securityContext ?? {}));
  const [first] = found;
  if (first === undefined) return [];
  const names = quoted(found.map(({ container }) => container.name));
  const text = `${found.length > 1 ? "containers" : "container"} ${names} with ${having}`;
  return [{ text, field: `${first.at()}.${field}` }];
}

/** What the Pod as a whole has. */
const podHas = (test: unknown, text: string, field = CONTEXT): Violation[] => (test ? [{ text, field }] : []);

function volumesThat({ volumes = [] }: PodSpec, having: string, test: (volume: Volume) => unknown): Violation[] {
  const bad = volumes.filter(test);
  const text = `${bad.length > 1 ? "volumes" : "volume"} ${quoted(bad.map(({ name }) => name))} ${having}`;
  return podHas(bad.length > 0, text, `spec.volumes[${volumes.findIndex(test)}]`);
}

const BASELINE_CAPABILITIES = new Set(
  "AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT".split(
    " ",
  ),
);

const PROBES = ["livenessProbe", "readinessProbe", "startupProbe"] as const;
const HOOKS = ["postStart", "preStop"] as const;
const hasHost = (handler: Probe | LifecycleHandler | undefined): boolean =>
  Boolean(handler?.httpGet?.host || handler?.tcpSocket?.host);

/** The sysctls that baseline allows, by the minor that allowed them. */
const SYSCTLS: readonly (readonly [from: number, names: string])[] = [
  [
    0,
    "kernel.shm_rmid_forced net.ipv4.ip_local_port_range net.ipv4.ip_unprivileged_port_start net.ipv4.ping_group_range net.ipv4.tcp_syncookies",
  ],
  [27, "net.ipv4.ip_local_reserved_ports"],
  [
    29,
    "net.ipv4.tcp_fin_timeout net.ipv4.tcp_keepalive_intvl net.ipv4.tcp_keepalive_probes net.ipv4.tcp_keepalive_time",
  ],
  [32, "net.ipv4.tcp_rmem net.ipv4.tcp_wmem"],
];

/** One check for each time the list grew. */
const SYSCTL_CHECKS: readonly PodSecurityCheck[] = SYSCTLS.map(([from], i) => {
  const allowed = new Set(SYSCTLS.slice(0, i + 1).flatMap(([, names]) => names.split(" ")));
  return {
    id: "sysctls",
    level: "baseline",
    from,
    to: SYSCTLS[i + 1]?.[0],
    find({ spec }) {
      const bad = (spec.securityContext?.sysctls ?? []).filter(({ name }) => !allowed.has(name));
      return podHas(bad.length > 0, `sysctls ${quoted(bad.map(({ name }) => name))}`, `${CONTEXT}.sysctls`);
    },
  };
});

const SELINUX_TYPES = ["", "container_t", "container_init_t", "container_kvm_t"];

const seLinuxCheck = (types: readonly string[], from: number, to?: number): PodSecurityCheck => ({
  id: "seLinuxOptions",
  level: "baseline",
  from,
  to,
  find(pod) {
    const isBad = ({ type = "", user, role }: SELinuxOptions = {}) => !types.includes(type) || user || role;
    return [
      ...podHas(isBad(pod.spec.securityContext?.seLinuxOptions), "seLinuxOptions"),
      ...containersThat(pod, "seLinuxOptions", (_, { seLinuxOptions }) => isBad(seLinuxOptions)),
    ];
  },
});

const SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod";
const SECCOMP_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/";
const APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";

const annotation = (name: string): Violation => ({
  text: `annotation ${JSON.stringify(name)}`,
  field: `metadata.annotations[${name}]`,
});

const isConfined = (profile: AppArmorProfile | SeccompProfile | undefined): boolean =>
  profile === undefined || profile.type === "RuntimeDefault" || profile.type === "Localhost";

/** Volumes that restricted allows; a volume without a source is an emptyDir by now. */
const RESTRICTED_VOLUMES: readonly (keyof Volume)[] = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "persistentVolumeClaim",
  "projected",
  "secret",
];

/** Servers of this minor and newer, whatever the version of the standard. */
const ALLOWS_IMAGES_FROM = 33;

/** Windows has no such things; the standard of 1.25 has learnt that. */
const KNOWS_WINDOWS_FROM = 25;
const isWindows = ({ spec }: PodFacts): boolean => spec.os?.name === "windows";

/** A check as it was before 1.25, and one that lets Windows Pods pass. */
function exceptOnWindows(check: PodSecurityCheck): PodSecurityCheck[] {
  return [
    { ...check, to: KNOWS_WINDOWS_FROM },
    { ...check, from: KNOWS_WINDOWS_FROM, find: (pod) => (isWindows(pod) ? [] : check.find(pod)) },
  ];
}

/** Users of a Pod with a user namespace are nobody on the node; the standard of 1.35 knows that. */
const KNOWS_USER_NAMESPACES_FROM = 35;

function exceptForOwnUsers(check: PodSecurityCheck): PodSecurityCheck[] {
  return [
    { ...check, to: KNOWS_USER_NAMESPACES_FROM },
    {
      ...check,
      from: KNOWS_USER_NAMESPACES_FROM,
      find: (pod) => (pod.spec.hostUsers === false ? [] : check.find(pod)),
    },
  ];
}

function findProcMounts(pod: PodFacts): Violation[] {
  return containersThat(pod, "a procMount", (_, { procMount }) => procMount && procMount !== "Default");
}

/** https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export const POD_SECURITY_CHECKS: readonly PodSecurityCheck[] = [
  {
    id: "appArmorProfile",
    level: "baseline",
    from: 0,
    find(pod) {
      const annotated = Object.entries(pod.annotations).filter(
        ([name, value]) =>
          name.startsWith(APP_ARMOR) && value !== "" && value !== "runtime/default" && !value.startsWith("localhost/"),
      );
      return [
        ...podHas(!isConfined(pod.spec.securityContext?.appArmorProfile), "an unconfined appArmorProfile"),
        ...containersThat(
          pod,
          "an unconfined appArmorProfile",
          (_, { appArmorProfile }) => !isConfined(appArmorProfile),
        ),
        ...annotated.map(([name]) => annotation(name)),
      ];
    },
  },
  {
    id: "capabilities_baseline",
    level: "baseline",
    from: 0,
    find: (pod) =>
      containersThat(pod, "capabilities beyond the runtime's own", (_, { capabilities }) =>
        capabilities?.add?.some((name) => !BASELINE_CAPABILITIES.has(name)),
      ),
  },
  {
    id: "hostNamespaces",
    level: "baseline",
    from: 0,
    find: ({ spec }) =>
      (["hostNetwork", "hostPID", "hostIPC"] as const).flatMap((name) => podHas(spec[name], name, `spec.${name}`)),
  },
  {
    id: "hostPathVolumes",
    level: "baseline",
    from: 0,
    find({ spec }) {
      return volumesThat(spec, "with a hostPath", ({ hostPath }) => hostPath);
    },
  },
  {
    id: "hostPorts",
    level: "baseline",
    from: 0,
    find: (pod) => containersThat(pod, "a hostPort", ({ ports }) => ports?.some(({ hostPort }) => hostPort), "ports"),
  },
  {
    id: "hostProbesAndHostLifecycle",
    level: "baseline",
    from: 34,
    find: (pod) =>
      containersThat(
        pod,
        "a host in a probe or hook",
        (container) =>
          PROBES.some((name) => hasHost(container[name])) || HOOKS.some((name) => hasHost(container.lifecycle?.[name])),
      ),
  },
  {
    id: "privileged",
    level: "baseline",
    from: 0,
    find: (pod) => containersThat(pod, "privileged", (_, { privileged }) => privileged),
  },
  ...exceptForOwnUsers({ id: "procMount", level: "baseline", from: 0, find: findProcMounts }),
  { id: "procMount_restricted", level: "restricted", from: 35, overrides: ["procMount"], find: findProcMounts },
  seLinuxCheck(SELINUX_TYPES, 0, 31),
  seLinuxCheck([...SELINUX_TYPES, "container_engine_t"], 31),
  {
    id: "seccompProfile_baseline",
    level: "baseline",
    from: 0,
    to: 19,
    find: ({ annotations }) =>
      Object.entries(annotations)
        .filter(
          ([name, value]) =>
            (name === SECCOMP_POD || name.startsWith(SECCOMP_CONTAINER)) &&
            !["runtime/default", "docker/default"].includes(value) &&
            !value.startsWith("localhost/"),
        )
        .map(([name]) => annotation(name)),
  },
  {
    id: "seccompProfile_baseline",
    level: "baseline",
    from: 19,
    find: (pod) => [
      ...podHas(!isConfined(pod.spec.securityContext?.seccompProfile), "an unconfined seccompProfile"),
      ...containersThat(pod, "an unconfined seccompProfile", (_, { seccompProfile }) => !isConfined(seccompProfile)),
    ],
  },
  ...SYSCTL_CHECKS,
  {
    id: "windowsHostProcess",
    level: "baseline",
    from: 0,
    find: (pod) => [
      ...podHas(pod.spec.securityContext?.windowsOptions?.hostProcess, "hostProcess"),
      ...containersThat(pod, "hostProcess", (_, { windowsOptions }) => windowsOptions?.hostProcess),
    ],
  },
  ...exceptOnWindows({
    id: "allowPrivilegeEscalation",
    level: "restricted",
    from: 8,
    find: (pod) =>
      containersThat(
        pod,
        "allowPrivilegeEscalation not false",
        (_, { allowPrivilegeEscalation }) => allowPrivilegeEscalation !== false,
      ),
  }),
  ...exceptOnWindows({
    id: "capabilities_restricted",
    level: "restricted",
    from: 22,
    overrides: ["capabilities_baseline"],
    find: (pod) => [
      ...containersThat(
        pod,
        'capabilities that do not drop "ALL"',
        (_, { capabilities }) => !capabilities?.drop?.includes("ALL"),
      ),
      ...containersThat(pod, "capabilities other than NET_BIND_SERVICE added", (_, { capabilities }) =>
        capabilities?.add?.some((name) => name !== "NET_BIND_SERVICE"),
      ),
    ],
  }),
  {
    id: "restrictedVolumes",
    level: "restricted",
    from: 0,
    overrides: ["hostPathVolumes"],
    find({ spec, minor }) {
      const allowed = minor >= ALLOWS_IMAGES_FROM ? [...RESTRICTED_VOLUMES, "image" as const] : RESTRICTED_VOLUMES;
      return volumesThat(
        spec,
        "of a restricted type",
        (volume) => Object.keys(volume).length > 1 && !allowed.some((name) => volume[name]),
      );
    },
  },
  ...exceptForOwnUsers({
    id: "runAsNonRoot",
    level: "restricted",
    from: 0,
    find(pod) {
      const inherited = pod.spec.securityContext?.runAsNonRoot;
      return [
        ...podHas(inherited === false, "runAsNonRoot false"),
        ...containersThat(pod, "runAsNonRoot not true", (_, { runAsNonRoot }) =>
          runAsNonRoot === undefined ? inherited === undefined : !runAsNonRoot,
        ),
      ];
    },
  }),
  ...exceptForOwnUsers({
    id: "runAsUser",
    level: "restricted",
    from: 23,
    find: (pod) => [
      ...podHas(pod.spec.securityContext?.runAsUser === 0, "runAsUser 0"),
      ...containersThat(pod, "runAsUser 0", (_, { runAsUser }) => runAsUser === 0),
    ],
  }),
  ...exceptOnWindows({
    id: "seccompProfile_restricted",
    level: "restricted",
    from: 19,
    overrides: ["seccompProfile_baseline"],
    find(pod) {
      const inherited = pod.spec.securityContext?.seccompProfile;
      return [
        ...podHas(!isConfined(inherited), "an unconfined seccompProfile"),
        ...containersThat(pod, "no seccompProfile RuntimeDefault or Localhost", (_, { seccompProfile }) =>
          seccompProfile === undefined ? inherited === undefined : !isConfined(seccompProfile),
        ),
      ];
    },
  }),
];

export function factsOf(spec: PodSpec, annotations: Readonly<Record<string, string>>, minor: number): PodFacts {
  const containers: { container: Container; at: () => string }[] = [];
  visitContainers(spec, FieldPath.of("spec"), (container, path) => {
    containers.push({ container, at: () => path().toString() });
  });
  return { minor, spec, annotations, containers };
}
