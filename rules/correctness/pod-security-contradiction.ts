import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "pod-security-contradiction",
  category: "correctness",
  since: "0.1.0",
  each: "container",
  summary: "A container's security settings must not contradict each other.",
  why: `A privileged container, or one with SYS_ADMIN, can always gain privileges, so the API server refuses
    \`allowPrivilegeEscalation: false\` beside it. And a container that must not run as root, with a user id of 0, is
    accepted but never started: the kubelet reports CreateContainerConfigError.`,
  references: ["https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"],

  messages: {
    privileged: (d: { container: string }) => ({
      text: `${d.container} is privileged and forbids privilege escalation; the API server refuses it`,
      help: "Take out privileged: true, or set allowPrivilegeEscalation to true",
    }),
    sysAdmin: (d: { container: string; capability: string }) => ({
      text: `${d.container} adds capability "${d.capability}" and forbids privilege escalation; the API server refuses it`,
      help: "Take out the capability, or set allowPrivilegeEscalation to true",
    }),
    root: (d: { container: string }) => ({
      text: `${d.container} runs as user 0 although runAsNonRoot is true; the kubelet does not start it`,
      help: "Set runAsUser to a number above 0, or take out runAsNonRoot",
    }),
  },

  check({ pod, path, spec, ref }, { report }) {
    const own = spec.securityContext;
    const at = `${path}.securityContext.allowPrivilegeEscalation`;
    if (own?.allowPrivilegeEscalation === false) {
      const capability = own.capabilities?.add?.find((name) => name === "CAP_SYS_ADMIN" || name === "SYS_ADMIN");
      if (own.privileged === true) report("privileged", { at, data: { container: ref } });
      // Of the two spellings the server looks for CAP_SYS_ADMIN alone.
      else if (capability === "CAP_SYS_ADMIN") report("sysAdmin", { at, data: { container: ref, capability } });
    }
    const ofPod = pod.spec.securityContext;
    const user = own?.runAsUser ?? ofPod?.runAsUser;
    const nonRoot = own?.runAsNonRoot ?? ofPod?.runAsNonRoot;
    if (user !== 0 || nonRoot !== true) return;
    report("root", {
      at:
        own?.runAsUser === undefined
          ? `${pod.specPath}.securityContext.runAsUser`
          : `${path}.securityContext.runAsUser`,
      data: { container: ref },
      related: [
        own?.runAsNonRoot === undefined
          ? { object: pod.owner, at: `${pod.specPath}.securityContext.runAsNonRoot`, note: "must not run as root" }
          : { object: pod.owner, at: `${path}.securityContext.runAsNonRoot`, note: "must not run as root" },
      ],
    });
  },

  examples: {
    bad: {
      "privileged without privileges": `
        apiVersion: v1
        kind: Pod
        metadata: {name: agent}
        spec:
          securityContext:
            runAsNonRoot: true
          containers:
            - name: agent
              image: shop/agent:1.4
              securityContext:
                privileged: true
                allowPrivilegeEscalation: false   #! privileged
            - name: mounter
              image: shop/mounter:1.4
              securityContext:
                allowPrivilegeEscalation: false   #! sysAdmin
                capabilities: {add: [CAP_SYS_ADMIN]}
            - name: init
              image: shop/init:1.4
              securityContext:
                runAsUser: 0   #! root`,
    },
    good: {
      "each setting in agreement": `
        apiVersion: v1
        kind: Pod
        metadata: {name: agent}
        spec:
          securityContext: {runAsNonRoot: true, runAsUser: 1000}
          containers:
            - name: agent
              image: shop/agent:1.4
              securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
            - name: setup
              image: shop/setup:1.4
              securityContext: {runAsNonRoot: false, runAsUser: 0}`,
    },
  },
});
