import { defineRule, isPlaceholder, list } from "../../src/rule-api.js";

/** What the baseline standard lets a Pod add; runtimes grant these by default. */
const BASELINE = new Set(
  "AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT".split(
    " ",
  ),
);

export default defineRule({
  id: "capabilities-added",
  category: "security",
  since: "0.1.0",
  each: "container",
  summary: "A container must not add dangerous Linux capabilities.",
  why: `Some capabilities amount to root on the node (SYS_ADMIN, SYS_MODULE, SYS_PTRACE), to all traffic of the node (NET_ADMIN,
    NET_RAW on its network) or to every file on it (DAC_READ_SEARCH). The Pod Security Standard "baseline" allows
    only those that a runtime grants by default.`,
  references: [
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    "https://man7.org/linux/man-pages/man7/capabilities.7.html",
  ],

  messages: {
    added: (d: { container: string; capabilities: string[] }) => ({
      text: `${d.container} adds ${d.capabilities.length > 1 ? "capabilities" : "capability"} ${list(d.capabilities.map((each) => `"${each}"`))}, which the baseline Pod Security Standard forbids`,
      help: "Take out what it can do without, or ignore this where the program is part of the node",
    }),
  },

  check({ type, path, spec, ref }, { report }) {
    const own = spec.securityContext;
    if (type === "ephemeralContainer" || own?.privileged === true) return;
    const capabilities = own?.capabilities?.add ?? [];
    const dangerous = capabilities.filter((capability) => {
      if (typeof capability !== "string" || isPlaceholder(capability)) return false;
      // Forbidding privilege escalation beside it is refused: pod-security-contradiction.
      if (capability === "CAP_SYS_ADMIN" && own?.allowPrivilegeEscalation === false) return false;
      return !BASELINE.has(capability.toUpperCase().replace(/^CAP_/, ""));
    });
    if (dangerous.length === 0) return;
    report("added", {
      at: `${path}.securityContext.capabilities.add[${capabilities.indexOf(dangerous[0]!)}]`,
      data: { container: ref, capabilities: dangerous },
    });
  },

  examples: {
    bad: {
      "the two most common": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: vpn
              image: vpn:1.4
              securityContext:
                capabilities:
                  add:
                    - NET_ADMIN   #! added
                    - CAP_SYS_ADMIN`,
    },
    good: {
      "what a runtime grants by default": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - {name: shop, image: "shop:1.4", securityContext: {capabilities: {add: [NET_BIND_SERVICE, chown], drop: [ALL]}}}`,
    },
  },
});
