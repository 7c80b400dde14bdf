import { defineRule } from "../../src/rule-api.js";

interface WithAppArmor {
  readonly privileged?: boolean;
  readonly appArmorProfile?: { readonly type?: string };
}

export default defineRule({
  id: "apparmor",
  category: "security",
  since: "0.1.0",
  preset: "strict",
  each: "container",
  summary: "A container must not be exempt from AppArmor.",
  why: `On nodes with AppArmor the runtime's default profile keeps a container from mounting file systems and writing to sensitive
    files of /proc and /sys. Unconfined takes it away.`,
  references: [
    "https://kubernetes.io/docs/tutorials/security/apparmor/",
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
  ],

  messages: {
    unconfined: (d: { container: string }) => ({
      text: `${d.container} runs without an AppArmor profile`,
      help: "Leave the profile out: RuntimeDefault is the default where nodes have AppArmor",
    }),
  },

  check({ type, pod, path, spec, ref }, { report }) {
    const own = spec.securityContext as WithAppArmor | undefined;
    if (type === "ephemeralContainer" || own?.privileged === true) return;
    const ofPod = pod.spec.securityContext as WithAppArmor | undefined;
    const annotation = `container.apparmor.security.beta.kubernetes.io/${spec.name}`;
    const at = { container: `${path}.securityContext`, pod: `${pod.specPath}.securityContext` };
    if (own?.appArmorProfile) {
      if (own.appArmorProfile.type !== "Unconfined") return;
      report("unconfined", { at: `${at.container}.appArmorProfile.type`, data: { container: ref } });
    } else if (ofPod?.appArmorProfile) {
      if (ofPod.appArmorProfile.type !== "Unconfined") return;
      report("unconfined", { at: `${at.pod}.appArmorProfile.type`, data: { container: ref } });
    } else if (pod.metadata.annotations?.[annotation] === "unconfined") {
      const metadata = pod.path ? `${pod.path}.metadata` : "metadata";
      report("unconfined", { at: `${metadata}.annotations[${annotation}]`, data: { container: ref } });
    }
  },

  examples: {
    bad: {
      "the field": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: shop
              image: shop:1.4
              securityContext:
                appArmorProfile:
                  type: Unconfined   #! unconfined
            - name: other
              image: shop:1.4`,
      "the annotation of old": `
        apiVersion: v1
        kind: Pod
        metadata:
          name: shop
          annotations:
            container.apparmor.security.beta.kubernetes.io/shop: unconfined   #! unconfined
        spec:
          containers:
            - {name: shop, image: "shop:1.4"}`,
      "the Pod": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          securityContext:
            appArmorProfile: {type: Unconfined}   #! unconfined
          containers:
            - {name: shop, image: "shop:1.4"}`,
    },
    good: {
      "a profile": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - {name: shop, image: "shop:1.4", securityContext: {appArmorProfile: {type: RuntimeDefault}}}`,
    },
  },
});
